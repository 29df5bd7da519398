Feature: Device registration, step 1: Sign up the user on Entersekt
  A user whose phone was not found adds it by the registered email address, the registered mobile number or a QR code.
  The document says: the bank asks TSG for a sign-up code and sends it to the user, and the status is
  Sign_Up_In_Progress. It is implied that any other address or number is refused, and that the status is determined
  first. What happens when no code can be obtained or delivered, when the user starts again, and when the user has as
  many phones as the bank allows, is assumed.

  Rule: The user chooses how to receive the sign-up code

    @DR-1.1 @documented
    Scenario: The sign-up code comes by email
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And the bank has asked TSG for a sign-up code once
      And Chitra has been sent one sign-up code by email
      And Chitra has been sent no code by text message

    @DR-1.1 @documented
    Scenario Outline: The sign-up code has <characters> where that is the bank's rule
      Given Chitra, who already uses the web site
      And the bank's rule is that a sign-up code has <characters>
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And the latest code sent to Chitra by email has <characters>

      Examples:
        | characters                |
        | eight digits              |
        | twelve letters and digits |

    @DR-1.2 @documented
    Scenario: The sign-up code comes by text message
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by text message
      Then Chitra's phone is Sign_Up_In_Progress
      And the bank has asked TSG for a sign-up code once
      And Chitra has been sent one sign-up code by text message
      And Chitra has been sent no code by email

    @DR-1.3 @documented
    Scenario: The sign-up code is shown as a QR code
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by QR code
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra is shown a QR code
      And Chitra has been sent no code by email
      And Chitra has been sent no code by text message

  Rule: Only a registered contact is accepted, and only once the status has been determined

    @DR-1.4 @implied
    Scenario Outline: Somebody else's <contact> is refused
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by somebody else's <contact>
      Then Chitra is told that the bank has another contact on record
      And Chitra's phone is Not_Found
      And the bank has never asked TSG for a sign-up code
      And Chitra has been sent no code by <channel>

      Examples:
        | contact       | channel      |
        | email address | email        |
        | mobile number | text message |

    @DR-1.8 @implied
    Scenario: A user who has not opened the app on the phone cannot add it
      Given Chitra, who already uses the web site
      When Chitra asks to add the phone by email
      Then Chitra is told that the phone's status must be determined first
      And the bank has never asked TSG for a sign-up code
      And Chitra has been sent no code by email

  Rule: When no code can be obtained or delivered, the user can try again

    @DR-1.5 @assumed
    Scenario: A user for whom TSG gives no code can try again later
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking TSG for a sign-up code fails
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra has been sent no code by email

    @DR-1.7 @assumed
    Scenario: A code that cannot be delivered is void, and the user can try again later
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking the mail gateway to deliver fails
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra has been sent no code by email
      And the bank has asked TSG to void a sign-up code once

    @DR-1.6 @assumed
    Scenario: A user who starts again gets a new code, and the first one is void
      Given Chitra, who is adding a new phone by email
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent two sign-up codes by email
      And Chitra's first sign-up code no longer works

  Rule: A user has no more phones than the bank allows

    Background:
      Given Kiran, who uses the web site from five active phones

    @DR-1.9 @assumed
    Scenario Outline: A user with as many phones as the bank allows gets no code by <channel>
      Given Kiran opens the app on a new phone
      When Kiran asks to add the phone by <channel>
      Then Kiran is told that the bank allows no more phones
      And Kiran is told of five phones
      And Kiran's phone is Not_Found
      And the bank has never asked TSG for a sign-up code
      And Kiran has been sent no code by email

      Examples:
        | channel      |
        | email        |
        | text message |
        | QR code      |

    @DR-1.1 @assumed
    Scenario: Once a phone is removed, the user can add the new one
      Given Kiran opens the app on a new phone
      And Kiran asks to add the phone by email
      And the Auth Service has meanwhile removed the oldest of Kiran's phones
      When Kiran asks to add the phone by email
      Then Kiran's phone is Sign_Up_In_Progress
      And Kiran has been sent one sign-up code by email

    @DR-1.1 @assumed
    Scenario: The last phone that the bank allows can be added
      Given Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      When Lata asks to add the phone by email
      Then Lata's phone is Sign_Up_In_Progress
      And Lata has been sent one sign-up code by email
