Feature: Web registration, step 6: List the ways to prove one's identity
  A customer whose contacts are verified sees by which card the identity can be proven. The document says: all available
  factors are fetched; it names credit card and debit card. Assumed is that a card which cannot be used is no factor, and
  what a customer without a usable card is told.

  Rule: Just what the customer can use is listed

    @WR-6.1 @documented
    Scenario Outline: <customer> is offered <proof>
      Given Asha, <customer>
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use <proof> as proof
      And Asha is asked for proof of identity

      Examples:
        | customer                                                   | proof                         |
        | a customer of the bank who has never used the web site     | a debit card or a credit card |
        | a customer of the bank with only a debit card              | a debit card                  |
        | a customer of the bank with only a credit card             | a credit card                 |
        | a customer of the bank who replaced a hotlisted debit card | a debit card                  |

  Rule: Who has nothing to use is sent to a branch

    @WR-6.2 @assumed
    Scenario Outline: <customer> is sent to a branch
      Given Farid, <customer>
      And Farid is asked for proof of identity
      When Farid asks which proofs are possible
      Then Farid can use nothing as proof
      And Farid is told "Visit a branch"

      Examples:
        | customer                                            |
        | a customer of the bank without any card             |
        | a customer of the bank whose only card is hotlisted |
