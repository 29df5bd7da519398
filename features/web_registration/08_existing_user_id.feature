Feature: Web registration, step 8: Fetch the user id that the bank holds
  A customer who has proven the identity sees whether the bank already holds a user id for them, from an older system.
  The document says: the user id is fetched from the existing system, the bank's database, if available. Nothing is
  assumed.

  Rule: The bank's user id is shown where there is one

    @WR-8.1 @documented
    Scenario: A customer with a user id at the bank is shown it
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      When Bilal asks which user id the bank holds
      Then Bilal is shown the user id "bilal77"
      And Bilal is asked to choose a user id

    @WR-8.2 @documented
    Scenario: A customer without a user id at the bank chooses one
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha asks which user id the bank holds
      Then Asha is shown no user id
      And Asha is asked to choose a user id
