Feature: Web registration, step 7: Authenticate the user by a card, at its boundaries
  The bank wants every limit of step 7 to lie exactly where it was set, so each is tried from both sides: what can be a
  card's details, a card's last month, details that belong to another card or another customer, how the attempts at both
  cards are counted together, and what outages do to them. The document says none of it: all of this is assumed.

  Rule: What cannot be a detail of a card is refused on the spot, and not counted

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity

    @WR-7.9 @assumed
    Scenario Outline: "<typed>" cannot be <detail> of the <card>
      When Asha types "<typed>" as <detail> of the <card>
      Then Asha is told what is wrong with <detail>
      And the bank has never asked core banking to check a card
      And Asha still has three attempts

      Examples:
        | typed   | detail            | card        | why                              |
        |         | the last digits   | debit card  | nothing was typed                |
        | 123     | the last digits   | credit card | three are too few                |
        | 12345   | the last digits   | debit card  | five are too many                |
        | 12 4    | the last digits   | debit card  | a space is not a digit           |
        | 0030    | the expiry date   | debit card  | there is no month 0              |
        | 1330    | the expiry date   | credit card | there is no month 13             |
        | 130     | the expiry date   | debit card  | the month has two digits         |
        | 01/30   | the expiry date   | debit card  | month and year, without a stroke |
        |         | the PIN           | debit card  | nothing was typed                |
        | 123     | the PIN           | debit card  | three digits are too few         |
        | 1234567 | the PIN           | debit card  | seven digits are too many        |
        |         | the security code | credit card | nothing was typed                |
        | 12345   | the security code | credit card | five digits are too many         |
        | 1a3     | the security code | credit card | a security code has only digits  |

    @WR-7.3 @assumed
    Scenario Outline: "<typed>" could be <detail> of the <card>, so it is counted as wrong
      When Asha types "<typed>" as <detail> of the <card>
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left

      Examples:
        | typed  | detail            | card        | why                         |
        | 000000 | the PIN           | debit card  | a PIN may have six digits   |
        | 00000  | the PIN           | debit card  | or five digits              |
        | 0000   | the security code | credit card | some cards have four digits |
        | 0130   | the expiry date   | debit card  | January is month 01         |
        | 1240   | the expiry date   | debit card  | December is month 12        |

  Rule: All details must be those of one of the customer's own cards

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-7.3 @assumed
    Scenario Outline: A customer who gives <mixed-up details> is refused
      Given Asha, <customer>
      And Asha is asked for proof of identity
      When Asha gives <mixed-up details>
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left

      Examples:
        | customer                                                   | mixed-up details                                                    |
        | a customer of the bank who has never used the web site     | the PIN of the credit card for its security code                    |
        | a customer of the bank who has never used the web site     | the debit card as a credit card, with its PIN for the security code |
        | a customer of the bank who replaced a hotlisted debit card | the PIN of the replaced card with the digits of the new one         |
        | a customer of the bank who replaced an expired debit card  | the expiry date of the replaced card with the digits of the new one |
        | a customer of the bank who replaced a hotlisted debit card | the replaced card with the PIN of the new one                       |
        | a customer of the bank who replaced an expired debit card  | the replaced card with the PIN of the new one                       |

    @WR-7.3 @assumed
    Scenario Outline: The <card> of another customer is refused
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank who has never used the web site
      And Bilal is asked for proof of identity
      And Asha is asked for proof of identity
      When Asha gives the details of Bilal's <card>
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left
      And Asha is asked for proof of identity
      And Bilal still has three attempts

      Examples:
        | card        |
        | debit card  |
        | credit card |

    @WR-7.4 @assumed
    Scenario: Attempts at both cards are counted together
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      When Asha gets the security code of the credit card wrong
      Then Asha is told that access is blocked until 09:30
      And Asha can do nothing more on the web site

    @WR-7.4 @assumed
    Scenario: Guesses side by side are no more than guesses one after the other
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      And asking core banking to check a card takes a while
      When the client gives a wrong PIN of the debit card five times at once
      Then the bank has asked core banking to check a card three times

    @WR-7.4 @assumed
    Scenario: Looking at the possible proofs does not reset the wrong attempts
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha asks which proofs are possible
      When Asha gets the PIN of the debit card wrong
      Then Asha is told that access is blocked until 09:30
      And Asha can do nothing more on the web site

    @WR-7.6 @WR-7.4 @assumed
    Scenario: The right details of a hotlisted card block the customer at the third attempt
      Given Asha, a customer of the bank who replaced a hotlisted debit card
      And Asha is asked for proof of identity
      When Asha gives the details of the replaced card three times
      Then Asha is told that access is blocked until 09:30
      And Asha can do nothing more on the web site

    @WR-7.3 @assumed
    Scenario: Wrong details are refused in the same words as a hotlisted card
      Given Asha, a customer of the bank who replaced a hotlisted debit card
      And Lata, a customer of the bank who replaced a hotlisted debit card
      And Lata is asked for proof of identity
      And Lata gives the details of the replaced card
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong
      Then Asha is told the same as Lata

    @WR-7.6 @assumed
    Scenario: A card that the bank hotlists meanwhile is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And the bank has hotlisted Asha's debit card
      When Asha gives the details of the hotlisted card
      Then Asha is told that the card details are wrong
      And Asha is not told why
      And Asha is asked for proof of identity

    @WR-7.6 @assumed
    Scenario: A hotlisted card that is given another PIN stays hotlisted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And the bank has hotlisted Asha's debit card
      And the bank has given Asha's debit card another PIN
      When Asha gives the details of the hotlisted card
      Then Asha is told that the card details are wrong
      And Asha is not told why

    @WR-7.1 @assumed
    Scenario: Another PIN, even of six digits, is right from the moment at which the bank has given it
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And the bank has given Asha's debit card another PIN
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id

    @WR-7.1 @assumed
    Scenario Outline: A customer <who has two> can use <the second one>
      Given Asha, a customer of the bank <who has two>
      And Asha is asked for proof of identity
      When Asha gives <the second one>
      Then Asha is asked to choose a user id

      Examples:
        | who has two                                | the second one                      | why                               |
        | with two debit cards                       | the details of the other debit card | each of the two is a proof        |
        | whose hotlisted debit card is listed first | the details of the debit card       | the one that can be used is right |

    @WR-7.1 @assumed
    Scenario Outline: Of two debit cards that end in the same digits each is a proof: <one of them>
      Given Asha, a customer of the bank with only a debit card
      And the bank has given Asha another debit card that ends in the same digits
      And Asha is asked for proof of identity
      When Asha gives <one of them>
      Then Asha is asked to choose a user id

      Examples:
        | one of them                         |
        | the details of the debit card       |
        | the details of the other debit card |

    @WR-7.3 @assumed
    Scenario: The PIN of one debit card is wrong for the other
      Given Asha, a customer of the bank with two debit cards
      And Asha is asked for proof of identity
      When Asha gives the other debit card with the PIN of the first one
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left

  Rule: Where the bank blocks after another number of attempts, that number applies

    @WR-7.4 @assumed
    Scenario: Where one wrong attempt blocks, the first one blocks the customer
      Given the bank's rule is that one wrong attempt blocks for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong
      Then Asha is told that access is blocked until 09:10

    @WR-7.3 @assumed
    Scenario: Where five wrong attempts block, the fourth leaves one attempt
      Given the bank's rule is that five wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      When Asha gets the PIN of the debit card wrong four times
      Then Asha is told that one attempt is left

  Rule: A card is valid until its last month is over

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha's debit card is good until the end of January 2026
      And Asha's credit card is good until the end of January 2026

    @assumed
    Scenario Outline: In the last second of its last month the <card> is accepted
      Given it is 31 January 2026, 23:59:59
      And Asha is asked for proof of identity
      When Asha gives the details of the <card>
      Then Asha is asked to choose a user id

      @WR-7.1
      Examples:
        | card       |
        | debit card |

      @WR-7.2
      Examples:
        | card        |
        | credit card |

    @WR-7.6 @assumed
    Scenario Outline: Once its last month is over, the <card> is refused
      Given it is 31 January 2026, 23:59:59
      And Asha is asked for proof of identity
      And 1 second passes
      When Asha gives the details of the <card>
      Then Asha is told that the card details are wrong
      And Asha is told that two attempts are left

      Examples:
        | card        |
        | debit card  |
        | credit card |

    @WR-7.1 @assumed
    Scenario: In a later month of the year before, the card is accepted
      Given Asha's debit card is good until the end of January 2027
      And it is 31 December 2026, 23:59:59
      And Asha is asked for proof of identity
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id

    @WR-7.6 @assumed
    Scenario: In the same month of the next year the card is refused
      Given it is 1 January 2027, 00:00:00
      And Asha is asked for proof of identity
      When Asha gives the details of the debit card
      Then Asha is told that the card details are wrong
      And Asha is asked for proof of identity

  Rule: An outage is never counted against the customer

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity

    @WR-7.7 @assumed
    Scenario Outline: A customer is asked to come back later when checking the card <goes wrong>
      Given asking core banking to check a card <goes wrong>
      When Asha gives the details of the debit card
      Then Asha is told to try again later
      And Asha is asked for proof of identity

      Examples:
        | goes wrong                                   |
        | fails                                        |
        | gets no connection                           |
        | returns garbage                              |
        | returns half an answer                       |
        | returns an answer without what was asked for |
        | returns an unknown verdict                   |
        | finds no such page                           |

    @WR-7.7 @assumed
    Scenario Outline: A customer is asked to come back later while asking for the cards <goes wrong>
      Given asking core banking for the cards <goes wrong>
      When Asha gives the details of the debit card
      Then Asha is told to try again later
      And the bank has never asked core banking to check a card
      And Asha is asked for proof of identity

      Examples:
        | goes wrong         |
        | fails              |
        | finds no such page |

    @WR-7.7 @assumed
    Scenario: While details cannot be checked, wrong ones are not counted either
      Given asking core banking to check a card returns an unknown verdict
      And Asha gets the PIN of the debit card wrong
      And everything works again
      When Asha gets the PIN of the debit card wrong
      Then Asha is told that two attempts are left

    @WR-7.1 @assumed
    Scenario: After any number of outages the right details are still accepted
      Given asking core banking to check a card fails three times
      And Asha gives the details of the debit card three times
      When Asha gives the details of the debit card
      Then Asha is asked to choose a user id

    @WR-7.3 @assumed
    Scenario: The attempts before an outage still count after it
      Given Asha gets the PIN of the debit card wrong
      And asking core banking to check a card fails once
      And Asha gives the details of the debit card
      When Asha gets the PIN of the debit card wrong
      Then Asha is told that one attempt is left
