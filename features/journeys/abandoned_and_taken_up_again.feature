Feature: Journey: Abandoned and taken up again
  People put things off: a registration is left in the middle, and begun anew later. The documents do not speak of that.
  Assumed is that a registration begun anew starts from its first step and ends the earlier one; implied is that a
  sign-up lapses with its code and can be started again.

  @WR-11.1 @documented
  Scenario: A customer who left the web site in the middle registers a day later
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for proof of identity
    And 24 hours pass
    And Asha starts to register again
    And Asha has chosen the user id "lotus.pond" and a password
    When Asha confirms the password
    Then Asha is registered as "lotus.pond"
    And Asha has been sent two codes by email
    And the first attempt of Asha leads nowhere
    And Asha can log in to the web site

  @DR-4.1 @documented
  Scenario: A user who never typed the sign-up code adds the phone a day later
    Given Chitra, who is adding a new phone by text message
    And 24 hours pass
    And Chitra opens the app
    And Chitra asks to add the phone by email
    And Chitra types the sign-up code
    When Chitra activates the phone
    Then the phone of Chitra is Device_Activate
    And Chitra has once been notified that the phone is active
    And the Auth Service knows one phone of Chitra
