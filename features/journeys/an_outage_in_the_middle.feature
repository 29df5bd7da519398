Feature: Journey: An outage in the middle
  A system behind the bank fails while somebody is registering. The person is asked to come back later, loses nothing,
  and continues from the same step when the outage is over. The documents do not mention outages: all of this is
  assumed.

  @WR-7.1 @assumed
  Scenario: A customer continues with the card when core banking is back
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for proof of identity
    And asking core banking to check a card fails once
    And Asha gives the details of the debit card
    When Asha gives the details of the debit card
    Then Asha is asked to choose a user id
    And the bank has asked core banking to check a card twice

  @DR-4.1 @assumed
  Scenario: A phone becomes active although every system failed once on the way
    Given Chitra, who is adding a new phone by text message
    And TSG's push is lost three times on its way
    And asking TSG to register a phone fails once
    And asking the Auth Service to add a phone fails once
    And Chitra types the sign-up code
    And 5 minutes pass
    And Chitra asks to have the phone registered
    And Chitra activates the phone
    When Chitra activates the phone
    Then Chitra's phone is Device_Activate
    And Chitra has one phone on the Auth Service
    And Chitra has been notified once that the phone is registered
    And Chitra has been notified once that the phone is active
