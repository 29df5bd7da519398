Feature: Web registration, step 8: Fetch the user id that the bank holds
  A customer who has proven who they are sees whether the bank already holds a user id for them, from an older system,
  so that they can keep it. The document says: the user id is fetched from the existing system, the bank's database, if
  available. It is assumed that an outage is never presented as having none.

  Rule: The bank's user id is shown where there is one

    @WR-8.1 @documented
    Scenario Outline: A customer is shown the user id "<user id>" as the bank writes it
      Given Bilal, a customer of the bank whose user id there is "<user id>"
      And Bilal is asked to choose a user id
      When Bilal asks which user id the bank holds
      Then Bilal is shown the user id "<user id>"
      And Bilal is asked to choose a user id

      Examples:
        | user id  | why                                              |
        | bilal77  | letters and digits                               |
        | Bilal-77 | a capital letter and a hyphen                    |
        | 77       | a new user id could not be so short, this one is |

    @WR-8.2 @documented
    Scenario: A customer without a user id at the bank chooses one
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank whose user id there is "bilal77"
      And Asha is asked to choose a user id
      When Asha asks which user id the bank holds
      Then Asha is shown no user id
      And Asha is asked to choose a user id

    @WR-8.1 @assumed
    Scenario: A customer who has chosen another user id can still look at the bank's
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      And Bilal chooses the user id "lotus.pond"
      When Bilal asks which user id the bank holds
      Then Bilal is shown the user id "bilal77"
      And Bilal is asked to choose a password

    @WR-8.1 @assumed
    Scenario: A user id that the bank gives the customer meanwhile is shown
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And the bank has given Asha the user id "asha55"
      When Asha asks which user id the bank holds
      Then Asha is shown the user id "asha55"

  Rule: An outage is never presented as having no user id

    @WR-8.3 @assumed
    Scenario Outline: A customer is asked to come back later when asking for the user id <goes wrong>
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      And asking core banking for the customer's user id <goes wrong>
      When Bilal asks which user id the bank holds
      Then Bilal is told to try again later
      And Bilal is asked to choose a user id

      Examples:
        | goes wrong                                   |
        | fails                                        |
        | gets no connection                           |
        | returns garbage                              |
        | returns half an answer                       |
        | returns an answer without what was asked for |
        | finds no such page                           |

    @assumed
    Scenario: A customer is asked to come back later when Cymmetri does not say whether the bank holds a user id
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      And asking Cymmetri which user id the bank holds returns a success that says nothing
      When Bilal asks which user id the bank holds
      Then Bilal is told to try again later
      And Bilal is asked to choose a user id

    @WR-8.1 @assumed
    Scenario: After the outage the user id is shown
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      And asking core banking for the customer's user id fails once
      And Bilal asks which user id the bank holds
      When Bilal asks which user id the bank holds
      Then Bilal is shown the user id "bilal77"
