@sandbox
Feature: The sandbox, faults: what a tester breaks on purpose
  A tester breaks requests on purpose and says which: from which one on, how many, of which kind. Just these are harmed.

  Rule: Just the requests that were meant are harmed

    Scenario: Requests before the first one that is meant pass unharmed
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

    Scenario: The first request that is meant is harmed
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: After as many as were meant the next request passes unharmed
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And the bank has asked core banking about a customer four times

    Scenario: The last request that is meant is still harmed
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: A request of another kind to the same system is not harmed
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking to check a card fails
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card or a credit card as proof
