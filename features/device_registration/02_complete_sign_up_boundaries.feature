Feature: Device registration, step 2: Sign-up codes and phones, at their boundaries
  The bank wants a sign-up code to work for its own user, in time and once. So each limit is tried from both sides:
  until when a code is valid, for whom, how many guesses there are and which are counted together, how a phone proves
  which phone it is, and what a phone does without a network. The document says that the app sends the code with the
  user's credential; that TSG judges it, and how, is assumed.

  Background:
    Given the bank's rule is that TSG pushes sign-ups

  Rule: A code is valid until the moment it expires, and its sign-up lapses with it

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: Just before it expires, the code is accepted
      Given just under 10 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.4 @assumed
    Scenario: When it expires, the code is refused
      Given 10 minutes pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And TSG has not pushed anything
      And the bank has never asked TSG to register a phone

    @DR-1.1 @assumed
    Scenario: Just before its code expires, the sign-up is in progress
      When just under 10 minutes pass
      Then Chitra's phone is Sign_Up_In_Progress

    @DR-2.12 @assumed
    Scenario: When its code expires, the sign-up lapses
      When 10 minutes pass
      Then Chitra's phone is Not_Found
      And Chitra can ask to add the phone
      And Chitra has been notified once that the phone was not found

    @DR-2.1 @assumed
    Scenario: A sign-up that is started again has ten minutes from then on
      Given 5 minutes pass
      And Chitra asks to add the phone by email
      And 9 minutes and 59 seconds pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.12 @assumed
    Scenario: A sign-up that is started again lapses ten minutes from then on
      Given 5 minutes pass
      And Chitra asks to add the phone by email
      When 10 minutes pass
      Then Chitra's phone is Not_Found
      And Chitra can ask to add the phone

    @DR-2.12 @assumed
    Scenario: One user's sign-up does not lapse with another's
      Given Jai, who is adding a new phone by email
      And 5 minutes pass
      And Jai asks to add the phone by email
      When 5 minutes pass
      Then Chitra's phone is Not_Found
      And Jai's phone is Sign_Up_In_Progress

    @DR-2.1 @assumed
    Scenario: A completed sign-up does not lapse
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

  Rule: A code works once, and only for the user who was given it

    @DR-2.5 @assumed
    Scenario: The phone that has used a code cannot use it again
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has already been used
      And TSG has pushed the sign-up to the middleware once
      And Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-2.5 @assumed
    Scenario: A used code is refused as used even after it has expired
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      And 11 minutes pass
      When Chitra types the sign-up code on another phone
      Then the phone tells Chitra that the sign-up code has already been used
      And TSG has pushed the sign-up to the middleware once

    @DR-2.3 @assumed
    Scenario: The app of another bank cannot use the code
      Given the bank's rule is that the app belongs to another bank
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: A code that the app of another bank sends is one of the phone's wrong codes
      Given the bank's rule is that the app belongs to another bank
      And the bank's rule is that a phone must wait after five wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Chitra types a wrong sign-up code four times
      And Chitra types the sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

    @DR-2.2 @assumed
    Scenario: A QR code names its bank, so the app of another bank can use it
      Given the bank's rule is that the app belongs to another bank
      And Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete

    @DR-2.2 @assumed
    Scenario: A QR code names its bank as TSG knows it
      Given the bank's rule is that TSG knows the bank by another name than the app
      And Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete

    @DR-2.1 @assumed
    Scenario: A code that is typed works under whatever name TSG knows the bank and its app
      Given the bank's rule is that TSG knows the bank, and its app, by another name
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And TSG has Chitra's phone registered

    @DR-2.2 @assumed
    Scenario: Wrong codes that went to another bank are not counted as this bank's
      Given the bank's rule is that the app belongs to another bank
      And the bank's rule is that all phones together must wait after three wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Chitra types a wrong sign-up code three times
      And Chitra asks to add the phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete

    @DR-2.7 @assumed
    Scenario: A user who types the code of another user completes neither sign-up
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      When Jai types Chitra's sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And Jai's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.16 @assumed
    Scenario Outline: A code that is typed on a phone whose own sign-up <is over> completes nothing
      Given Chitra, who is adding a new phone by email
      And Jai, whose new phone is <status>
      When Jai types Chitra's sign-up code
      Then Chitra's phone is Sign_Up_In_Progress
      And Jai's phone is <status>
      And Chitra has never been notified that the phone is registered

      Examples:
        | is over                | status            |
        | is complete            | Register_Complete |
        | is long since complete | Device_Activate   |

    @DR-2.1 @assumed
    Scenario: After somebody else has used the code, a new one completes the sign-up
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And Indu types Chitra's sign-up code
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once

    @DR-2.1 @assumed
    Scenario: A code of letters and digits may be typed in small letters and with a dash
      Given the bank's rule is that a sign-up code has twelve letters and digits
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code in small letters and with a dash
      Then Chitra's phone is Register_Complete

    @DR-2.5 @assumed
    Scenario: A code that was used stays used when the user asks for another one
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      And Chitra asks to add the phone by email
      When Chitra types the first code that came by email
      Then the phone tells Chitra that the sign-up code has already been used
      And Chitra's phone is Sign_Up_In_Progress

  Rule: A code is void, or another bank's, for good

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes

    @DR-2.3 @assumed
    Scenario: A void code is wrong even after it has expired
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by text message
      And 10 minutes pass
      When Chitra types the first code that came by email
      Then the phone tells Chitra that the sign-up code is wrong
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: A void code is counted as a guess even after it has expired
      Given the bank's rule is that a phone must wait after two wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by email
      And 10 minutes pass
      And Chitra's first sign-up code no longer works
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

    @DR-2.3 @assumed
    Scenario Outline: The app of another bank is not told that a code <is no good>
      Given Chitra, who is adding a new phone by email
      And <what happens>
      And the bank's rule has become that the app belongs to another bank
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code is wrong

      Examples:
        | is no good  | what happens                  |
        | was used    | Chitra types the sign-up code |
        | has expired | 10 minutes pass               |

    @DR-2.2 @assumed
    Scenario: The bank's own codes that were sent to another bank are not counted as the bank's wrong codes
      Given the bank's rule is that the app belongs to another bank
      And the bank's rule is that all phones together must wait after two wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      And Chitra types the sign-up code
      And Chitra asks to add the phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone has come as far as Sign_Up_Complete

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

  Rule: A QR code works whatever the bank is called

    @DR-2.2 @assumed
    Scenario: The bank's name has signs in it that mean something in an address
      Given the bank's rule is that the bank is called "Lotus & Co. + 1"
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by QR code
      When Chitra scans the QR code
      Then Chitra's phone is Register_Complete

  Rule: A QR code can be scanned however it is shown

    @DR-2.2 @assumed
    Scenario Outline: A phone reads a QR code from <a picture>
      Given Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code from <a picture>
      Then Chitra's phone is Register_Complete

      Examples:
        | a picture                                           |
        | a photograph                                        |
        | a picture that is transparent where it is not black |

  Rule: A phone has as many guesses as the bank's rule says

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And the bank's rule is that a phone must wait after five wrong sign-up codes
      And the bank's rule is that wrong sign-up codes count for five minutes
      And Chitra, who is adding a new phone by email

    @DR-2.1 @assumed
    Scenario: After four wrong codes the right one is accepted
      Given Chitra types a wrong sign-up code four times
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.3 @assumed
    Scenario: The fifth wrong code is refused as wrong
      Given Chitra types a wrong sign-up code four times
      When Chitra types a wrong sign-up code
      Then the phone tells Chitra that the sign-up code is wrong
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: After five wrong codes the phone must wait, even with the right one
      Given Chitra types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 300 seconds
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: Trying again too early does not make the wait longer
      Given Chitra types a wrong sign-up code five times
      And 4 minutes pass
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 60 seconds
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: However often it is tried again too early, the wait does not grow longer
      Given Chitra types a wrong sign-up code five times
      And 4 minutes pass
      And Chitra types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 60 seconds
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: The wait ends when the first of the wrong codes no longer counts
      Given Chitra types a wrong sign-up code four times
      And 1 minute passes
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 240 seconds
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: In the last second of the wait the right code is refused
      Given Chitra types a wrong sign-up code five times
      And 4 minutes and 59 seconds pass
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 1 second
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario Outline: A phone is told a wait that is long enough when <some of it> has passed
      Given Chitra types a wrong sign-up code five times
      And <some of it> passes
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait <as long>

      Examples:
        | some of it           | as long     | why                                          |
        | 0.5 seconds          | 300 seconds | after 299 seconds the phone would be refused |
        | just under 5 minutes | 1 second    | no wait is shorter than that                 |

    @DR-2.3 @assumed
    Scenario: Wrong codes count although the phone has sent the right one since
      Given Chitra types a wrong sign-up code four times
      And Chitra types the sign-up code
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

    @DR-2.1 @assumed
    Scenario: When the wait is over, the right code is accepted
      Given Chitra types a wrong sign-up code five times
      And 5 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.1 @assumed
    Scenario: One phone's guesses are not counted against another
      Given Jai, who is adding a new phone by email
      And Jai types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.3 @assumed
    Scenario: A voided code is counted as a guess
      Given Chitra types a wrong sign-up code four times
      And Chitra asks to add the phone by email
      And Chitra's first sign-up code no longer works
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario Outline: <Another code or a missing proof> is not counted as a guess
      Given Chitra types a wrong sign-up code four times
      And <what happens>
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

      Examples:
        | Another code or a missing proof | what happens                                                                         |
        | Another code                    | Chitra asks to add the phone by email                                                |
        | A phone without a signature     | Chitra types the sign-up code on a phone that does not sign what it sends five times |
        | An altered code                 | Chitra types the sign-up code and it is altered on its way five times                |

    @DR-2.1 @assumed
    Scenario: An expired code is not counted as a guess
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
    Scenario: After three wrong codes on different phones every phone must wait
      Given Jai types a wrong sign-up code twice
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: Wrong codes on a phone that has sent the right one since are counted with the others
      Given Jai types a wrong sign-up code twice
      And Jai types the sign-up code
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts

    @DR-2.1 @assumed
    Scenario: After two wrong codes on different phones the right one is accepted
      Given Jai types a wrong sign-up code
      And Chitra types a wrong sign-up code
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

  Rule: A phone that must wait for its own wrong codes and for those of all phones is told the longer wait

    Background:
      Given the bank's rule is that a phone must wait after two wrong sign-up codes
      And the bank's rule is that all phones together must wait after three wrong sign-up codes
      And the bank's rule is that wrong sign-up codes count for five minutes
      And Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email

    @DR-2.3 @assumed
    Scenario: A phone that has sent no wrong code must wait after three of the others
      Given Indu, who uses the web site from a phone that only TSG knows
      And Jai types a wrong sign-up code twice
      And Indu types a wrong sign-up code
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 300 seconds
      And TSG has not pushed anything

    @DR-2.3 @assumed
    Scenario: The phone's own codes count for longer than the first of all
      Given Jai types a wrong sign-up code
      And 1 minute passes
      And Chitra types a wrong sign-up code twice
      And 1 minute passes
      When Chitra types the sign-up code
      Then the phone tells Chitra to wait 240 seconds
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: When the longer wait is over, the right code is accepted
      Given Jai types a wrong sign-up code
      And 1 minute passes
      And Chitra types a wrong sign-up code twice
      And 5 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

  Rule: A phone's clock may be off by five minutes, and no more

    @DR-2.1 @assumed
    Scenario Outline: A phone whose clock is <off> is accepted
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code on a phone whose clock is <off>
      Then the phone tells Chitra that the sign-up code was sent
      And Chitra's phone is Register_Complete

      Examples:
        | off              |
        | 300 seconds fast |
        | 300 seconds slow |

  Rule: A phone whose proof was not accepted can try again, but a revoked phone cannot

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
    Scenario: A revoked phone cannot sign up, even with the right code
      Given Jai, who uses the web site from an active phone
      And Chitra, who is adding a new phone by email
      And TSG has revoked Chitra's phone
      When Chitra types the sign-up code
      Then the phone tells Chitra that the phone has been revoked
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: A code that a revoked phone has sent is still good for the phone that it is meant for
      Given Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And TSG has revoked Indu's phone
      And Indu types Chitra's sign-up code
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @assumed
    Scenario: A revoked phone is told so, even with a wrong code
      Given Chitra, who is adding a new phone by email
      And TSG has revoked Chitra's phone
      When Chitra types a wrong sign-up code
      Then the phone tells Chitra that the phone has been revoked

    @DR-2.1 @assumed
    Scenario: The wrong codes of a revoked phone are not counted
      Given the bank's rule is that all phones together must wait after two wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Indu, who uses the web site from a phone that only TSG knows
      And TSG has revoked Indu's phone
      And Indu types a wrong sign-up code twice
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

  Rule: A phone can prove which phone it is as long as its certificate is valid

    Background:
      Given the bank's rule is that a phone's certificate is valid for one day
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And it is 5 January 2026, 23:55:00
      And Chitra asks to add the phone by email

    @DR-2.1 @assumed
    Scenario: At the last moment of the certificate the code is accepted
      Given 5 minutes pass
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

    @DR-2.14 @assumed
    Scenario: One second after the certificate has expired, the code is refused
      Given 5 minutes and 1 second pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the phone cannot prove which phone it is
      And TSG has not pushed anything

  Rule: Whether a sign-up must carry a credential is the bank's rule

    @DR-2.8 @assumed
    Scenario: Where the bank wants a credential, a sign-up without one is rejected
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends no credential
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.1 @assumed
    Scenario: Where the bank wants none, a sign-up without one is accepted
      Given the bank's rule is that a sign-up need not carry a credential
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends no credential
      Then Chitra's phone is Register_Complete

    @DR-2.1 @assumed
    Scenario Outline: Where the bank wants none, a sign-up with <a credential> is accepted all the same
      Given the bank's rule is that a sign-up need not carry a credential
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then Chitra's phone is Register_Complete
      And TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                      |
        | a text as its credential          |
        | a set of values as its credential |

    @assumed
    Scenario Outline: TSG keeps <a credential> as the app has sent it
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then TSG holds the credential as Chitra's app has sent it

      Examples:
        | a credential                             |
        | an empty text as its credential          |
        | an empty set of values as its credential |

    @assumed
    Scenario: Where the app has sent none, TSG pushes none
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends no credential
      Then TSG has pushed the sign-up without a credential

  Rule: A credential has 65,536 bytes at most, however many letters these are

    @DR-2.1 @assumed
    Scenario Outline: A sign-up with <a credential> is accepted
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then Chitra's phone is Register_Complete

      Examples:
        | a credential                                           |
        | a text of 65,536 bytes as its credential               |
        | a text of 65,536 bytes in Devanagari as its credential |

    @assumed
    Scenario Outline: A sign-up with <a credential> is refused, and the code can still be used
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code, and the app sends <a credential>
      And the phone has told Chitra that what was entered is not valid
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete

      Examples:
        | a credential                                           |
        | a text of 65,537 bytes as its credential               |
        | a text of 65,537 bytes in Devanagari as its credential |

  Rule: A phone without a network sends its sign-up when it is back online, and only once

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And Chitra's phone is offline
      And Chitra types the sign-up code

    @DR-1.1 @assumed
    Scenario: While the phone is offline, nothing is sent
      When 60 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @DR-2.1 @assumed
    Scenario: When the phone is back online, it sends the sign-up
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware once

    @DR-2.1 @assumed
    Scenario: When the phone is back online, it sends every code that was typed meanwhile
      Given Chitra types a wrong sign-up code
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has been sent a sign-up code twice

    @DR-2.1 @assumed
    Scenario: When the phone is back online, it sends the codes in the order in which they were typed
      Given the bank's rule has become that a phone must wait after five wrong sign-up codes
      And Chitra types a wrong sign-up code five times
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware once

    @DR-2.1 @assumed
    Scenario: When the phone is back online again, it does not send the sign-up a second time
      Given Chitra's phone is online again
      And Chitra's phone is offline
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has been sent a sign-up code once

    @DR-2.1 @assumed
    Scenario Outline: A phone that comes back while asking TSG <goes wrong> sends the sign-up later
      Given asking TSG to take a sign-up code <goes wrong>
      And Chitra's phone is online again
      When 5 minutes pass
      Then Chitra's phone is Register_Complete

      Examples:
        | goes wrong              |
        | fails three times       |
        | breaks down once        |
        | gets no connection once |

    @DR-2.1 @assumed
    Scenario: A phone that comes back goes on trying for as long as TSG is down
      Given asking TSG to take a sign-up code fails
      And Chitra's phone is online again
      And 9 minutes pass
      And everything works again
      When 30 seconds pass
      Then Chitra's phone is Register_Complete

    @DR-2.1 @assumed
    Scenario: A phone that loses its network again before TSG is back keeps the sign-up for the next time
      Given asking TSG to take a sign-up code fails once
      And Chitra's phone is online again
      And 1 second passes
      And Chitra's phone is offline
      And 60 seconds pass
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete

    @DR-1.1 @assumed
    Scenario: A phone tries again as late as its rule says
      Given asking TSG to take a sign-up code fails once
      And the bank's rule has become that a phone tries again after one minute
      And Chitra's phone is online again
      When 59 seconds pass
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

    @assumed
    Scenario: A phone that is offline again before it has tried again does not try
      Given asking TSG to take a sign-up code fails once
      And Chitra's phone is online again
      And 1 second passes
      And Chitra's phone is offline
      When 5 minutes pass
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG has been sent a sign-up code once

    @DR-2.1 @assumed
    Scenario: A phone that was offline again before it had tried again tries once it is back
      Given asking TSG to take a sign-up code fails once
      And Chitra's phone is online again
      And 1 second passes
      And Chitra's phone is offline
      And 5 minutes pass
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete
      And TSG has been sent a sign-up code twice

    @DR-2.4 @assumed
    Scenario: A phone that comes back after the code has expired completes nothing
      Given 10 minutes pass
      When Chitra's phone is online again
      Then Chitra's phone is Not_Found
      And TSG has not pushed anything

  Rule: When TSG is out, the phone says so, and nothing is lost

    @DR-2.1 @assumed
    Scenario Outline: The user can type the code again when asking TSG to take it <goes wrong>
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
    Scenario Outline: The phone says so when asking TSG to take the code <goes wrong>
      Given Chitra, who is adding a new phone by email
      And asking TSG to take a sign-up code <goes wrong>
      When Chitra types the sign-up code
      Then the phone tells Chitra to try again later
      And Chitra's phone is Sign_Up_In_Progress

      Examples:
        | goes wrong         |
        | fails              |
        | breaks down once   |
        | gets no connection |
        | returns garbage    |
