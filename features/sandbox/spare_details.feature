@sandbox
Feature: The sandbox, spare details: what is given without being asked for changes nothing
  Forms and clients often send more than is asked for: the number of a card with another identity, or the PIN of a card
  with its security code. The contract says what counts. The fake of Cymmetri looks at that, and at nothing else.

  Rule: A customer is found by the identity that is asked for

    Scenario Outline: A customer of the bank is found <by an identity>
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <by an identity>
      Then Asha is asked for the mailed code

      Examples:
        | by an identity                                       |
        | by the customer number, with the card number as well |
        | by the card number, with the customer number as well |

    Scenario Outline: A user of the web site is found <by an identity>
      Given Chitra, who already uses the web site
      When Chitra starts to register <by an identity>
      Then Chitra is asked to log in

      Examples:
        | by an identity                                       |
        | by the customer number, with the card number as well |
        | by the card number, with the customer number as well |

  Rule: A card is proven by the secret that is asked for

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity

    Scenario: The security code of a debit card does not count
      When the client gives the details of the debit card, and its security code as well
      Then the client goes on to the next step

    Scenario: The PIN of a credit card does not count
      When the client gives the details of the credit card, and its PIN as well
      Then the client goes on to the next step
