Feature: Journey: Abandoned and started again
  People leave a registration half done and start again later. The documents do not mention that. It is assumed that a
  new registration starts from its first step and ends the earlier one; it is implied that a sign-up lapses with its
  code and can be started again.

  @WR-11.1 @assumed
  Scenario: A customer who left the web site halfway registers a day later
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for proof of identity
    And 24 hours pass
    And Asha starts to register again
    And Asha has chosen the user id "lotus.pond" and a password
    When Asha confirms the password
    Then Asha is registered as "lotus.pond"
    And Asha has been sent two codes by email
    And Asha can no longer continue the first attempt
    And Asha can log in to the web site

  @DR-4.1 @implied
  Scenario: A user who never typed the sign-up code adds the phone a day later
    Given Chitra, who is adding a new phone by text message
    And 24 hours pass
    And Chitra opens the app
    And Chitra asks to add the phone by email
    And Chitra types the sign-up code
    When Chitra activates the phone
    Then Chitra's phone is Device_Activate
    And Chitra has been notified once that the phone is active
    And Chitra has one phone on the Auth Service
