Feature: Journey: A phone is replaced
  A user who has an active phone buys a new one, adds it, and gives the old one away. The documents say how a phone is
  added; that a second one takes nothing from the first, and how the bank takes a phone out of service (it is unregistered
  on TSG and removed from the Auth Service), is assumed.

  Background:
    Given Jai, who uses the web site from an active phone
    And Jai registers a phone by text message

  @DR-0.2 @implied
  Scenario: Until the bank takes it away, the old phone goes on working
    When Jai opens the app on the old phone
    Then the phone of Jai is Device_Activate
    And the Auth Service knows two phones of Jai

  @DR-0.1 @documented
  Scenario: Out of service, the old phone is a phone that nobody knows
    Given the bank has taken the old phone of Jai out of service
    When Jai opens the app on the old phone
    Then Jai is told "Device not found on our records"
    And the phone of Jai is Not_Found
    And the Auth Service knows one phone of Jai
