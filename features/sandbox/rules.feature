@sandbox
Feature: The sandbox, rules: the bank's rules in a world, and how a tester changes them
  Each world has rules of its own for whatever the documents leave open. A tester changes one of them while the world is
  in use, and no other changes with it.

  Rule: A rule that is changed leaves the others as they are

    Scenario Outline: The rule about wrong sign-up codes stays when <another> changes
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And the bank's rule has become that a phone must wait after two wrong sign-up codes
      And the bank's rule has become that <it is>
      And Chitra types a wrong sign-up code twice
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

      Examples:
        | another                                | it is                                                          |
        | another rule about wrong sign-up codes | all phones together must wait after three wrong sign-up codes  |
        | a rule of TSG about something else     | TSG's pushes are tried for two hours                           |
        | a rule of another system               | a user may have two phones                                     |
        | a rule that the world began with       | TSG both pushes sign-ups and is polled                         |

    Scenario: A rule that the world began with stays when another one changes
      Given the bank's rule is that TSG pushes sign-ups
      And the bank's rule is that a phone must wait after two wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And the bank's rule has become that wrong sign-up codes count for five minutes
      And Chitra types a wrong sign-up code twice
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 300 seconds

  Rule: A rule can be as generous as the sandbox says that it may be

    Scenario: A sign-up code can be valid for a whole year, and that is the longest
      Given the bank's rule is that a sign-up code is valid for 365 days
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress

  Rule: A rule about how one system lets another in is followed by both

    Scenario: Where TSG wants the bank's name and a password, a phone is added as usual
      Given the bank's rule is that TSG lets the bank in by another name and a password
      And Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered
