Feature: Device registration, step 2: Wait for the user to complete the sign-up
  A user completes the sign-up on the phone, by typing the code or scanning the QR code; the app sends the user's
  credential, and TSG tells the bank. The document says: the bank checks that the external reference is not empty, keeps
  the subject, and the status is Sign_Up_Complete. It asks whether TSG tells the Auth Service or the middleware: both are
  here. Assumed are the answers to wrong, late and used codes, and to false, repeated and lost words from TSG.

  Rule: The user completes the sign-up on the phone

    @DR-2.1 @documented
    Scenario Outline: The user types the code that came by <channel>
      Given Chitra, who is adding a new phone by <channel>
      When Chitra types the sign-up code
      Then the phone of Chitra has become Sign_Up_Complete
      And TSG has once asked the middleware to take in a sign-up

      Examples:
        | channel      |
        | email        |
        | text message |

    @DR-2.2 @documented
    Scenario: The user scans the QR code
      Given Chitra, who is adding a new phone by QR code
      When Chitra scans the QR code
      Then the phone of Chitra has become Sign_Up_Complete
      And TSG has once asked the middleware to take in a sign-up

    @DR-2.13 @documented
    Scenario: Where TSG tells the Auth Service of sign-ups, the outcome is the same
      Given Chitra, who is adding a new phone by email
      And the bank's rule is that TSG tells the Auth Service of sign-ups
      When Chitra types the sign-up code
      Then the phone of Chitra has become Sign_Up_Complete
      And TSG has never asked the middleware to take in a sign-up

  Rule: A sign-up code is good for a while, once, and not for guessing

    Background:
      Given the bank's rule is that a sign-up code holds for ten minutes
      And the bank's rule is that a phone must wait after five wrong sign-up codes

    @DR-2.3 @implied
    Scenario: A wrong code is refused on the phone
      Given Chitra, who is adding a new phone by email
      When Chitra types a wrong sign-up code once
      Then the phone tells Chitra that the sign-up code is wrong
      And the phone of Chitra is Sign_Up_In_Progress
      And TSG has never asked the middleware to take in a sign-up

    @DR-2.3 @implied
    Scenario: Who guesses too often must wait, even with the right code
      Given Chitra, who is adding a new phone by email
      And Chitra types a wrong sign-up code five times
      When Chitra types the sign-up code
      Then the phone tells Chitra that there were too many attempts
      And the phone of Chitra is Sign_Up_In_Progress

    @DR-2.4 @assumed
    Scenario: A code that comes too late is refused on the phone
      Given Chitra, who is adding a new phone by email
      And 11 minutes pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And Chitra can ask to add the phone

    @DR-2.5 @assumed
    Scenario: A code that was used is refused on another phone
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When Chitra types the sign-up code on another phone
      Then the phone tells Chitra that the sign-up code was used already
      And TSG has once asked the middleware to take in a sign-up

    @DR-2.12 @implied
    Scenario: A sign-up that is never completed lapses with its code
      Given Chitra, who is adding a new phone by email
      When 11 minutes pass
      Then the phone of Chitra is Not_Found
      And Chitra can ask to add the phone

  Rule: The middleware takes no word for granted

    @DR-2.6 @documented
    Scenario: A word without a reference is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's word of a sign-up lacks the reference
      When Chitra types the sign-up code
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress

    @DR-2.7 @implied
    Scenario: A word with an unknown reference is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's word of a sign-up carries an unknown reference
      When Chitra types the sign-up code
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress

    @DR-2.7 @implied
    Scenario: A word with the reference of another's sign-up is rejected
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And TSG's word of a sign-up carries the reference of Jai
      When Chitra types the sign-up code
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress
      And the phone of Jai is Sign_Up_In_Progress

    @DR-2.8 @assumed
    Scenario Outline: A word that <lacks something> is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's word of a sign-up <lacks something>
      When Chitra types the sign-up code
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress

      Examples:
        | lacks something      |
        | lacks the phone's id |
        | lacks the credential |

    @DR-2.9 @assumed
    Scenario Outline: A word that <cannot be trusted> is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's word of a sign-up <cannot be trusted>
      When Chitra types the sign-up code
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress

      Examples:
        | cannot be trusted          |
        | is signed by somebody else |
        | is too old                 |

    @DR-2.9 @assumed
    Scenario: A word that nobody signed is rejected
      Given Chitra, who is adding a new phone by email
      When somebody else tells the middleware that Chitra has signed up
      Then the middleware has not accepted TSG's word of the sign-up
      And the phone of Chitra is Sign_Up_In_Progress

  Rule: A word is heard once, and none is lost

    @DR-2.10 @assumed
    Scenario: A word that arrives three times has one effect
      Given Chitra, who is adding a new phone by email
      And TSG's word of a sign-up arrives three times
      When Chitra types the sign-up code
      Then the bank has once asked TSG to register a phone
      And Chitra has once been notified that the phone is registered

    @DR-2.11 @assumed
    Scenario: A word that finds the middleware down is told again until it is heard
      Given Chitra, who is adding a new phone by email
      And asking the middleware to take in a sign-up fails three times
      And Chitra types the sign-up code
      When 5 minutes pass
      Then the phone of Chitra has become Sign_Up_Complete
      And TSG has four times asked the middleware to take in a sign-up
      And TSG has waited longer before each further try
