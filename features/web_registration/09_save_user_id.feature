Feature: Web registration, step 9: Save the user id
  A customer chooses the user id to log in with. The document says: a new user id can be saved if it is not already in
  use. That customers can keep the user id they have at the bank is implied. Assumed are the rules for user ids: their
  length, and that they begin with a letter and have letters, digits, dots, hyphens and underscores only.

  Rule: A free user id is saved

    @WR-9.1 @documented
    Scenario: A customer chooses a user id that nobody has
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password
      And Asha is shown the user id "lotus.pond"

    @WR-9.4 @implied
    Scenario: A customer keeps the user id from the bank
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      When Bilal chooses the user id "bilal77"
      Then Bilal is asked to choose a password
      And Bilal is shown the user id "bilal77"

  Rule: A user id is one person's, in whatever letter case

    @WR-9.2 @documented
    Scenario Outline: A customer cannot have "<user id>", which is somebody else's
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site as "chitra.sen"
      And Bilal, a customer of the bank whose user id there is "bilal77"
      And Asha is asked to choose a user id
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

      Examples:
        | user id    |
        | chitra.sen |
        | Chitra.Sen |
        | bilal77    |
        | BILAL77    |

  Rule: A user id keeps to the rules

    @WR-9.3 @assumed
    Scenario Outline: A customer cannot have "<user id>": <rule>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id breaks a rule
      And Asha is told "<rule>"
      And Asha is asked to choose a user id

      Examples:
        | user id                           | rule                       |
        | ash                               | is shorter than            |
        | asha-who-lives-near-the-old-mango | is longer than             |
        | 4lotus                            | must match                 |
        | lotus pond                        | must match                 |
