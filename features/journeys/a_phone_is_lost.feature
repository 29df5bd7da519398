Feature: Journey: A phone is lost
  A user loses the phone and reports it. The bank has it revoked on TSG and removes it from the Auth Service; the user adds
  a new phone, and whoever finds the lost one can do nothing with it. The documents speak of adding a phone only: that a
  revoked one never comes back is assumed.

  Background:
    Given Jai, who uses the web site from an active phone
    And the bank has taken the lost phone of Jai out of service

  @DR-4.1 @documented
  Scenario: A new phone takes the place of the lost one
    When Jai registers a phone by text message
    Then the phone of Jai is Device_Activate
    And the Auth Service knows one phone of Jai
    And Jai has once been notified that the phone is active

  @DR-0.1 @documented
  Scenario: The lost phone is a phone that nobody knows
    When Jai opens the app
    Then Jai is told "Device not found on our records"
    And the Auth Service knows no phones of Jai

  @DR-1.2 @documented
  Scenario: Not even a new sign-up code brings the lost phone back
    Given Jai opens the app
    And Jai asks to add the phone by text message
    When Jai types the sign-up code
    Then the phone tells Jai that the phone has been revoked
    And the phone of Jai is Sign_Up_In_Progress
    And TSG has never asked the middleware to take in a sign-up
