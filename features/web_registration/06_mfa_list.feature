Feature: Web registration, step 6: List the factors
  A customer whose contacts are verified sees by which cards they can prove their identity, so that nobody is asked for
  a card that they do not have. The document says: all available factors are fetched; step 7 names credit card and debit
  card. That a blocked customer sees none is implied. It is assumed that a card which cannot be used is not listed, what
  a customer without a usable card is told, and that an outage is never presented as having no card.

  Rule: Only the factors that the customer can use are listed

    @WR-6.1
    Scenario Outline: Asha, <customer>, can use <proof>
      Given Asha, <customer>
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use <proof> as proof
      And Asha is asked for proof of identity

      @documented
      Examples: All cards can be used
        | customer                                               | proof                         |
        | a customer of the bank who has never used the web site | a debit card or a credit card |
        | a customer of the bank with only a debit card          | a debit card                  |
        | a customer of the bank with only a credit card         | a credit card                 |
        | a customer of the bank with two debit cards            | a debit card                  |

      @assumed
      Examples: A card cannot be used
        | customer                                                          | proof        |
        | a customer of the bank who replaced a hotlisted debit card        | a debit card |
        | a customer of the bank who replaced an expired debit card         | a debit card |
        | a customer of the bank whose hotlisted debit card is listed first | a debit card |

    @WR-6.1 @assumed
    Scenario: A card that the bank hotlists meanwhile is no longer listed
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And the bank has hotlisted Asha's debit card
      When Asha asks which proofs are possible
      Then Asha can use a credit card as proof

    @WR-6.1 @assumed
    Scenario: The cards of another customer are not listed
      Given Asha, a customer of the bank with only a debit card
      And Bilal, a customer of the bank with only a credit card
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card as proof

  Rule: A card can be used until its last month is over

    Background:
      Given Asha, a customer of the bank with only a debit card
      And Asha's debit card is good until the end of January 2026

    @WR-6.1 @assumed
    Scenario: In the last second of its last month the card is listed
      Given it is 31 January 2026, 23:59:59
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card as proof

    @WR-6.1 @assumed
    Scenario: In a later month of the year before, the card is listed
      Given Asha's debit card is good until the end of January 2027
      And it is 31 December 2026, 23:59:59
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card as proof

    @WR-6.2 @assumed
    Scenario: Once its last month is over, the card is not listed
      Given it is 1 February 2026, 00:00:00
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use nothing as proof

  Rule: A customer without a usable card is sent to a branch

    @WR-6.2 @assumed
    Scenario Outline: Farid, <customer>, is sent to a branch
      Given Farid, <customer>
      And Farid is asked for proof of identity
      When Farid asks which proofs are possible
      Then Farid can use nothing as proof
      And Farid is told "Visit a branch"

      Examples:
        | customer                                            |
        | a customer of the bank without any card             |
        | a customer of the bank whose only card is hotlisted |

  Rule: An outage is never presented as having no card

    @WR-6.3 @assumed
    Scenario Outline: A customer is asked to come back later when asking for the cards <goes wrong>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And asking core banking for the cards <goes wrong>
      When Asha asks which proofs are possible
      Then Asha is told to try again later
      And Asha is asked for proof of identity

      Examples:
        | goes wrong                                   |
        | fails                                        |
        | gets no connection                           |
        | returns garbage                              |
        | returns half an answer                       |
        | returns an answer without what was asked for |
        | finds no such page                           |

    @assumed
    Scenario: A customer is asked to come back later when Cymmetri lists no proofs at all, not even none
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And asking Cymmetri which proofs are possible returns a success that says nothing
      When Asha asks which proofs are possible
      Then Asha is told to try again later
      And Asha is asked for proof of identity

    @WR-6.1 @assumed
    Scenario: After the outage the cards are listed
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And asking core banking for the cards fails once
      And Asha asks which proofs are possible
      When Asha asks which proofs are possible
      Then Asha can use a debit card or a credit card as proof

  Rule: A blocked customer is shown no factors

    @WR-6.4 @implied
    Scenario: A blocked customer who asks which proofs are possible is refused
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      And the client gives a wrong PIN of the debit card three times
      When the client asks which proofs are possible
      Then the client is told that access is blocked until 09:30
      And the bank has asked core banking for the cards three times
