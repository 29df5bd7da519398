Feature: Web registration, step 9: Save the user id, at its boundaries
  The bank wants every limit of step 9 to lie exactly where it was set, so each is tried from both sides: the shortest
  and the longest user id, the characters in it, user ids from the bank that would break the rules, and the moment at
  which a hold lapses. The document says none of it: all of this is assumed.

  Rule: A user id is as long as the bank allows, and made of what the bank allows

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id

    @WR-9.1 @assumed
    Scenario Outline: A customer can have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is asked to choose a password
      And Asha is shown the user id "<user id>"

      Examples:
        | user id                          | why                                           |
        | asha                             | four characters                               |
        | asha-who-lives-near-the-old-tree | thirty-two characters                         |
        | a-_.9                            | every kind of character that is allowed       |
        | Zorro                            | the last letter of the alphabet, as a capital |
        | ZORRO                            | capitals only                                 |

    @WR-9.3 @assumed
    Scenario Outline: A customer cannot have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id breaks a rule
      And Asha is told "<rule>"
      And Asha is asked to choose a user id

      Examples:
        | user id                           | rule            | why                                |
        |                                   | is shorter than | nothing was typed                  |
        | ash                               | is shorter than | three characters                   |
        | asha-who-lives-near-the-old-trees | is longer than  | thirty-three characters            |
        | .asha                             | must match      | it begins with a dot               |
        | asha.rao@example.test             | must match      | an email address is not a user id  |
        | ashä                              | must match      | ä is not a letter from A to Z      |
        | asha!                             | must match      | an exclamation mark is not allowed |

  Rule: Where the bank has other rules for user ids, they apply

    Background:
      Given the bank's rule is that a user id has six to eight digits
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id

    @WR-9.1 @assumed
    Scenario Outline: A customer can have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is asked to choose a password

      Examples:
        | user id  | why          |
        | 123456   | six digits   |
        | 12345678 | eight digits |

    @WR-9.3 @assumed
    Scenario Outline: A customer cannot have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id breaks a rule
      And Asha is told "<rule>"
      And Asha is asked to choose a user id

      Examples:
        | user id   | rule            | why                     |
        | 12345     | is shorter than | five digits             |
        | 123456789 | is longer than  | nine digits             |
        | 12345a    | must match      | a letter is not a digit |

  Rule: Where the bank allows one form or another, a user id has one of them from its beginning to its end

    Background:
      Given the bank's rule is that a user id has six digits, or two letters and four digits
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id

    @WR-9.1 @assumed
    Scenario Outline: A customer can have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is asked to choose a password

      Examples:
        | user id | why                         |
        | 123456  | six digits                  |
        | as1234  | two letters and four digits |

    @WR-9.3 @assumed
    Scenario Outline: A customer cannot have "<user id>": <why>
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id breaks a rule
      And Asha is told "must match"
      And Asha is asked to choose a user id

      Examples:
        | user id | why                                               |
        | 1234567 | six digits and one more                           |
        | x123456 | a letter before six digits                        |
        | 123456x | a letter after six digits                         |
        | as12345 | two letters and four digits, and one more         |
        | xas1234 | one letter more before two letters and the digits |

  Rule: A user id that the bank holds need not follow the rules, and is its owner's alone

    @WR-9.4 @assumed
    Scenario Outline: A customer keeps "<user id>": <why>
      Given Bilal, a customer of the bank whose user id there is "<user id>"
      And Bilal is asked to choose a user id
      When Bilal chooses the user id "<user id>"
      Then Bilal is asked to choose a password

      Examples:
        | user id                              | why                    |
        | 77                                   | two digits             |
        | bilal the first                      | there are spaces in it |
        | bilal-who-lives-at-the-end-of-it-all | thirty-six characters  |

    @WR-9.3 @assumed
    Scenario: Another customer cannot have a user id from the bank that breaks the rules
      Given Bilal, a customer of the bank whose user id there is "77"
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha chooses the user id "77"
      Then Asha is told that the user id breaks a rule
      And Asha is asked to choose a user id

    @WR-9.2 @assumed
    Scenario: A customer's own user id at the bank is taken where somebody else uses the web site by it
      Given Chitra, who already uses the web site as "lotus.pond"
      And Asha, a customer of the bank whose user id there is "lotus.pond"
      And Asha is asked to choose a user id
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

    @WR-9.6 @assumed
    Scenario: A customer's own user id at the bank is taken while it is held for somebody else
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha is asked to choose a user id
      And Bilal is asked to choose a user id
      And Bilal chooses the user id "lotus.pond"
      And the bank has given Asha the user id "lotus.pond"
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

    @WR-9.2 @assumed
    Scenario: A user id that the bank gives somebody else meanwhile is taken
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha is asked to choose a user id
      And the bank has given Bilal the user id "lotus.pond"
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

  Rule: A user id is held until the moment the hold lapses

    Background:
      Given the bank's rule is that a user id is held for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Bilal is asked to choose a user id
      And Asha is asked to choose a user id
      And Bilal chooses the user id "lotus.pond"

    @WR-9.6 @assumed
    Scenario: Just before the hold lapses, another customer cannot have it
      Given just under 10 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

    @WR-9.1 @assumed
    Scenario: When the hold lapses, another customer can have it
      Given 10 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password

    @WR-9.6 @assumed
    Scenario: A customer who chooses the same user id again holds it for another ten minutes
      Given 9 minutes pass
      And Bilal chooses the user id "lotus.pond"
      And 9 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

    @WR-9.6 @assumed
    Scenario: Once the hold has lapsed and another customer has chosen it, the first one cannot have it back
      Given 10 minutes pass
      And Asha chooses the user id "lotus.pond"
      When Bilal chooses the user id "lotus.pond"
      Then Bilal is told that the user id is taken

    @WR-9.6 @assumed
    Scenario: A customer who is refused another user id keeps the one that is held
      Given Bilal chooses the user id "no"
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

    @WR-9.6 @assumed
    Scenario: A customer who is refused another one as taken keeps the one in hand
      Given Asha chooses the user id "mango.tree"
      And Bilal chooses the user id "mango.tree"
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken

    @WR-9.2 @assumed
    Scenario: Once its customer has registered, it is taken for good
      Given Bilal has registered on the web site as "lotus.pond"
      And 20 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

  Rule: Of two customers who choose the same user id at once, one gets it

    @WR-9.6 @assumed
    Scenario: Both are asked about before either is held
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha is asked to choose a user id
      And Bilal is asked to choose a user id
      And asking core banking whose a user id is takes a while
      When Asha and Bilal choose the user id "lotus.pond" at once
      Then one of Asha and Bilal is told that the user id is taken

  Rule: Where the bank holds user ids for another time, that time applies

    @WR-9.6 @assumed
    Scenario: A hold of twenty minutes has not lapsed after nineteen
      Given the bank's rule is that a user id is held for twenty minutes
      And Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Bilal is asked to choose a user id
      And Asha is asked to choose a user id
      And Bilal chooses the user id "lotus.pond"
      And 19 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

  Rule: A customer may change the user id until the password is set, and must then validate the password again

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked to confirm the password

    @WR-9.7 @assumed
    Scenario: A customer who is about to confirm the password can choose another user id
      When the client chooses another user id
      Then the client goes on to the next step
      And the client can still continue

    @WR-11.4 @assumed
    Scenario: The password that was validated for the former user id has to be validated again
      Given the client chooses another user id
      When the client sets the password
      Then the client is told that another step comes first
      And "Violet-Kite#27" lets nobody in as "another.choice"

    @assumed
    Scenario: The token from before the change does not work
      Given the client chooses another user id
      And the client chooses a password
      When the client sets the password with the token from before that
      Then the client is told that the token is not accepted
      And "Violet-Kite#27" lets nobody in as "asha.at.home"
