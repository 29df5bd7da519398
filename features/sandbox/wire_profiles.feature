@sandbox
Feature: The sandbox, wire profiles: what an installation of Cymmetri says otherwise
  Installations of Cymmetri do not all spell their refusals alike. A tester chooses how the one in a world does: as the
  contract has it, as the vendor's public material has it, or in a way of the installation's own. The bank's middleware
  reads it in each case, and tells the customer the same.

  Rule: Where Cymmetri says what the vendor publishes, a refusal has the vendor's own code

    Background:
      Given the bank's rule is that Cymmetri says what the vendor publishes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    Scenario Outline: A block is told by the code <code> <when>
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      When the client <makes mistakes>
      Then the client is told that access is blocked until 09:30
      And the refusal is spelt "<code>"

      Examples:
        | when                                | for what              | makes mistakes                                   | code                     |
        | where too many wrong codes begin it | for the mailed code   | enters a wrong mailed code three times           | REGSRVC.OTP_LIMIT_EXCEED |
        | where wrong texted codes begin it   | for the texted code   | enters a wrong texted code three times           | REGSRVC.OTP_LIMIT_EXCEED |
        | where it has begun before           | for the mailed code   | enters a wrong mailed code four times            | AUTHSRVC.USER_LOCKED     |
        | where wrong cards begin it          | for proof of identity | gives a wrong PIN of the debit card three times  | AUTHSRVC.USER_LOCKED     |

  Rule: Where one code may mean several things, the middleware reads what the step can be refused for

    Background:
      Given the bank's rule is that Cymmetri says what the vendor publishes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And the bank's rule is that a customer is sent four codes a day at most
      And Asha, a customer of the bank who has never used the web site

    Scenario: At the start it means that too many codes have been sent
      Given Asha has started to register four times
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha is told to come back in 24 hours

    Scenario Outline: At <a code> it means that access is blocked
      Given Asha is asked for <a code>
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked until 09:30

      Examples:
        | a code          |
        | the mailed code |
        | the texted code |

  Rule: What an installation says in a way of its own comes before what the vendor publishes

    Scenario Outline: Where <installation>, a block has the number <number>
      Given the bank's rule is that <installation>
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters a wrong mailed code three times
      Then the client is told that access is blocked until 09:30
      And the refusal has the number <number>

      Examples:
        | installation                                                          | number |
        | Cymmetri says what the contract says                                  | 423    |
        | Cymmetri says what the vendor publishes                               | 403    |
        | Cymmetri says what the vendor publishes, but has own words for blocks | 409    |

    Scenario Outline: Where <installation>, a block is spelt <code>
      Given the bank's rule is that <installation>
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      When the client gives a wrong PIN of the debit card three times
      Then the client is told that access is blocked until 09:30
      And the refusal is spelt "<code>"

      Examples:
        | installation                                                          | code                   |
        | Cymmetri says what the contract says                                  | REGSRVC.USER_BLOCKED   |
        | Cymmetri says what the vendor publishes, but has own words for blocks | LOTUS.ACCOUNT_ON_HOLD  |

  Rule: Where Cymmetri says nothing in words when all goes well, the customer is told all the same

    Background:
      Given the bank's rule is that Cymmetri says nothing in words when all goes well

    Scenario Outline: A customer who is asked <where> and <acts> is told what came of it
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <where>
      When Asha <acts>
      Then Asha is told "<words>"

      Examples:
        | where                   | acts                                  | words                                   |
        | for the mailed code     | starts to register again              | Enter the code that was mailed to you.  |
        | for the mailed code     | waits and asks for another code       | Another code was mailed to you.         |
        | for the mailed code     | enters the mailed code                | Enter the code that was sent            |
        | for the texted code     | waits and asks for another code       | Another code was sent to your mobile.   |
        | for the texted code     | enters the texted code                | The mobile was verified.                |
        | for proof of identity   | asks which proofs are possible        | Choose how to prove who you are.        |
        | for proof of identity   | gives the details of the debit card   | The card was verified.                  |
        | for proof of identity   | gives the details of the credit card  | The card was verified.                  |
        | to choose a user id     | asks which user id the bank holds     | The bank holds none. Choose a user id.  |
        | to choose a user id     | chooses the user id "lotus.pond"      | The user id is held for you.            |
        | to choose a password    | chooses the password "Violet-Kite#27" | The password follows the rules.         |
        | to confirm the password | confirms the password                 | You are registered. Log in.             |

    Scenario Outline: A customer who has a user id at the bank and <acts> is told what came of it
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal is asked to choose a user id
      When Bilal <acts>
      Then Bilal is told "<words>"

      Examples:
        | acts                              | words                                 |
        | asks which user id the bank holds | The bank holds this user id of yours. |
        | chooses the user id "bilal77"     | The user id is held for you.          |

    Scenario: A customer without a card is sent to a branch
      Given Farid, a customer of the bank without any card
      And Farid is asked for proof of identity
      When Farid asks which proofs are possible
      Then Farid is told "You have no card to use. Visit a branch."

    Scenario: A customer who has registered before is told to log in
      Given Chitra, who already uses the web site
      When Chitra starts to register by customer number
      Then Chitra is told "Log in."
