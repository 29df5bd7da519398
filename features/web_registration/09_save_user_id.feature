Feature: Web registration, step 9: Save the user id
  A customer chooses the user id to log in with. The document says: a new user id can be saved if it is not already in
  use. It is implied that customers can keep the user id that they have at the bank. It is assumed that user ids are the
  same in any letter case, that there are rules for them (their length, and that they begin with a letter and contain
  only letters, digits, dots, hyphens and underscores), how long a user id is held for a customer, and that a customer
  may change it until the password is set.

  Rule: A free user id is saved

    @WR-9.1 @documented
    Scenario: A customer chooses a user id that nobody has
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password
      And Asha is shown the user id "lotus.pond"
      And Asha can only ask which user id the bank holds, choose a user id or choose a password

    @WR-9.4 @implied
    Scenario Outline: A customer keeps the user id that the bank holds, typed as "<typed>"
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      When Bilal chooses the user id "<typed>"
      Then Bilal is asked to choose a password
      And Bilal is shown the user id "<typed>"

      Examples:
        | typed   |
        | bilal77 |
        | BILAL77 |

    @WR-9.1 @assumed
    Scenario: A customer with a user id at the bank can choose another one
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      When Bilal chooses the user id "lotus.pond"
      Then Bilal is asked to choose a password

  Rule: A user id belongs to one person, in any letter case

    @WR-9.2
    Scenario Outline: A customer cannot have "<user id>", which is somebody else's
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site as "chitra.sen"
      And Bilal, a customer of the bank whose user id there is "bilal77"
      And Asha is asked to choose a user id
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id is taken
      And Asha is told nothing about anybody else
      And Asha is asked to choose a user id

      @documented
      Examples: As the other person writes it
        | user id    | why                                    |
        | chitra.sen | Chitra logs in to the web site with it |
        | bilal77    | the bank holds it for Bilal            |

      @assumed
      Examples: In another letter case
        | user id    |
        | Chitra.Sen |
        | BILAL77    |

  Rule: A user id is held for the customer who chose it

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Bilal is asked to choose a user id
      And Asha is asked to choose a user id
      And Bilal chooses the user id "lotus.pond"

    @WR-9.6 @assumed
    Scenario Outline: Another customer cannot have "<user id>" meanwhile
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id is taken
      And Asha is told nothing about anybody else
      And Asha is asked to choose a user id

      Examples:
        | user id    |
        | lotus.pond |
        | Lotus.Pond |

    @WR-9.1 @assumed
    Scenario: Another customer can have it once the hold has lapsed
      Given 11 minutes pass
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password

    @WR-9.7 @assumed
    Scenario: A customer who changes their mind can choose another user id
      When Bilal chooses the user id "mango.tree"
      Then Bilal is asked to choose a password
      And Bilal is shown the user id "mango.tree"

    @WR-9.7 @assumed
    Scenario: A customer who chooses another user id before confirming the password chooses a password again
      Given Bilal chooses the password "Violet-Kite#27"
      When Bilal chooses the user id "mango.tree"
      Then Bilal is asked to choose a password
      And Bilal is shown the user id "mango.tree"

    @WR-9.1 @assumed
    Scenario: The user id of a customer who has changed their mind is free at once
      Given Bilal chooses the user id "mango.tree"
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password

    @WR-9.6 @assumed
    Scenario: The other user id is held for them instead
      Given Bilal chooses the user id "mango.tree"
      When Asha chooses the user id "mango.tree"
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id

  Rule: A new user id must follow the bank's rules

    @WR-9.3 @assumed
    Scenario Outline: A customer cannot have "<user id>": <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      When Asha chooses the user id "<user id>"
      Then Asha is told that the user id breaks a rule
      And Asha is told "<rule>"
      And Asha is asked to choose a user id

      Examples:
        | user id                                      | rule            | why                        |
        | me                                           | is shorter than | two characters             |
        | asha-who-lives-near-the-old-mango-tree-grove | is longer than  | more than forty characters |
        | 4lotus                                       | must match      | it begins with a digit     |
        | lotus pond                                   | must match      | there is a space in it     |

  Rule: An outage never makes a user id look free, or taken

    @WR-9.5 @assumed
    Scenario Outline: A customer is asked to come back later when asking <what> <goes wrong>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And asking <what> <goes wrong>
      When Asha chooses the user id "lotus.pond"
      Then Asha is told to try again later
      And Asha is asked to choose a user id

      Examples:
        | what                                    | goes wrong                                   |
        | core banking for the customer's user id | fails                                        |
        | core banking for the customer's user id | returns garbage                              |
        | core banking for the customer's user id | returns an answer without what was asked for |
        | core banking for the customer's user id | finds no such page                           |
        | core banking whose a user id is         | fails                                        |
        | core banking whose a user id is         | gets no connection                           |
        | core banking whose a user id is         | returns half an answer                       |
        | core banking whose a user id is         | returns garbage                              |
        | core banking whose a user id is         | is refused                                   |
        | core banking for the customer's user id | is refused                                   |

    @WR-9.5 @assumed
    Scenario: During the outage nothing is saved
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Bilal is asked to choose a user id
      And Asha is asked to choose a user id
      And asking core banking whose a user id is fails once
      And Asha chooses the user id "lotus.pond"
      When Bilal chooses the user id "lotus.pond"
      Then Bilal is asked to choose a password

    @WR-9.1 @assumed
    Scenario: After the outage the user id is saved
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And asking core banking whose a user id is fails once
      And Asha chooses the user id "lotus.pond"
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password
