@sandbox
Feature: The sandbox, kept worlds: back to a moment, as often as a tester likes
  A tester keeps a world as it is, tries something, and goes back: people, codes, counters, phones, time and messages are
  as they were then, and what was still to come is still to come.

  Rule: What was done since the world was kept has not been done

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    Scenario: A step that was taken since then is to be taken again
      Given a tester keeps the world
      And Asha enters the mailed code
      When a tester goes back to the kept world
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email
      And Asha has been sent no code by text message

    Scenario: A code that was used since then can be used again, as often as the tester goes back
      Given a tester keeps the world
      And Asha enters the mailed code
      And a tester goes back to the kept world
      And Asha enters the mailed code
      And a tester goes back to the kept world
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message

    Scenario: Wrong attempts from before count, and those since then do not
      Given Asha enters a wrong code
      And a tester keeps the world
      And Asha enters a wrong code
      When a tester goes back to the kept world
      Then Asha still has two attempts

    Scenario: A block that began since then has not begun
      Given a tester keeps the world
      And Asha enters a wrong code three times
      And a tester goes back to the kept world
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    Scenario: Time goes back, too
      Given a tester keeps the world
      And 30 minutes pass
      When a tester goes back to the kept world
      Then every clock stands still at 5 January 2026, 09:00:00

    Scenario: A user who registered since then is no user
      Given a tester keeps the world
      And Asha has registered on the web site as "lotus.pond"
      When a tester goes back to the kept world
      Then "Violet-Kite#27" lets nobody in as "lotus.pond"

  Rule: What was still to come when the world was kept is still to come

    Scenario: What was to fail once, and has, does not fail again
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And Asha starts to register by customer number
      And a tester keeps the world
      And a tester goes back to the kept world
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

    Scenario: What was to fail twice, and has failed once, fails once more however often the tester goes back
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails twice
      And Asha starts to register by customer number
      And a tester keeps the world
      And Asha starts to register by customer number
      And a tester goes back to the kept world
      When Asha starts to register by customer number
      Then Asha is told that it should be tried again later

    Scenario: A push that was on its way comes after going back as well
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And Chitra types the sign-up code
      And a tester keeps the world
      And 1 minute passes
      And a tester goes back to the kept world
      When 1 minute passes
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    Scenario: A phone that was bought before can still sign up
      Given Chitra, who is adding a new phone by email
      And a tester keeps the world
      And Chitra types the sign-up code
      And a tester goes back to the kept world
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered
