Feature: Device registration, step 2: The bank polls TSG for completed sign-ups
  TSG's push is one way by which the bank learns of a completed sign-up; the other is that the bank asks TSG from time to
  time. Both lead to the same statuses and notifications, once each. The document only knows the push: all of this is
  assumed.

  Rule: The outcome is the same by either way

    Background:
      Given the bank's rule is that the bank polls TSG for sign-ups

    @DR-2.15 @assumed
    Scenario Outline: The user completes the sign-up that began by <channel>
      Given Chitra, who is adding a new phone by <channel>
      And Chitra <completes it>
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And TSG has not pushed anything
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

      Examples:
        | channel      | completes it           |
        | email        | types the sign-up code |
        | text message | types the sign-up code |
        | QR code      | scans the QR code      |

    @DR-2.15 @assumed
    Scenario: Until the code is used, the bank goes on asking
      Given Chitra, who is adding a new phone by email
      And 9 minutes pass
      And Chitra types the sign-up code
      When 10 seconds pass
      Then Chitra's phone is Register_Complete

    @DR-2.15 @assumed
    Scenario: A code that is used at the last second counts
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And 9 minutes and 59 seconds pass
      And Chitra types the sign-up code
      When 60 seconds pass
      Then Chitra's phone is Register_Complete

    @DR-2.15 @assumed
    Scenario Outline: After <something went wrong> the right code completes the sign-up
      Given Chitra, who is adding a new phone by email
      And Chitra <does something wrong>
      And Chitra types the sign-up code
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once

      Examples:
        | something went wrong | does something wrong                                               |
        | a wrong code         | types a wrong sign-up code                                         |
        | a missing proof      | types the sign-up code on a phone that does not sign what it sends |

    @DR-2.15 @assumed
    Scenario: The bank asks for the sign-up that was begun last
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by text message
      And Chitra types the sign-up code
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-2.12 @assumed
    Scenario: A sign-up that is never completed lapses with its code
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      When 10 minutes pass
      Then Chitra's phone is Not_Found
      And the bank has never asked TSG to register a phone

    @DR-2.16 @assumed
    Scenario: The code is typed on somebody else's phone
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And Indu types Chitra's sign-up code
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.8 @assumed
    Scenario: The bank wants a credential, and the app sends none
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code, and the app sends no credential
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.15 @assumed
    Scenario Outline: The app sends <a credential>
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code, and the app sends <a credential>
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                |
        | a text as its credential    |
        | an object as its credential |

  Rule: How often the bank polls is its own rule

    Background:
      Given the bank's rule is that the bank polls TSG once a minute
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code

    @DR-1.1 @assumed
    Scenario: Within the minute the bank does not know yet
      When 59 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress

    @DR-2.15 @assumed
    Scenario: After the minute it does
      When 60 seconds pass
      Then Chitra's phone is Register_Complete

  Rule: An outage delays the outcome, and changes nothing of it

    @DR-2.15 @assumed
    Scenario Outline: Asking TSG how the sign-up stands <goes wrong>
      Given the bank's rule is that the bank polls TSG for sign-ups
      And Chitra, who is adding a new phone by email
      And asking TSG how a sign-up stands <goes wrong>
      And Chitra types the sign-up code
      When 9 minutes pass
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

      Examples:
        | goes wrong                            |
        | fails three times                     |
        | gets no connection once               |
        | succeeds once, but the answer is lost |

    @DR-2.15 @assumed
    Scenario: TSG cannot be asked until the code has expired
      Given the bank's rule is that the bank polls TSG for sign-ups
      And the bank's rule is that a sign-up code is valid for one minute
      And Chitra, who is adding a new phone by email
      And asking TSG how a sign-up stands fails ten times
      And Chitra types the sign-up code
      When 21 minutes pass
      Then Chitra's phone is Register_Complete

  Rule: Where TSG pushes and is polled, a sign-up is completed once

    Background:
      Given the bank's rule is that TSG both pushes sign-ups and is polled
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: The push comes first
      Given Chitra types the sign-up code
      When 60 seconds pass
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.15 @assumed
    Scenario: The push is lost on its way
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      When 60 seconds pass
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once

    @DR-2.10 @assumed
    Scenario: The push comes when the bank has already asked
      Given TSG's push is lost three times on its way
      And Chitra types the sign-up code
      When 5 minutes pass
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered
