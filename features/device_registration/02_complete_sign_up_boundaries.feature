Feature: Device registration, step 2: Sign-up codes and phones, to the letter and to the second
  What TSG makes of a code that a phone sends, tried from both sides: until when it is good, for whom, how many guesses
  there are and whose they are, what a phone's proof rests on, and what a phone without network does. The document says
  that the app sends the code with the user's credential; that TSG judges it, and how, is assumed.

  Rule: A code is good until the very instant at which it expires

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: The last millisecond of the code
      Given 9 minutes and 59 seconds and 999 milliseconds pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.4 @assumed
    Scenario: The end of the code
      Given 10 minutes pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And TSG has not pushed anything
      And the bank has never asked TSG to register a phone

    @DR-1.1 @assumed
    Scenario: The last millisecond of the sign-up
      When 9 minutes and 59 seconds and 999 milliseconds pass
      Then Chitra's phone is Sign_Up_In_Progress

    @DR-2.12 @assumed
    Scenario: The end of the sign-up
      When 10 minutes pass
      Then Chitra's phone is Not_Found
      And Chitra can ask to add the phone
      And Chitra has been notified once that the phone was not found

    @DR-2.1 @assumed
    Scenario: A sign-up that is begun again has ten minutes of its own
      Given 5 minutes pass
      And Chitra asks to add the phone by email
      And 9 minutes and 59 seconds pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.12 @assumed
    Scenario: The sign-up of one user does not lapse with that of another
      Given Jai, who is adding a new phone by email
      And 5 minutes pass
      And Jai asks to add the phone by email
      When 5 minutes pass
      Then Chitra's phone is Not_Found
      And Jai's phone is Sign_Up_In_Progress

    @DR-2.1 @assumed
    Scenario: A sign-up that was completed does not lapse
      Given asking TSG to register a phone fails once
      And Chitra types the sign-up code
      When 11 minutes pass
      Then Chitra's phone has come as far as Sign_Up_Complete

    @DR-2.1 @assumed
    Scenario: After a lapse a new code completes the sign-up
      Given 10 minutes pass
      And Chitra asks to add the phone by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

  Rule: A code works once, for whom it was given

    @DR-2.5 @assumed
    Scenario: The phone that has used a code uses it again
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has already been used
      And TSG has pushed the sign-up to the middleware once
      And Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-2.5 @assumed
    Scenario: A used code stays used when its time is over
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      And 11 minutes pass
      When Chitra types the sign-up code on another phone
      Then the phone tells Chitra that the sign-up code has already been used
      And TSG has pushed the sign-up to the middleware once

    @DR-2.3 @assumed
    Scenario: The app of another bank has no use for the code
      Given the bank's rule is that the app belongs to another bank
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.2 @assumed
    Scenario: A QR code says itself which bank it is for
      Given the bank's rule is that the app belongs to another bank
      And Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete

    @DR-2.3 @assumed
    Scenario: A code of another world is unknown in this one
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by email
      When Chitra types a sign-up code of another world
      Then the phone tells Chitra that the sign-up code is wrong
      And TSG has not pushed anything

    @DR-2.7 @assumed
    Scenario: Two users type each other's codes
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      When Jai types Chitra's sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And Jai's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.1 @assumed
    Scenario: After the code was used on another phone, a new one completes the sign-up
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And Indu types Chitra's sign-up code
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once

  Rule: A QR code is shown as long as it can be scanned

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by QR code

    @DR-1.3 @assumed
    Scenario: In the last second of the code
      When 9 minutes and 59 seconds pass
      Then Chitra is shown a QR code

    @DR-2.12 @assumed
    Scenario: Once it has expired
      When 10 minutes pass
      Then Chitra is shown no QR code

    @DR-2.2 @assumed
    Scenario: Once it has been used
      When Chitra scans the QR code
      Then Chitra's phone is Register_Complete
      And Chitra is shown no QR code

  Rule: A phone has as many guesses as the bank's rule says

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And the bank's rule is that a phone must wait after five wrong sign-up codes
      And the bank's rule is that wrong sign-up codes count for five minutes
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: The right code after four wrong ones
      Given Chitra types a wrong sign-up code four times
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.3 @assumed
    Scenario: The fifth wrong code is told as wrong
      Given Chitra types a wrong sign-up code four times
      When Chitra types a wrong sign-up code
      Then the phone tells Chitra that the sign-up code is wrong

    @DR-2.3 @assumed
    Scenario: The right code after five wrong ones has to wait
      Given Chitra types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 300 seconds
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: Trying while one has to wait does not make the wait longer
      Given Chitra types a wrong sign-up code five times
      And 4 minutes pass
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 60 seconds

    @DR-2.3 @assumed
    Scenario: The last second of the wait
      Given Chitra types a wrong sign-up code five times
      And 4 minutes and 59 seconds pass
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 1 second
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: The end of the wait
      Given Chitra types a wrong sign-up code five times
      And 5 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.1 @assumed
    Scenario: The guesses of one phone are not those of another
      Given Jai, who is adding a new phone by email
      And Jai types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.3 @assumed
    Scenario: A code that was voided counts as a guess
      Given Chitra types a wrong sign-up code four times
      And Chitra asks to add the phone by email
      And Chitra's first sign-up code no longer works
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

    @DR-2.1 @assumed
    Scenario Outline: <What is no guess> does not count as one
      Given Chitra types a wrong sign-up code four times
      And <what is no guess>
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

      Examples:
        | What is no guess            | what is no guess                                                                     |
        | Another code                | Chitra asks to add the phone by email                                                |
        | A phone without a signature | Chitra types the sign-up code on a phone that does not sign what it sends five times |
        | An altered code             | Chitra types the sign-up code and it is altered on its way five times                |

    @DR-2.1 @assumed
    Scenario: An expired code is no guess
      Given 9 minutes pass
      And Chitra types a wrong sign-up code four times
      And 60 seconds pass
      And Chitra types the sign-up code
      And Chitra asks to add the phone by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

  Rule: All phones of the bank together have as many guesses as its rule says

    Background:
      Given the bank's rule is that all phones together must wait after three wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email

    @DR-2.3 @assumed
    Scenario: Three wrong codes on different phones
      Given Jai types a wrong sign-up code twice
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: Two wrong codes on different phones
      Given Jai types a wrong sign-up code
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

  Rule: A phone's clock may be off by five minutes, and no more

    @DR-2.1 @assumed
    Scenario Outline: A phone whose clock is <off> is near enough
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code on a phone whose clock is <off>
      Then the phone tells Chitra that the sign-up code was sent
      And Chitra's phone is Register_Complete

      Examples:
        | off              |
        | 300 seconds fast |
        | 300 seconds slow |

    @DR-2.1 @assumed
    Scenario Outline: After a proof that was not accepted the phone can try again
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code <wrongly>
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware once

      Examples:
        | wrongly                                             |
        | on a phone that does not sign what it sends         |
        | on a phone that signs with the key of another phone |

    @assumed
    Scenario: A revoked phone cannot sign up, whatever its code
      Given Jai, who uses the web site from an active phone
      And Chitra, who is adding a new phone by email
      And TSG has revoked Chitra's phone
      When Chitra types the sign-up code
      Then the phone tells Chitra that the phone has been revoked
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

  Rule: A phone's proof is good as long as its certificate is valid

    Background:
      Given the bank's rule is that a phone's certificate is valid for one day
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And it is 5 January 2026, 23:55:00
      And Chitra asks to add the phone by email

    @DR-2.1 @assumed
    Scenario: The last instant of the certificate
      Given 5 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.14 @assumed
    Scenario: The first second after it
      Given 5 minutes and 1 second pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the phone cannot prove which phone it is
      And TSG has not pushed anything

  Rule: Whether a sign-up must carry a credential is the bank's rule

    @DR-2.8 @assumed
    Scenario: The bank wants a credential, and the app sends none
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends no credential
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.1 @assumed
    Scenario: The bank wants none
      Given the bank's rule is that a sign-up need not carry a credential
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends no credential
      Then Chitra's phone is Register_Complete

    @DR-2.1 @assumed
    Scenario Outline: The bank wants none, and the app sends <a credential> all the same
      Given the bank's rule is that a sign-up need not carry a credential
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then Chitra's phone is Register_Complete
      And TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                |
        | a text as its credential    |
        | an object as its credential |

  Rule: A phone without network sends its sign-up when it is back, and once

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And Chitra's phone is offline
      And Chitra types the sign-up code

    @DR-1.1 @assumed
    Scenario: While the phone is offline, nothing happens
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: Back online, the phone sends it
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware once

    @DR-2.1 @assumed
    Scenario: The phone does not send it a second time
      Given Chitra's phone is online again
      And Chitra's phone is offline
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has been sent a sign-up code once

    @DR-2.1 @assumed
    Scenario: TSG is down when the phone is back
      Given asking TSG to take a sign-up code fails three times
      And Chitra's phone is online again
      When 5 minutes pass
      Then Chitra's phone is Register_Complete

    @DR-2.4 @assumed
    Scenario: A phone that comes back too late
      Given 10 minutes pass
      When Chitra's phone is online again
      Then Chitra's phone is Not_Found
      And TSG has not pushed anything

  Rule: When TSG is out, the phone says so, and nothing is lost

    @DR-2.1 @assumed
    Scenario Outline: Asking TSG to take the code <goes wrong>, and then works
      Given Chitra, who is adding a new phone by email
      And asking TSG to take a sign-up code <goes wrong>
      And Chitra types the sign-up code
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware once

      Examples:
        | goes wrong                            |
        | fails once                            |
        | gets no connection once               |
        | succeeds once, but the answer is lost |

    @assumed
    Scenario Outline: Asking TSG to take the code <goes wrong>, and the phone says so
      Given Chitra, who is adding a new phone by email
      And asking TSG to take a sign-up code <goes wrong>
      When Chitra types the sign-up code
      Then the phone tells Chitra that it should be tried again later
      And Chitra's phone is Sign_Up_In_Progress

      Examples:
        | goes wrong         |
        | fails              |
        | gets no connection |
        | returns garbage    |
