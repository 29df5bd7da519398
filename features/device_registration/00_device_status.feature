Feature: Device registration, step 0: Determine the device status
  A logged-in user opens the bank's app on a phone, and the bank looks the phone up on the Auth Service and on TSG, so
  that each phone starts at the right step. The document says: if neither knows the phone, the user is notified "Device
  not found on our records" and the status is Not_Found. What happens to a phone that one of them knows is implied. It
  is assumed that users can only ask about their own phones, that a registration outlasts its user's session, and that
  an outage is never read as Not_Found.

  Rule: A phone that is not on record can be added

    @DR-0.1 @documented
    Scenario: A user whose phone is new is told that it was not found
      Given Chitra, who already uses the web site
      When Chitra opens the app on a new phone
      Then Chitra is told "Device not found on our records"
      And Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found
      And Chitra has been notified by email with the words "Device not found on our records"
      And the bank has asked TSG about a phone once
      And Chitra can ask to add the phone

  Rule: A phone that is on record continues from its own status

    @DR-0.2 @implied
    Scenario: A phone that is already active needs nothing more
      Given Jai, who uses the web site from an active phone
      When Jai opens the app
      Then Jai's phone is Device_Activate
      And Jai has never been notified that the phone was not found
      And Jai has never been notified that the phone is active
      And the bank has never asked TSG for a sign-up code

    @DR-0.3 @implied
    Scenario: A phone that only TSG knows can be activated without signing up again
      Given Indu, who uses the web site from a phone that only TSG knows
      When Indu opens the app
      Then Indu's phone is Register_Complete
      And Indu can activate the phone
      And the bank has never asked TSG for a sign-up code
      And Indu has never been notified that the phone was not found

  Rule: Users learn about their own phones only

    @DR-0.4 @assumed
    Scenario: A caller who is not logged in learns nothing
      Given Jai, who uses the web site from an active phone
      When Jai opens the app without logging in
      Then Jai is told that logging in comes first
      And no registration has begun for Jai
      And the bank has never asked the Auth Service about a phone
      And the bank has never asked TSG about a phone

    @DR-0.4 @assumed
    Scenario: A user who asks about somebody else's phone learns nothing
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      And Jai opens the app
      When Chitra finds Jai's registration, and tries to ask for the phone's status
      Then Chitra is told that the registration is somebody else's
      And Chitra is not told whose phone it is
      And the bank has never asked TSG about a phone

  Rule: A phone that is another customer's is refused at once

    Background:
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site

    @DR-0.7 @assumed
    Scenario: The user is not told whose phone it is, and nothing is done about it
      When Chitra opens the app on Jai's phone
      Then Chitra is told that the phone belongs to somebody else
      And Chitra is not told whose phone it is
      And no registration has begun for Chitra
      And the bank has never asked TSG about a phone
      And Chitra has never been notified that the phone was not found
      And Jai has one phone on the Auth Service

    @DR-0.3 @assumed
    Scenario: Once its owner has let the phone go, somebody else can use it
      Given the Auth Service has meanwhile removed Jai's phone
      When Chitra opens the app on Jai's phone
      Then Chitra's phone is Register_Complete
      And Chitra can activate the phone

  Rule: When the session ends, the registration waits for its user

    Background:
      Given the bank's rule is that a login lasts five minutes

    @DR-0.8 @assumed
    Scenario Outline: A user whose session has ended is asked to log in again before they <do something>
      Given Chitra, whose new phone is <status>
      And 5 minutes pass
      When Chitra tries to <do something>
      Then Chitra is told that logging in comes first
      And Chitra has no phone on the Auth Service

      Examples:
        | status              | do something               |
        | Not_Found           | add the phone              |
        | Sign_Up_In_Progress | look at the registration   |
        | Sign_Up_In_Progress | ask for the phone's status |
        | Sign_Up_Complete    | have the phone registered  |
        | Register_Complete   | activate the phone         |

    @DR-0.8 @assumed
    Scenario: After logging in again, the user goes on with the code that was sent before
      Given Chitra, whose new phone is Sign_Up_In_Progress
      And 5 minutes pass
      And Chitra tries to look at the registration
      And Chitra logs in to the app
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG for a sign-up code once

    @DR-0.8 @assumed
    Scenario: After logging in again, the user activates the phone
      Given Chitra, whose new phone is Register_Complete
      And 5 minutes pass
      And Chitra tries to activate the phone
      And Chitra logs in to the app
      When Chitra activates the phone
      Then Chitra's phone is Device_Activate
      And Chitra has been notified once that the phone is active

  Rule: An outage is never read as Not_Found

    @DR-0.5 @assumed
    Scenario Outline: The user is asked to come back later when asking the Auth Service <goes wrong>
      Given Chitra, who already uses the web site
      And asking the Auth Service about a phone <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And the bank has never asked TSG about a phone
      And Chitra has never been notified that the phone was not found

      Examples:
        | goes wrong         |
        | gets no connection |
        | returns garbage    |

    @DR-0.6 @assumed
    Scenario Outline: The user is asked to come back later when asking TSG <goes wrong>
      Given Chitra, who already uses the web site
      And asking TSG about a phone <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And Chitra has never been notified that the phone was not found

      Examples:
        | goes wrong         |
        | gets no connection |
        | returns garbage    |
