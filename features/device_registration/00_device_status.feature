Feature: Device registration, step 0: Determine the device status
  A logged-in user opens the bank's app on a phone, and the bank looks the phone up on the Auth Service and on TSG. The
  document says: a phone that neither knows is told as "Device not found on our records", and its status is Not_Found.
  What comes of a phone that one of them knows is implied. Assumed is that nobody asks about another's phone, and that an
  outage is never read as Not_Found.

  Rule: A phone that nobody knows can be added

    @DR-0.1 @documented
    Scenario: A user whose phone is new is told that it was not found
      Given Chitra, who already uses the web site
      When Chitra opens the app on a new phone
      Then Chitra is told "Device not found on our records"
      And the phone of Chitra is Not_Found
      And Chitra has once been notified that the phone was not found
      And the bank has once asked TSG about a phone
      And Chitra can ask to add the phone

  Rule: A phone that is known goes on from where it is

    @DR-0.2 @implied
    Scenario: A phone that is active already needs nothing
      Given Jai, who uses the web site from an active phone
      When Jai opens the app
      Then the phone of Jai is Device_Activate
      And Jai has never been notified that the phone was not found
      And the bank has never asked TSG for a sign-up code

    @DR-0.3 @implied
    Scenario: A phone that only TSG knows can be activated without signing up again
      Given Indu, who uses the web site from a phone that only TSG knows
      When Indu opens the app
      Then the phone of Indu is Register_Complete
      And Indu can activate the phone
      And the bank has never asked TSG for a sign-up code

  Rule: Nobody learns about another's phone

    @DR-0.4 @assumed
    Scenario: Somebody who is not logged in learns nothing
      Given Jai, who uses the web site from an active phone
      When Jai opens the app without logging in
      Then Jai is told that logging in comes first
      And no registration is left for Jai
      And the bank has never asked TSG about a phone

    @DR-0.4 @assumed
    Scenario: A user who asks about somebody else's phone learns nothing
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      And Jai opens the app
      When Chitra asks how far the phone of Jai is
      Then Chitra is told that it is not theirs to ask
      And the bank has never asked TSG about a phone

  Rule: An outage is never read as Not_Found

    @DR-0.5 @assumed
    Scenario Outline: While asking the Auth Service <goes wrong>, the user is asked to come back later
      Given Chitra, who already uses the web site
      And asking the Auth Service about a phone <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told that it should be tried again later
      And no registration is left for Chitra
      And Chitra has never been notified that the phone was not found

      Examples:
        | goes wrong         |
        | finds nobody there |
        | brings nonsense    |

    @DR-0.6 @assumed
    Scenario Outline: While asking TSG <goes wrong>, the user is asked to come back later
      Given Chitra, who already uses the web site
      And asking TSG about a phone <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told that it should be tried again later
      And no registration is left for Chitra
      And Chitra has never been notified that the phone was not found

      Examples:
        | goes wrong         |
        | finds nobody there |
        | brings nonsense    |
