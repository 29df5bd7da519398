Feature: Journey: A blocked customer comes back
  A customer who has entered wrong codes too often is blocked, waits until the block ends, and registers after all. The
  document says that the customer is blocked; that a block ends by itself, and what the customer is told meanwhile, is
  assumed.

  Background:
    Given Asha, a customer of the bank who has never used the web site
    And the bank's rule is that three wrong attempts block for 30 minutes
    And Asha is asked for the mailed code
    And Asha enters a wrong code three times

  @WR-1.4 @implied
  Scenario: While blocked, the customer cannot even start again
    When Asha starts to register again
    Then Asha is told that access is blocked until 09:30
    And Asha has been sent one code by email

  @WR-1.2 @documented
  Scenario: When the block has ended, the customer starts afresh with all attempts
    Given 31 minutes pass
    When Asha starts to register again
    Then Asha is asked for the mailed code
    And Asha has been sent two codes by email
    And Asha still has three attempts
