Feature: Device registration, step 2: The bank polls TSG for completed sign-ups
  A bank that TSG cannot reach with a push asks TSG from time to time whether a sign-up is complete. The user should not
  notice which way the bank uses: both lead to the same statuses and notifications, once each. The document knows only
  the push: all of this is assumed.

  Rule: The outcome is the same either way

    Background:
      Given the bank's rule is that the bank polls TSG for sign-ups

    @DR-2.15 @assumed
    Scenario Outline: A user who is adding a phone by <channel> completes the sign-up
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
    Scenario: The bank goes on asking until the code is used
      Given Chitra, who is adding a new phone by email
      And 9 minutes pass
      And Chitra types the sign-up code
      When 10 seconds pass
      Then Chitra's phone is Register_Complete

    @DR-2.15 @assumed
    Scenario: A code that is used in its last second completes the sign-up
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
    Scenario: The bank asks about the sign-ups of two users, and completes both
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And Chitra types the sign-up code
      And Jai types the sign-up code
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And Jai's phone is Register_Complete

    @DR-2.15 @assumed
    Scenario: The bank asks about the sign-up that was started last
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
    Scenario: A code that is typed on somebody else's phone completes nothing
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And Indu types Chitra's sign-up code
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has never been notified that the phone is registered
      And the bank has never asked TSG to register a phone

    @assumed
    Scenario: The bank does not ask again about a code that was typed on somebody else's phone
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And Indu types Chitra's sign-up code
      And 60 seconds pass
      When 60 seconds pass
      Then the bank has asked TSG how a sign-up stands once

    @DR-2.8 @assumed
    Scenario: Where the bank wants a credential, a sign-up without one is rejected
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code, and the app sends no credential
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.15 @assumed
    Scenario Outline: The app sends <a credential>, and TSG passes it on unchanged
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code, and the app sends <a credential>
      When 10 seconds pass
      Then Chitra's phone is Register_Complete
      And TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                      |
        | a text as its credential          |
        | a set of values as its credential |

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

  Rule: The bank does not ask any more once TSG says that the code has expired

    @DR-2.12 @assumed
    Scenario: A code that nobody has used expires
      Given the bank's rule is that the bank polls TSG once a minute
      And the bank's rule is that a sign-up code is valid for one minute
      And Chitra, who is adding a new phone by email
      When 10 minutes pass
      Then Chitra's phone is Not_Found
      And the bank has asked TSG how a sign-up stands once

  Rule: An outage delays the outcome, and does not change it

    @DR-2.15 @assumed
    Scenario Outline: The phone is registered later when asking TSG how the sign-up stands <goes wrong>
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
    Scenario: A sign-up that was completed in time counts although TSG cannot be asked until the code has expired
      Given the bank's rule is that the bank polls TSG once a minute
      And the bank's rule is that a sign-up code is valid for one minute
      And Chitra, who is adding a new phone by email
      And asking TSG how a sign-up stands fails twice
      And Chitra types the sign-up code
      When 21 minutes pass
      Then Chitra's phone is Register_Complete

    @assumed
    Scenario Outline: When TSG is back after <a time>, a phone whose code was used in time is <status>
      Given the bank's rule is that the bank polls TSG once a minute
      And the bank's rule is that a sign-up code is valid for one minute
      And the bank's rule is that a login lasts a day and an hour
      And Chitra, who is adding a new phone by email
      And asking TSG how a sign-up stands fails
      And Chitra types the sign-up code
      And <a time> pass
      And everything works again
      When 12 minutes pass
      Then Chitra's phone is <status>

      @DR-2.15
      Examples: Within a day of the code's expiry the bank asks on
        | a time   | status            |
        | 23 hours | Register_Complete |

      @DR-2.12
      Examples: After that it does not
        | a time                  | status    |
        | 24 hours and 20 minutes | Not_Found |

  Rule: Where TSG pushes and is polled as well, a sign-up is completed once

    Background:
      Given the bank's rule is that TSG both pushes sign-ups and is polled
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: A sign-up whose push comes first is completed once
      Given Chitra types the sign-up code
      When 60 seconds pass
      Then Chitra's phone is Register_Complete
      And the bank has never asked TSG how a sign-up stands
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.15 @assumed
    Scenario: A sign-up whose push is lost is completed by polling
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      When 60 seconds pass
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once

    @DR-2.10 @assumed
    Scenario: A push that comes after the bank has asked has no second effect
      Given TSG's push is lost three times on its way
      And Chitra types the sign-up code
      When 5 minutes pass
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.15 @DR-4.3 @assumed
    Scenario: A push that comes after the phone was unregistered does not register it again
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      And 60 seconds pass
      And TSG has unregistered Chitra's phone
      And Chitra activates the phone
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then Chitra's phone is Not_Found
      And TSG does not have Chitra's phone registered

    @DR-2.15 @DR-0.1 @assumed
    Scenario Outline: A push that comes after the phone was found to be <dealt with> does not register it again
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      And 60 seconds pass
      And TSG has <dealt with> Chitra's phone
      And Chitra asks for the phone's status again
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then Chitra's phone is Not_Found
      And TSG does not have Chitra's phone registered
      And the bank has asked TSG to register a phone once

      Examples:
        | dealt with   |
        | unregistered |
        | revoked      |

    @DR-2.15 @DR-3.5 @assumed
    Scenario: A push that comes after the phone was revoked does not have it registered
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      And TSG has revoked Chitra's phone
      And 60 seconds pass
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then Chitra's phone is Not_Found
      And the bank has asked TSG to register a phone once

  Rule: A back office that asks TSG itself is told how its latest sign-up stands

    @assumed
    Scenario Outline: A code that nobody has used is <standing> when <time passes>
      Given the back office asks TSG for a sign-up code that is valid for one hour
      When <time passes>
      Then the back office is told that its sign-up is <standing>

      Examples:
        | time passes                | standing     |
        | just under 60 minutes pass | not yet used |
        | 60 minutes pass            | expired      |

    @assumed
    Scenario Outline: A code that was voided is void when <time passes>
      Given the back office asks TSG for a sign-up code that is valid for one hour
      And the back office voids its sign-up code
      When <time passes>
      Then the back office is told that its sign-up is void

      Examples:
        | time passes     | why                             |
        | 0 seconds pass  | it was voided                   |
        | 60 minutes pass | what is void cannot expire, too |

    @assumed
    Scenario Outline: A code that a phone has used is used when <something happens>
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And the back office asks TSG for a sign-up code that is valid for one hour
      And Chitra types the sign-up code of the back office
      When <something happens>
      Then the back office is told that its sign-up is used

      Examples:
        | something happens                      | why                                |
        | 60 minutes pass                        | what was used cannot expire        |
        | the back office voids its sign-up code | what was used cannot be taken back |

    @assumed
    Scenario: Of two sign-ups with the same external_reference the later one is told
      Given the back office asks TSG for a sign-up code of the usual form
      And the back office voids its sign-up code
      When the back office asks TSG for a sign-up code of the usual form
      Then the back office is told that its sign-up is not yet used

    @assumed
    Scenario: A sign-up of another bank with the same external_reference is another one
      Given the back office asks TSG for a sign-up code of the usual form
      And another bank asks TSG for a sign-up code of the usual form
      When another bank voids its sign-up code
      Then the back office is told that its sign-up is not yet used

    @assumed
    Scenario: A sign-up that only another bank has begun is not told
      When another bank asks TSG for a sign-up code of the usual form
      Then the back office is told that its sign-up is unknown
