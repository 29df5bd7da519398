Feature: Web registration, step 10: Validate the password, at its boundaries
  The bank wants every rule for passwords to hold exactly where it was set, so each is tried from both sides: the last
  password that it accepts, and the first that it refuses. The document says that the rules are checked, and does not
  list them: all of this is assumed.

  Rule: Each rule accepts the last good password, and refuses the first bad one

    @WR-10.1 @assumed
    Scenario Outline: "<password>" is good: <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is asked to confirm the password

      Examples:
        | password                                                         | why                                                    |
        | Kite#27x                                                         | eight characters                                       |
        | Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Kite | sixty-four characters                                  |
        | Violet-Kite#x7                                                   | one digit                                              |
        | VioletKite27#                                                    | one special character, at the end                      |
        | Vi#27-8402                                                       | two letters, one of them a capital                     |
        | violet-kitE#27                                                   | one capital letter, not the first                      |
        | VIOLET-KITe#27                                                   | one small letter                                       |
        | Bahn-Größe#27                                                    | letters beyond A to Z                                  |
        | Größe#27                                                         | eight characters, two of them beyond A to Z            |
        | Größe-Kite#27-Größe-Kite#27-Größe-Kite#27-Größe-Kite#27-Größe-Ki | sixty-four characters, ten of them beyond A to Z       |
        | Password@1234                                                    | longer than the one that is too easy to guess          |
        | My-Password@123                                                  | the one that is too easy to guess is only a part of it |
        | Lotus-7Ponds                                                     | longer than the user id                                |
        | A-sha-Kite#27                                                    | the name, but not in one piece                         |
        | Lotus1#Flute~`^[]{}                                              | special characters that are allowed                    |

    @WR-10.2 @assumed
    Scenario Outline: "<password>" is refused: <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is told that the password <broken rule>
      And Asha is told of one broken rule

      Examples:
        | password                                                          | broken rule                         | why                        |
        | Kite#27                                                           | is too short                        | seven characters           |
        | Größe#2                                                           | is too short                        | accents do not make longer |
        | Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Kites | is too long                         | sixty-five characters      |
        | Violet<Kite#27                                                    | has a character that is not allowed | a less-than sign           |
        | Violet>Kite#27                                                    | has a character that is not allowed | a greater-than sign        |
        | Violet'Kite#27                                                    | has a character that is not allowed | a quotation mark           |
        | Violet\Kite#27                                                    | has a character that is not allowed | a backslash                |
        | Violet-Kite#27 with                                               | has a character that is not allowed | a space near the end       |
        | pASSWORD@123                                                      | is too easy to guess                | in another letter case     |
        | Welcome@123                                                       | is too easy to guess                | the second one on the list |
        | Admin@123                                                         | is too easy to guess                | the last one on the list   |
        | lOTUS-7pOND                                                       | is the user id                      | in another letter case     |
        | ASHA-Kite#27                                                      | contains a name of the customer     | in capitals                |
        | Kite#27-asha                                                      | contains a name of the customer     | at the end                 |
        | Kite-Asha#27                                                      | contains a name of the customer     | in the middle              |
        | Natasha-Kite#27                                                   | contains a name of the customer     | within another word        |

    @WR-10.2 @assumed
    Scenario: A blank stands for no special character
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses the password "VioletKite 27"
      Then Asha is told that the password has too few special characters
      And Asha is told that the password has a character that is not allowed
      And Asha is told of two broken rules

    @WR-10.2 @assumed
    Scenario: A password with a double quotation mark is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses a password with a double quotation mark
      Then Asha is told that the password has a character that is not allowed
      And Asha is told of one broken rule

  Rule: Every part of the customer's name that has three letters or more is looked for

    Background:
      Given Bo-Marie, a customer of the bank who has never used the web site
      And Jai, a customer of the bank with only a debit card
      And Bo-Marie is asked to choose a password

    @WR-10.2 @assumed
    Scenario Outline: "<password>" contains a part of the name
      When Bo-Marie chooses the password "<password>"
      Then Bo-Marie is told that the password contains a name of the customer
      And Bo-Marie is told of one broken rule

      Examples:
        | password      |
        | Marie-Kite#27 |
        | Kite#27-mARIE |

    @WR-10.2 @assumed
    Scenario Outline: The family name is found <where>
      When Bo-Marie chooses a password with the family name <where>
      Then Bo-Marie is told that the password contains a name of the customer
      And Bo-Marie is asked to choose a password

      Examples:
        | where        |
        | at its start |
        | at its end   |
        | in capitals  |

    @WR-10.1 @assumed
    Scenario: A part of two letters may be in the password
      When Bo-Marie chooses the password "Bold-Kite#27"
      Then Bo-Marie is asked to confirm the password

    @WR-10.2 @assumed
    Scenario: A part of three letters may not be in the password
      Given Jai is asked to choose a password
      When Jai chooses the password "Jailer-Kite#27"
      Then Jai is told that the password contains a name of the customer
      And Jai is asked to choose a password

  Rule: A name is looked for in whatever script it is written

    Background:
      Given प्रिया, a customer of the bank who has never used the web site
      And Zoë, a customer of the bank with only a debit card

    @WR-10.2 @assumed
    Scenario: A name whose vowels are written as marks is found
      Given प्रिया is asked to choose a password
      When प्रिया chooses the password "Kite#27-प्रिया"
      Then प्रिया is told that the password contains a name of the customer
      And प्रिया is told of one broken rule

    @WR-10.1 @assumed
    Scenario: Another word that begins with the same letters may be in the password
      Given प्रिया is asked to choose a password
      When प्रिया chooses the password "Kite#27-प्रेम"
      Then प्रिया is asked to confirm the password

    @WR-10.2 @assumed
    Scenario: A name is found whether its accents are typed with their letters or apart
      Given Zoë is asked to choose a password
      When Zoë chooses a password with the name, its accents typed apart
      Then Zoë is told that the password contains a name of the customer
      And Zoë is told of one broken rule

  Rule: The last three passwords cannot be used again

    Background:
      Given Asha, a customer of the bank who once used the passwords "Spring-Dew#16, Summer-Wind#17, Autumn-Leaf#18, Winter-Snow#19"
      And Bilal, a customer of the bank with only a debit card
      And Asha is asked to choose a password

    @WR-10.2 @assumed
    Scenario Outline: The <which> cannot be used again
      When Asha chooses the password "<password>"
      Then Asha is told that the password was used before
      And Asha is told of one broken rule

      Examples:
        | which           | password       |
        | last one        | Winter-Snow#19 |
        | last but one    | Autumn-Leaf#18 |
        | third from last | Summer-Wind#17 |

    @WR-10.1 @assumed
    Scenario Outline: "<password>" can be used: <why>
      When Asha chooses the password "<password>"
      Then Asha is asked to confirm the password

      Examples:
        | password       | why                                           |
        | Spring-Dew#16  | it is the fourth from last                    |
        | wINTER-sNOW#19 | in another letter case it is another password |

    @WR-10.1 @assumed
    Scenario: The former passwords of another customer can be used
      Given Bilal is asked to choose a password
      When Bilal chooses the password "Winter-Snow#19"
      Then Bilal is asked to confirm the password

  Rule: Where the bank has another rule for passwords, that rule applies

    @WR-10.2 @assumed
    Scenario Outline: Where <rule>, "<password>" is refused
      Given the bank's rule is that <rule>
      And Asha, a customer of the bank who once used the passwords "Spring-Dew#16, Summer-Wind#17, Autumn-Leaf#18, Winter-Snow#19"
      And Asha is asked to choose a user id
      And Asha chooses the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is told that the password <broken rule>
      And Asha is told of one broken rule

      Examples:
        | rule                                              | password        | broken rule                         |
        | a password has ten to twelve characters           | Kite#27xy       | is too short                        |
        | a password has ten to twelve characters           | Kite#27xyz123   | is too long                         |
        | a password has three digits or more               | Violet-Kite#27  | has too few digits                  |
        | a password has three special characters or more   | Violet-Kite#27  | has too few special characters      |
        | a password has four letters or more               | Vio#27-8402     | has too few letters                 |
        | a password has three capital letters or more      | Violet-Kite#27  | has too few capital letters         |
        | a password has three small letters or more        | VIOLET-Ki#27    | has too few small letters           |
        | a password has no question mark                   | Violet-Kite?27  | has a character that is not allowed |
        | "Mango-Tree#5" is too easy to guess               | mANGO-tREE#5    | is too easy to guess                |
        | the last four passwords cannot be used again      | Spring-Dew#16   | was used before                     |
        | none of the 5,000 commonest passwords can be used | P@SSw0rd        | is too easy to guess                |
        | passwords follow NIST's recommendations           | violet kite 27  | is too short                        |
        | passwords follow NIST's recommendations           | mailcreated5240 | is too easy to guess                |
        | passwords follow NIST's advice, but need a digit  | violet kite two | has too few digits                  |

    @WR-10.1 @assumed
    Scenario Outline: Where <rule>, "<password>" is good
      Given the bank's rule is that <rule>
      And Asha, a customer of the bank who once used the passwords "Spring-Dew#16, Summer-Wind#17, Autumn-Leaf#18, Winter-Snow#19"
      And Asha is asked to choose a user id
      And Asha chooses the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is asked to confirm the password

      Examples:
        | rule                                              | password         |
        | a password has ten to twelve characters           | Kite#27xyz       |
        | a password has ten to twelve characters           | Kite#27xyz12     |
        | a password has three digits or more               | Violet-Kite#275  |
        | a password has three special characters or more   | Violet-Kite#27!  |
        | a password has four letters or more               | Viol#27-8402     |
        | a password has three capital letters or more      | Violet-KIte#27   |
        | a password has three small letters or more        | VIOLET-Kite#7    |
        | a password has no question mark                   | Violet Kite<>#27 |
        | "Mango-Tree#5" is too easy to guess               | Password@123     |
        | the last password cannot be used again            | Autumn-Leaf#18   |
        | none of the 4,000 commonest passwords can be used | P@SSw0rd         |
        | passwords follow NIST's recommendations           | violet kite 27x  |
