Feature: Web registration, step 10: Validate the password
  A customer tries a password against the bank's rules before it is set. The document says: a password that follows all
  the rules leads on; for another one, the customer must choose again. It does not list the rules: those here are the ones
  that the vendor publishes, with values that are assumed.

  Rule: A password that follows all the rules leads on

    @WR-10.1 @documented
    Scenario: A good password leads on
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses the password "Violet-Tram#27"
      Then Asha is asked to confirm the password

    @WR-10.1 @documented
    Scenario: Where the bank does not look back, a former password is good
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And the bank's rule is that former passwords may come back
      And Asha is asked to choose a password
      When Asha chooses the password "Autumn-Leaf#19"
      Then Asha is asked to confirm the password

  Rule: Every broken rule is named

    Background:
      Given the bank's rule is that a password has four letters or more

    @WR-10.2 @documented
    Scenario Outline: A password that <broken rule> is refused
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And Asha is asked to choose a user id
      And Asha chooses the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is told that the password <broken rule>
      And Asha is told of one broken rule
      And Asha is asked to choose a password

      Examples:
        | password                                                           | broken rule                         |
        | Vamp#27                                                            | is too short                        |
        | Violet-Tram#27-Violet-Tram#27-Violet-Tram#27-Violet-Tram#27-Violet | is too long                         |
        | Violet-Tram#xy                                                     | has too few digits                  |
        | VioletTram27                                                       | has too few special characters      |
        | Vi#27-8402                                                         | has too few letters                 |
        | violet-tram#27                                                     | has too few capital letters         |
        | VIOLET-TRAM#27                                                     | has too few small letters           |
        | Violet Tram#27                                                     | has a character that is not allowed |
        | Password@123                                                       | is one that everybody guesses       |
        | Lotus-7Pond                                                        | is the user id                      |
        | Asha-Tram#27                                                       | contains a name of the customer     |
        | Autumn-Leaf#19                                                     | was used before                     |

    @WR-10.2 @documented
    Scenario: A password that breaks several rules is told them all
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses the password "tram"
      Then Asha is told that the password is too short
      And Asha is told that the password has too few digits
      And Asha is told that the password has too few capital letters
      And Asha is told of four broken rules
