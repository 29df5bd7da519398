Feature: Web registration, step 10: Validate the password
  A customer tries a password against the bank's rules before it is set, so that a weak one is never used. The document
  says: with a password that follows all the rules the customer goes on to the next step; otherwise the customer must
  choose again. It does not list the rules, nor say that the broken ones are named: the rules here are the ones that the
  vendor publishes, with assumed values.

  Rule: A password that follows all the rules is accepted

    @WR-10.1 @documented
    Scenario: A customer whose password is good is asked to confirm it, and it is not set yet
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond"
      When Asha chooses the password "Violet-Kite#27"
      Then Asha is asked to confirm the password
      And Asha can only ask which user id the bank holds, choose a user id, choose a password or confirm the password
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-10.1 @assumed
    Scenario: A customer who has been asked to confirm a password may try another one
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to confirm the password
      When Asha chooses the password "Copper-Kite#58"
      Then Asha is asked to confirm the password

    @WR-10.1 @assumed
    Scenario: A former password is accepted where the bank allows it
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And the bank's rule is that former passwords may be used again
      And Asha is asked to choose a password
      When Asha chooses the password "Autumn-Leaf#19"
      Then Asha is asked to confirm the password

  Rule: A password that breaks a rule is refused, and every broken rule is named

    Background:
      Given the bank's rule is that a password has four letters or more

    @WR-10.2 @documented
    Scenario: A customer whose password breaks a rule must choose another one
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses the password "kite"
      Then Asha is told that the password breaks a rule
      And Asha is asked to choose a password

    @WR-10.2 @assumed
    Scenario Outline: A password that <broken rule> is refused
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And Asha has chosen the user id "Lotus-7Pond"
      When Asha chooses the password "<password>"
      Then Asha is told that the password <broken rule>
      And Asha is told of one broken rule
      And Asha is asked to choose a password

      Examples:
        | password                                                           | broken rule                         |
        | Vamp#27                                                            | is too short                        |
        | Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet | is too long                         |
        | Violet-Kite#xy                                                     | has too few digits                  |
        | VioletKite27                                                       | has too few special characters      |
        | Vi#27-8402                                                         | has too few letters                 |
        | violet-kite#27                                                     | has too few capital letters         |
        | VIOLET-KITE#27                                                     | has too few small letters           |
        | Violet Kite#27                                                     | has a character that is not allowed |
        | Password@123                                                       | is too easy to guess                |
        | Lotus-7Pond                                                        | is the user id                      |
        | Asha-Kite#27                                                       | contains a name of the customer     |
        | Autumn-Leaf#19                                                     | was used before                     |

    @WR-10.2 @assumed
    Scenario: A customer is told of every rule that a password breaks
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a password
      When Asha chooses the password "kite"
      Then Asha is told that the password is too short
      And Asha is told that the password has too few digits
      And Asha is told that the password has too few capital letters
      And Asha is told of four broken rules

    @WR-10.2 @assumed
    Scenario: A customer who tries a bad password after a good one can still confirm the good one
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to confirm the password
      When Asha chooses the password "kite"
      Then Asha is told that the password breaks a rule
      And Asha is asked to confirm the password
