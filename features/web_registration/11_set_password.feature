Feature: Web registration, step 11: Set the password
  A customer sets the password and with it becomes a user of the web site. The document says: the user can set a password
  that meets all the requirements of the password policy. Assumed is that the password is typed twice, that nobody gets
  here before the steps in front of it, and what happens when somebody else was faster with the user id.

  Rule: A password that meets the policy makes the customer a user

    @WR-11.1 @documented
    Scenario: A customer becomes a user of the web site
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"
      And Asha can log in to the web site
      And Asha is known from now on

    @WR-11.1 @documented
    Scenario: A customer who had another password validated becomes a user all the same
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Copper-Kite#58" and confirms it as "Copper-Kite#58"
      Then Asha is registered as "lotus.pond"
      And Asha can log in to the web site

  Rule: Otherwise nothing is set

    @WR-11.2 @documented
    Scenario: A password that breaks a rule is not set
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "tram" and confirms it as "tram"
      Then Asha is told that the password breaks a rule
      And Asha is asked to confirm the password
      And "tram" does not let anybody in as "lotus.pond"

    @WR-11.2 @documented
    Scenario: Where only the validated password will do, another good one is not set
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that only the validated password can be set
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Copper-Kite#58" and confirms it as "Copper-Kite#58"
      Then Asha is told that the password breaks a rule
      And Asha is asked to confirm the password
      And "Copper-Kite#58" does not let anybody in as "lotus.pond"

    @WR-11.3 @assumed
    Scenario: A password that is confirmed otherwise is not set
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Violet-Tram#27" and confirms it as "Violet-Tram#28"
      Then Asha is told that the passwords differ
      And Asha is asked to confirm the password
      And "Violet-Tram#27" does not let anybody in as "lotus.pond"

    @WR-11.4 @assumed
    Scenario Outline: A web site that sets a password while the customer is still asked <for something else> is refused
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked <for something else>
      When the careless web site sets a password
      Then the careless web site is told that another step comes first
      And "Violet-Tram#27" does not let anybody in as "asha.at.home"

      Examples:
        | for something else   |
        | to choose a user id  |
        | to choose a password |

    @WR-11.5 @assumed
    Scenario: A customer whose user id was taken meanwhile chooses another
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha has chosen the user id "lotus.pond" and a password
      And Bilal has registered on the web site as "lotus.pond" 11 minutes later
      When Asha confirms the password
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id
