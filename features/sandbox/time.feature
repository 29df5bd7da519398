@sandbox
Feature: The sandbox, time: a tester stops the clock, sets it, and lets it run
  A world's clock stands still or runs, as a tester wants it, and shows the same in every system. It never jumps by
  itself, and what falls due earlier is done earlier.

  Rule: A clock stands still or runs until the tester says otherwise

    Background:
      Given Asha, a customer of the bank who has never used the web site

    Scenario: A clock that stands still, and is set, stands still at its new time
      When a tester sets the clock to 1 March 2026, 12:00:00
      Then every clock stands still at 1 March 2026, 12:00:00

    Scenario: A clock that is set back stands still, too
      When a tester sets the clock to 31 December 2025, 23:59:59
      Then every clock stands still at 31 December 2025, 23:59:59

    Scenario: A clock is not turned back by having time pass
      When a tester tries to have minus 10 minutes pass
      Then the tester is told that time only passes forward
      And every clock stands still at 5 January 2026, 09:00:00

    Scenario: A clock that is let run goes on from where it stood
      When a tester lets the clock run
      Then every clock runs on from 5 January 2026, 09:00:00

    Scenario: A clock that runs, and is set, runs on from its new time
      Given a tester lets the clock run
      When a tester sets the clock to 1 March 2026, 12:00:00
      Then every clock runs on from 1 March 2026, 12:00:00

    Scenario: A clock that runs, and is moved ahead twice, has gone ahead by both
      Given a tester lets the clock run
      And 10 minutes pass
      When 20 minutes pass
      Then every clock runs on from 5 January 2026, 09:30:00

    Scenario: A clock that runs, and was set, is moved ahead from its new time
      Given a tester lets the clock run
      And a tester sets the clock to 1 March 2026, 12:00:00
      When 20 minutes pass
      Then every clock runs on from 1 March 2026, 12:20:00

    Scenario: A clock that runs, and was moved ahead, can be stopped at its new time
      Given a tester lets the clock run
      And 10 minutes pass
      When a tester stops the clock
      Then every clock stands still shortly after 5 January 2026, 09:10:00

    Scenario: A clock that runs can be stopped
      Given a tester lets the clock run
      When a tester stops the clock
      Then every clock stands still shortly after 5 January 2026, 09:00:00

  Rule: However far the clock moves at once, what falls due earlier is done earlier

    Scenario Outline: The push about <first>'s phone falls due <sooner> before the push about <second>'s
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And TSG's push is lost on its way
      And <first> types the sign-up code
      And <sooner> pass
      And <second> types the sign-up code
      And everything works again
      When 5 minutes pass
      Then TSG's push about <first>'s phone has arrived before the one about <second>'s phone

      Examples:
        | first  | second | sooner    |
        | Chitra | Jai    | 2 seconds |
        | Jai    | Chitra | 2 seconds |
        | Chitra | Jai    | 4 seconds |
        | Jai    | Chitra | 4 seconds |

  Rule: What falls due while the clock moves has been done once it has moved

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And the bank's rule is that TSG's pushes are tried again after one second
      And Chitra, who is adding a new phone by email
      And TSG's push is lost once on its way
      And Chitra types the sign-up code

    Scenario: A clock that is set ahead brings the push that was to be tried again
      When a tester sets the clock to 5 January 2026, 09:00:01
      Then a tester is shown that Chitra's registration is Register_Complete

    Scenario: A clock that is not set far enough ahead does not bring it
      When just under 1 second passes
      Then a tester is shown that Chitra's registration is Sign_Up_In_Progress

    Scenario: A clock that is let run brings it by itself
      Given just under 1 second passes
      When a tester lets the clock run
      Then Chitra's registration has become Register_Complete by itself
