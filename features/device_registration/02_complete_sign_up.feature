Feature: Device registration, step 2: Wait for the user to complete the sign-up
  A user completes the sign-up on the phone by typing the code or scanning the QR code; the app sends the user's
  credential, and TSG pushes the sign-up to the bank, so that the bank knows which phone it can register for whom. The
  document says: the bank checks that the external_reference is not empty and keeps the subject_id, and the status is
  Sign_Up_Complete. It leaves open whether TSG pushes to the Auth Service or to the middleware; both are shown. That
  wrong codes and references are refused, and that a sign-up which is never completed lapses, is implied. What happens
  to late and used codes, to phones that cannot prove which phone they are, and to forged, repeated and lost pushes, is
  assumed.

  Background:
    Given the bank's rule is that TSG pushes sign-ups

  Rule: The user completes the sign-up on the phone

    @DR-2.1 @documented
    Scenario Outline: The user types the code that came by <channel>
      Given Chitra, who is adding a new phone by <channel>
      When Chitra types the sign-up code
      Then Chitra's phone has come as far as Sign_Up_Complete
      And TSG has pushed the sign-up to the middleware once

      Examples:
        | channel      |
        | email        |
        | text message |

    @DR-2.2 @documented
    Scenario: The user scans the QR code
      Given Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete
      And TSG has pushed the sign-up to the middleware once

    @DR-2.13 @implied
    Scenario: The outcome is the same when TSG pushes sign-ups to the Auth Service
      Given Chitra, who is adding a new phone by email
      And the bank's rule is that TSG pushes sign-ups to the Auth Service
      When Chitra types the sign-up code
      Then Chitra's phone has come as far as Sign_Up_Complete
      And TSG has pushed the sign-up to the Auth Service once
      And TSG has never pushed a sign-up to the middleware

    @DR-2.1 @assumed
    Scenario Outline: The app sends <a credential>, and TSG passes it on unchanged
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then Chitra's phone has come as far as Sign_Up_Complete
      And TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                      |
        | a text as its credential          |
        | a set of values as its credential |

  Rule: A sign-up code expires, works once, and cannot be guessed

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And the bank's rule is that a phone must wait after five wrong sign-up codes

    @DR-2.3 @implied
    Scenario: A wrong code is refused on the phone
      Given Chitra, who is adding a new phone by email
      When Chitra types a wrong sign-up code
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has never pushed a sign-up to the middleware

    @DR-2.3 @assumed
    Scenario: A phone that guesses too often must wait, even with the right code
      Given Chitra, who is adding a new phone by email
      And Chitra types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has never pushed a sign-up to the middleware

    @DR-2.4 @assumed
    Scenario: An expired code is refused on the phone
      Given Chitra, who is adding a new phone by email
      And 11 minutes pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And TSG has never pushed a sign-up to the middleware
      And Chitra can ask to add the phone

    @DR-2.5 @assumed
    Scenario: A used code is refused on another phone
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When Chitra types the sign-up code on another phone
      Then the phone tells Chitra that the sign-up code has already been used
      And TSG has pushed the sign-up to the middleware once

    @DR-2.12 @implied
    Scenario: A sign-up that is never completed lapses with its code
      Given Chitra, who is adding a new phone by email
      When 11 minutes pass
      Then Chitra's phone is Not_Found
      And Chitra can ask to add the phone

  Rule: A phone must prove which phone it is

    @DR-2.14 @assumed
    Scenario Outline: A sign-up code that is typed <wrongly> is refused
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code <wrongly>
      Then the phone tells Chitra that the phone cannot prove which phone it is
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything
      And the bank has never asked TSG to register a phone

      Examples:
        | wrongly                                               | why                                        |
        | on a phone that does not sign what it sends           | anybody could have sent it                 |
        | on a phone that signs with the key of another phone   | its certificate was stolen without the key |
        | on a phone that has the certificate of another issuer | TSG knows no such phone                    |
        | and it is altered on its way                          | what was signed is not what has arrived    |

    @DR-2.14 @assumed
    Scenario Outline: A phone whose clock is <off> cannot prove which phone it is
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code on a phone whose clock is <off>
      Then the phone tells Chitra that the phone cannot prove which phone it is
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

      Examples:
        | off              |
        | 301 seconds fast |
        | 301 seconds slow |

    @DR-2.14 @assumed
    Scenario: What a phone has sent cannot be recorded and used a second time
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code and it is recorded and sent a second time
      Then the phone tells Chitra that the phone cannot prove which phone it is
      And TSG has pushed the sign-up to the middleware once
      And Chitra has been notified once that the phone is registered

  Rule: The phone that was to be added completes the sign-up, and no other

    @DR-2.16 @assumed
    Scenario: A code that is typed on another phone of the user's completes nothing
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code on another phone
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone
      And Chitra has never been notified that the phone is registered

    @DR-2.16 @assumed
    Scenario: A code that is typed on somebody else's phone completes nothing
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      When Indu types Chitra's sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And Chitra has no phone on the Auth Service
      And the bank has never asked TSG to register a phone

  Rule: The middleware checks every push

    @DR-2.6
    Scenario Outline: A push that <carries nothing> is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push <carries nothing>
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      @documented
      Examples: Empty
        | carries nothing                 |
        | has an empty external_reference |

      @assumed
      Examples: As good as empty
        | carries nothing                |
        | has a blank external_reference |

    @DR-2.7 @implied
    Scenario: A push with an unknown external_reference is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push has an unknown external_reference
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.7 @implied
    Scenario: A push with the external_reference of another sign-up is rejected
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And TSG's push has the external_reference of Jai's sign-up
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And Jai's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.8 @assumed
    Scenario Outline: A push that <lacks something> is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push <lacks something>
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | lacks something      |
        | lacks the subject_id |
        | lacks the credential |

    @DR-2.9 @assumed
    Scenario Outline: A push that <cannot be trusted> is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push <cannot be trusted>
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | cannot be trusted            |
        | is signed with the wrong key |
        | is too old                   |

    @DR-2.9 @assumed
    Scenario: An unsigned push is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      When the push about Chitra's phone reaches the middleware without its signature
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

  Rule: Each push takes effect once, and none is lost

    @DR-2.10 @assumed
    Scenario: A push that arrives three times takes effect once
      Given Chitra, who is adding a new phone by email
      And TSG's push is sent three times
      When Chitra types the sign-up code
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.11 @assumed
    Scenario: TSG repeats a push until it reaches the middleware
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone has come as far as Sign_Up_Complete
      And TSG has pushed the sign-up to the middleware four times
      And TSG has waited longer before each try
