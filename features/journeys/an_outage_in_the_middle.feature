Feature: Journey: An outage in the middle
  A system behind the bank fails while somebody registers. The person is asked to come back later, loses nothing, and goes
  on from the same place when the outage is over. That an outage is never taken for an answer is implied; how it is
  told, and that the steps before it stand, is assumed.

  @WR-7.1 @documented
  Scenario: A customer goes on with the card when core banking is back
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for proof of identity
    And asking core banking to check a card fails once
    And Asha gives the details of the debit card
    When Asha gives the details of the debit card
    Then Asha is asked to choose a user id
    And the bank has twice asked core banking to check a card

  @DR-4.1 @documented
  Scenario: A phone becomes active although every system failed once on the way
    Given Chitra, who is adding a new phone by text message
    And asking the middleware to take in a sign-up fails three times
    And asking TSG to register a phone fails once
    And asking the Auth Service to add a phone fails once
    And Chitra types the sign-up code
    And 5 minutes pass
    And Chitra asks to have the phone registered
    And Chitra activates the phone
    When Chitra activates the phone
    Then the phone of Chitra is Device_Activate
    And the Auth Service knows one phone of Chitra
    And Chitra has once been notified that the phone is registered
    And Chitra has once been notified that the phone is active
