@sandbox
Feature: The sandbox, journal: a tester finds what has happened
  Every exchange between the systems is in the journal, with the branches that it took, and with what was broken in it
  on purpose. A tester who looks for something is shown that, and nothing else.

  Rule: A tester is shown what was looked for

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code on a phone that does not sign what it sends

    Scenario: What took another branch is not shown, although that one's name begins alike
      When a tester looks in the journal for "DR-2.1"
      Then the journal shows nothing

    Scenario: What took the branch is shown
      When a tester looks in the journal for "DR-2.14"
      Then the journal shows once what took "DR-2.14"

    Scenario: Of many exchanges the latest are shown
      When a tester looks in the journal for the latest three exchanges
      Then the journal shows the three that came last, oldest first

  Rule: A sign-up that is begun again while it is in progress is told apart from a new one

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email

    Scenario: A user who asks for another code in time begins the sign-up again
      Given just under 10 minutes pass
      And Chitra asks to add the phone by email
      When a tester looks in the journal for "DR-1.6"
      Then the journal shows once what took "DR-1.6"

    Scenario: A user who asks for another code after the lapse begins a new sign-up
      Given 10 minutes pass
      And Chitra asks to add the phone by email
      When a tester looks in the journal for "DR-1.6"
      Then the journal shows nothing

  Rule: The middleware tells who pushes whether it has taken the sign-up in before

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code

    Scenario: The first push that comes is no repetition
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then the middleware says that this was the first push of the sign-up

    Scenario Outline: A push that comes after it <how> is a repetition
      Given the push about Chitra's phone reaches the middleware as TSG signed it
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware says that this push was a repetition
      And Chitra's phone is Register_Complete

      Examples:
        | how                    | why                                       |
        | as TSG signed it       | it is the same push                       |
        | under an id of its own | it is another push about the same sign-up |

  Rule: What was broken on purpose is told apart from what was not

    Scenario: The journal says which requests a tester has broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then the bank has asked core banking about a customer twice
      And the journal says of once asking core banking about a customer that it was broken on purpose
