Feature: Device registration, step 4: Add the device to the Auth Service
  A user whose phone is registered on TSG has it added to the bank's Auth Service, which then trusts it. The document says:
  if the Auth Service does not know the phone and TSG does, the two are associated, the user is notified, the status is
  Device_Activate, and activation is complete. What comes of other answers is implied. Assumed are phones of somebody
  else, and a failing Auth Service.

  Rule: A registered phone is activated, once

    @DR-4.1 @documented
    Scenario: A phone that only TSG knows becomes active
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      When Indu activates the phone
      Then the phone of Indu is Device_Activate
      And the bank has once asked the Auth Service to add a phone
      And the Auth Service knows one phone of Indu
      And Indu has once been notified that the phone is active

    @DR-4.2 @implied
    Scenario: A phone that is active already is not added again
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And the Auth Service has meanwhile added the phone of Indu
      When Indu activates the phone
      Then the phone of Indu is Device_Activate
      And the bank has never asked the Auth Service to add a phone
      And Indu has never been notified that the phone is active

  Rule: A phone that must not be activated is not

    @DR-4.3 @implied
    Scenario: A phone that is no longer registered is not activated
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And TSG has unregistered the phone of Indu
      When Indu activates the phone
      Then Indu is told that the phone is no longer registered
      And the phone of Indu is Not_Found
      And the Auth Service knows no phone of Indu

    @DR-4.4 @assumed
    Scenario: A phone that belongs to somebody else is not activated
      Given Jai, who uses the web site from an active phone
      And Indu, who already uses the web site
      And Indu opens the app on the phone of Jai
      When Indu activates the phone
      Then Indu is told that the phone belongs to somebody else
      And the Auth Service knows no phone of Indu
      And the Auth Service knows one phone of Jai

  Rule: A failure leaves the phone registered, to be tried again

    @DR-4.5 @assumed
    Scenario: The Auth Service fails to add the phone
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking the Auth Service to add a phone fails once
      When Indu activates the phone
      Then Indu is told that it should be tried again later
      And the phone of Indu is Register_Complete
      And Indu has never been notified that the phone is active

    @DR-4.5 @assumed
    Scenario: A second try adds the phone, once
      Given Indu, who uses the web site from a phone that only TSG knows
      And asking the Auth Service to add a phone fails once
      And Indu activates the phone
      When Indu activates the phone
      Then the phone of Indu is Device_Activate
      And the Auth Service knows one phone of Indu
      And Indu has once been notified that the phone is active
