Feature: Device registration, step 1: Sign up the user on Entersekt
  A user whose phone was not found adds it, by the registered email address, the registered mobile number or a QR code.
  The document says: a sign-up code is asked of TSG, sent to the user, and the status is Sign_Up_In_Progress. That another
  address or number is refused, and that the status comes first, is implied. Assumed is what happens when no code can be
  had or sent, and when the user starts again.

  Rule: The user chooses how the sign-up code comes

    @DR-1.1 @documented
    Scenario: The sign-up code comes by email
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then the phone of Chitra is Sign_Up_In_Progress
      And the bank has once asked TSG for a sign-up code
      And Chitra has been sent one sign-up code by email
      And Chitra has been sent no code by text message

    @DR-1.1 @documented
    Scenario Outline: The sign-up code has <characters> where the bank wants <wish>
      Given Chitra, who already uses the web site
      And the bank's rule is that a sign-up code has <wish>
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then the phone of Chitra is Sign_Up_In_Progress
      And the newest code of Chitra by email has <characters>

      Examples:
        | wish             | characters                |
        | the usual length | eight digits              |
        | more variety     | twelve letters and digits |

    @DR-1.2 @documented
    Scenario: The sign-up code comes by text message
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by text message
      Then the phone of Chitra is Sign_Up_In_Progress
      And the bank has once asked TSG for a sign-up code
      And Chitra has been sent one sign-up code by text message
      And Chitra has been sent no code by email

    @DR-1.3 @documented
    Scenario: The sign-up code is shown as a QR code
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by QR code
      Then the phone of Chitra is Sign_Up_In_Progress
      And Chitra is shown a QR code
      And Chitra has been sent no code by email
      And Chitra has been sent no code by text message

  Rule: Only registered contacts will do, and only after the status was determined

    @DR-1.4 @implied
    Scenario Outline: Somebody else's <contact> is refused
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by somebody else's <contact>
      Then Chitra is told that the bank has registered another
      And the phone of Chitra is Not_Found
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

  Rule: When no code can be had or sent, the user can try again

    @DR-1.5 @assumed
    Scenario: TSG gives no code
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking TSG for a sign-up code fails
      When Chitra asks to add the phone by email
      Then Chitra is told that it should be tried again later
      And the phone of Chitra is Not_Found
      And Chitra can ask to add the phone

    @DR-1.7 @assumed
    Scenario: The code cannot be delivered
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking the mail gateway to deliver fails
      When Chitra asks to add the phone by email
      Then Chitra is told that it should be tried again later
      And the phone of Chitra is Not_Found
      And the bank has once asked TSG to void a sign-up code

    @DR-1.6 @assumed
    Scenario: A user who starts again gets a new code, and the first one is void
      Given Chitra, who is adding a new phone by email
      When Chitra asks to add the phone by email
      Then the phone of Chitra is Sign_Up_In_Progress
      And Chitra has been sent two sign-up codes by email
      And the first sign-up code of Chitra no longer works
