Feature: Journey: A blocked customer comes back
  A customer who has entered too many wrong codes is blocked, waits until the block ends, and then registers. The
  document says that the customer is blocked. That a blocked customer cannot start again is implied; that a block ends
  by itself is assumed.

  Background:
    Given Asha, a customer of the bank who has never used the web site
    And the bank's rule is that three wrong attempts block for 30 minutes
    And Asha is asked for the mailed code
    And Asha enters a wrong code three times

  @WR-1.4 @implied
  Scenario: While blocked, the customer cannot even start again
    When Asha starts to register again
    Then Asha is told that access is blocked until 09:30
    And no registration has begun for Asha
    And Asha has been sent one code by email

  @WR-1.2 @assumed
  Scenario: After the block the customer starts over with all attempts
    Given 31 minutes pass
    When Asha starts to register again
    Then Asha is asked for the mailed code
    And Asha has been sent two codes by email
    And Asha still has three attempts
