Feature: Journey: A phone is replaced
  A user who has an active phone buys a new one, adds it, and gives the old one away. The documents describe how a phone
  is added; that a second phone leaves the first one active, and how the bank takes a phone out of service (unregistered
  on TSG, removed from the Auth Service), is assumed.

  Background:
    Given Jai, who uses the web site from an active phone
    And Jai registers a phone by text message

  @DR-0.2 @assumed
  Scenario: The old phone stays active until the bank takes it out of service
    When Jai opens the app on the old phone
    Then Jai's phone is Device_Activate
    And Jai has two phones on the Auth Service

  @DR-0.1 @assumed
  Scenario: Once out of service, the old phone is no longer on record
    Given the bank has taken Jai's old phone out of service
    When Jai opens the app on the old phone
    Then Jai is told "Device not found on our records"
    And Jai's phone is Not_Found
    And Jai has one phone on the Auth Service
