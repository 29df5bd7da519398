@sandbox
Feature: The sandbox, faults: what a tester breaks on purpose
  A tester breaks requests on purpose, to see how a system copes, and says which: from which one on, how many, of which
  kind. Those requests are broken, and no others.

  Rule: The requests that the tester named are broken, and no others

    Scenario: Requests before the first one that was named are answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

    Scenario: The first request that was named is broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: After as many as were named the next request is answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And the bank has asked core banking about a customer four times

    Scenario: The last request that was named is still broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: Of two troubles with the same request the first comes first
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And asking core banking about a customer finds nobody
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: A request of another kind to the same system is answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking to check a card fails
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card or a credit card as proof
