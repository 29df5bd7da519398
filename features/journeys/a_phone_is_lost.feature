Feature: Journey: A phone is lost
  A user reports a lost phone. The bank has it revoked on TSG and removes it from the Auth Service; the user adds a new
  phone, and nobody who finds the lost one can use it. The documents only describe how a phone is added; that a revoked
  phone can never be used again is assumed.

  Background:
    Given Jai, who uses the web site from an active phone
    And the bank has taken Jai's lost phone out of service

  @DR-4.1 @assumed
  Scenario: A new phone takes the place of the lost one
    When Jai registers a phone by text message
    Then Jai's phone is Device_Activate
    And Jai has one phone on the Auth Service
    And Jai has been notified once that the phone is active
    And no two messages to Jai by email say the same

  @DR-0.1 @assumed
  Scenario: The lost phone is no longer on record
    When Jai opens the app
    Then Jai is told "Device not found on our records"
    And Jai has no phones on the Auth Service

  @DR-1.2 @assumed
  Scenario: A new sign-up code does not bring the lost phone back
    Given Jai opens the app
    And Jai asks to add the phone by text message
    When Jai types the sign-up code
    Then the phone tells Jai that the phone has been revoked
    And Jai's phone is Sign_Up_In_Progress
    And TSG has never pushed a sign-up to the middleware
