Feature: Web registration, step 7: Authenticate the user by a card
  A customer gives details that only the holder of a card knows: the last digits, the expiry date, and the PIN of a
  debit card or the security code of a credit card. The document says: with correct details the customer goes on to the
  next step; too many wrong ones block the customer. That a blocked customer's right card is refused is implied. It is
  assumed that nobody learns which detail was wrong. How impossible details, cards that are not on the customer's list,
  hotlisted or expired cards, and an outage are handled is assumed too.

  Rule: Correct details take the customer to the next step

    @WR-7.1 @documented
    Scenario: The debit card proves who the customer is
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id
      And Asha can only ask which user id the bank holds or choose a user id
      And the bank has asked core banking to check a card once

    @WR-7.2 @documented
    Scenario: The credit card proves who the customer is
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gives the details of the credit card
      Then Asha is asked to choose a user id
      And the bank has asked core banking to check a card once

  Rule: Wrong details are counted, and too many block the customer

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-7.3 @documented
    Scenario: Wrong details are counted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left
      And Asha is asked for proof of identity

    @WR-7.3 @assumed
    Scenario Outline: A customer who gets <detail> of the <card> wrong is not told what was wrong
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets <detail> of the <card> wrong
      Then Asha is told "The card details are not right."
      And Asha is told that two attempts are left
      And Asha is not told why
      And Asha is asked for proof of identity

      Examples:
        | card        | detail            |
        | debit card  | the last digits   |
        | debit card  | the expiry date   |
        | debit card  | the PIN           |
        | credit card | the last digits   |
        | credit card | the expiry date   |
        | credit card | the security code |

    @WR-7.1 @assumed
    Scenario: The right details are accepted at the last attempt
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id

    @WR-7.4 @documented
    Scenario: The third wrong attempt blocks the customer
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong three times
      Then Asha is told that access is blocked until 09:30
      And Asha is asked to come back when the block is over
      And Asha can do nothing more on the web site

    @WR-7.4 @assumed
    Scenario: A customer who is blocked is told so by email and text message
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong three times
      Then Asha has been notified once by email that access is blocked
      And Asha has been notified once by text message that access is blocked

    @WR-7.8 @implied
    Scenario: A blocked customer's right card is still refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      And the client gives a wrong PIN of the debit card three times
      When the client gives the details of the debit card
      Then the client is told that access is blocked until 09:30
      And the bank has asked core banking to check a card three times
      And the bank has asked core banking for the cards three times

    @WR-7.6 @assumed
    Scenario Outline: The card of a customer who replaced <a card> is refused like wrong details
      Given Asha, a customer of the bank who replaced <a card>
      And Asha is asked for proof of identity
      When Asha gives the details of the replaced card
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left
      And Asha is not told why
      And Asha is asked for proof of identity

      Examples:
        | a card                 |
        | a hotlisted debit card |
        | an expired debit card  |

  Rule: Only wrong details are counted, not typing errors, other kinds of card or outages

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-7.9 @assumed
    Scenario Outline: A customer who types "<typed>" as <detail> of the <card> is told so at once
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha types "<typed>" as <detail> of the <card>
      Then Asha is told what is wrong with <detail>
      And Asha is asked for proof of identity
      And the bank has never asked core banking to check a card
      And Asha still has three attempts

      Examples:
        | typed | detail            | card        | why                   |
        | 12a4  | the PIN           | debit card  | a PIN has only digits |
        | 1330  | the expiry date   | debit card  | there is no month 13  |
        | 123   | the last digits   | debit card  | a digit is missing    |
        | 12    | the security code | credit card | a digit is missing    |

    @WR-7.5 @assumed
    Scenario: A kind of card that the customer does not have is refused, and not counted
      Given Asha, a customer of the bank with only a debit card
      And Asha is asked for proof of identity
      When Asha gives the details of the credit card
      Then Asha is told that that proof is not possible
      And the bank has never asked core banking to check a card
      And Asha still has three attempts

    @WR-7.7 @assumed
    Scenario: A customer is asked to come back later while cards cannot be checked
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And asking core banking to check a card fails once
      When Asha gives the details of the debit card
      Then Asha is told to try again later
      And Asha is asked for proof of identity
      And Asha still has three attempts
