@sandbox
Feature: The sandbox, secrets: what the journal shows
  A tester reads the journal, the console and the report, and so may others. Passwords, codes, PINs, security codes,
  card numbers and tokens pass through the systems, but no record of an exchange shows them. Only the personas and the
  messages show them, which is their purpose.

  Rule: No record of an exchange shows a secret

    Scenario: A whole registration leaves none of the customer's secrets in the journal
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then the journal shows none of Asha's secrets
      And Asha has been sent one code by email

    Scenario Outline: A customer who gets <detail> of the <card> wrong leaves no secret in the journal
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets <detail> of the <card> wrong
      Then the journal shows none of Asha's secrets

      Examples:
        | detail            | card        |
        | the PIN           | debit card  |
        | the security code | credit card |

    Scenario: A mistyped card number is not in the journal either
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by a card number of eleven digits
      Then the journal shows none of Asha's secrets

    Scenario: Adding a phone leaves neither password nor sign-up code in the journal
      Given Chitra, who is adding a new phone by email
      When Chitra types the sign-up code
      Then the journal shows none of Chitra's secrets

    Scenario: A sign-up code that another one has replaced is not in the journal either
      Given Chitra, who is adding a new phone by email
      When Chitra asks to add the phone by text message
      Then the journal shows none of Chitra's secrets

    Scenario Outline: A card number that is entered in the wrong place, <written>, is not in the journal either
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by the card number <written> in place of the customer number
      Then the journal shows none of Asha's secrets

      Examples:
        | written            |
        | in groups of four  |
        | with dashes        |

    Scenario: A card number that is entered in the wrong place is not in the journal either
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by the card number in place of the customer number
      Then the journal shows none of Asha's secrets

    Scenario Outline: A password that a client sends <wrongly> is not in the journal either
      Given Chitra, who already uses the web site
      When a client logs Chitra in, and sends the password <wrongly>
      Then the journal shows none of Chitra's secrets

      Examples:
        | wrongly                           |
        | in a field written with a dash    |
        | in a field written in capitals    |
        | as the whole of its authorization |
        | behind the name of a scheme       |

    Scenario Outline: A card number that a client sends <wrongly> is not in the journal either
      Given Asha, a customer of the bank who has never used the web site
      When a client asks core banking about Asha by the card number, sent <wrongly>
      Then the journal shows none of Asha's secrets

      Examples:
        | wrongly                       |
        | as a number instead of a text |
        | as the name of a field        |
        | in the middle of a sentence   |
