Feature: Device registration, step 4: Add the device to the Auth Service
  A user whose phone is registered on TSG has it added to the bank's Auth Service, which then trusts it. The document
  says: if TSG knows the phone and the Auth Service does not, the phone is associated with the user, the user is
  notified, the status is Device_Activate, and activation is complete. The other combinations are implied. What happens
  to a phone that belongs to somebody else, to one too many, and when the Auth Service fails, is assumed.

  Rule: A registered phone is activated once

    @DR-4.1 @documented
    Scenario: A phone that only TSG knows becomes active
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And the bank has asked the Auth Service to add a phone once
      And Indu has one phone on the Auth Service
      And Indu has been notified once that the phone is active

    @DR-4.2 @implied
    Scenario: A phone that is already active is not added again
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And the Auth Service has meanwhile added Indu's phone
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And the bank has never asked the Auth Service to add a phone
      And Indu has never been notified that the phone is active

  Rule: A phone that must not be activated is refused

    @DR-4.3 @implied
    Scenario: A phone that is no longer registered is not activated
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And TSG has unregistered Indu's phone
      When Indu activates the phone
      Then Indu is told that the phone is no longer registered
      And Indu's phone is Not_Found
      And Indu has no phone on the Auth Service
      And Indu has never been notified that the phone is active

    @DR-4.4 @assumed
    Scenario: A phone that belongs to somebody else is not activated
      Given Jai, who uses the web site from a phone that only TSG knows
      And Indu, who already uses the web site
      And Indu opens the app on Jai's phone
      And the Auth Service has meanwhile added Jai's phone
      When Indu activates the phone
      Then Indu is told that the phone belongs to somebody else
      And Indu has never been notified that the phone is active
      And Jai has one phone on the Auth Service

    @DR-4.3 @implied
    Scenario: A phone that is no longer registered is not activated after an outage of TSG either
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And TSG has unregistered Indu's phone
      And asking TSG about a phone fails once
      And Indu activates the phone
      When Indu activates the phone
      Then Indu is told that the phone is no longer registered
      And Indu has no phone on the Auth Service

  Rule: After a failure the phone stays registered, and activating can be retried

    @DR-4.5 @assumed
    Scenario: A phone that the Auth Service fails to add stays registered
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking the Auth Service to add a phone fails once
      When Indu activates the phone
      Then Indu is told to try again later
      And Indu's phone is Register_Complete
      And Indu has never been notified that the phone is active

    @DR-4.5 @assumed
    Scenario: A retry adds the phone once
      Given Indu, who uses the web site from a phone that only TSG knows
      And asking the Auth Service to add a phone fails once
      And Indu activates the phone
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And the bank has asked the Auth Service to add a phone twice
      And Indu has one phone on the Auth Service
      And Indu has been notified once that the phone is active

  Rule: At the maximum of phones the phone stays registered until there is room

    Background:
      Given Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      And Lata asks to add the phone by email
      And Lata types the sign-up code
      And the Auth Service has meanwhile added another phone of Lata's

    @DR-4.6 @assumed
    Scenario: A phone is refused when the maximum was reached in between
      When Lata activates the phone
      Then Lata is told that the bank allows no more phones
      And Lata is told of five phones
      And Lata's phone is Register_Complete
      And Lata has five phones on the Auth Service
      And Lata has never been notified that the phone is active

    @DR-4.1 @assumed
    Scenario: Once a phone is removed, a retry adds the new one
      Given Lata activates the phone
      And the Auth Service has meanwhile removed the oldest of Lata's phones
      When Lata activates the phone
      Then Lata's phone is Device_Activate
      And Lata has five phones on the Auth Service
      And Lata has been notified once that the phone is active

    @DR-0.2 @assumed
    Scenario: A user who was refused is not notified when the Auth Service adds the phone after all
      Given Lata activates the phone
      And the Auth Service has meanwhile removed the oldest of Lata's phones
      And the Auth Service has meanwhile added Lata's phone
      When Lata asks for the phone's status again
      Then Lata's phone is Device_Activate
      And Lata has never been notified that the phone is active
