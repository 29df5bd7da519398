Feature: Web registration, step 7: Prove one's identity by a card
  A customer gives details that only the holder of a card knows: of a debit card the PIN, of a credit card the security
  code, with the last digits and the expiry date. The document says: correct details lead on; wrong ones, too often, block
  the customer. Assumed is that nobody learns which detail was wrong, and what comes of cards that are not on the
  customer's list, hotlisted or expired, and of an outage.

  Rule: Correct details lead on

    @WR-7.1 @documented
    Scenario: The debit card proves who the customer is
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id
      And the bank has once asked core banking to check a card

    @WR-7.2 @documented
    Scenario: The credit card proves who the customer is
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gives the details of the credit card
      Then Asha is asked to choose a user id
      And the bank has once asked core banking to check a card

  Rule: Wrong details are counted, and too many block

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-7.3 @documented
    Scenario Outline: A customer who gets <detail> of the <card> wrong is not told what was wrong
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets <detail> of the <card> wrong once
      Then Asha is told "The card details are not right."
      And Asha is told that two attempts are left
      And Asha is not told why

      Examples:
        | card        | detail            |
        | debit card  | the last digits   |
        | debit card  | the expiry date   |
        | debit card  | the PIN           |
        | credit card | the security code |

    @WR-7.4 @documented
    Scenario: The third wrong attempt blocks the customer
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong three times
      Then Asha is told that access is blocked until 09:30

    @WR-7.6 @assumed
    Scenario Outline: <a card> that was replaced is refused like wrong details
      Given Asha, a customer of the bank who replaced <a card>
      And Asha is asked for proof of identity
      When Asha gives the details of the replaced card
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left
      And Asha is not told why

      Examples:
        | a card                 |
        | a hotlisted debit card |
        | an expired debit card  |

  Rule: What is not the customer's mistake is not counted

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-7.5 @assumed
    Scenario: A kind of card that the customer does not have is refused, and not counted
      Given Asha, a customer of the bank with only a debit card
      And Asha is asked for proof of identity
      When Asha gives the details of the credit card
      Then Asha is told that that proof is not possible
      And the bank has never asked core banking to check a card
      And Asha still has three attempts

    @WR-7.7 @assumed
    Scenario: While cards cannot be checked, a customer is asked to come back later
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And asking core banking to check a card fails once
      When Asha gives the details of the debit card
      Then Asha is told that it should be tried again later
      And Asha is asked for proof of identity
      And Asha still has three attempts
