Feature: Web registration: A blocked customer at every step
  A customer who has made too many mistakes at one step is blocked at every step, until the block ends, so that nobody
  can go on guessing somewhere else. The document says that the user is blocked; that this holds at every step, for what
  is right as well as for what is wrong, is implied. When and how a block ends is assumed. Each step's own feature shows
  that what is right is refused there after a block.

  Rule: A blocked customer's client is refused at every step, even if it still has its token

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-2.3 @WR-2.5 @implied
    Scenario Outline: A customer blocked by a used code when asked <for what> is refused, though the client <does what is right>
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And the client enters the mailed code with the token that it has used already three times
      When the client <does what is right>
      Then the client is told that access is blocked until 09:30
      And "Violet-Kite#27" lets nobody in as "asha.at.home"

      Examples:
        | for what                | does what is right                  |
        | for the texted code     | enters the texted code              |
        | for the texted code     | asks for another texted code        |
        | for proof of identity   | asks which proofs are possible      |
        | for proof of identity   | gives the details of the debit card |
        | to choose a user id     | asks which user id the bank holds   |
        | to choose a user id     | chooses a user id                   |
        | to choose a password    | chooses another user id             |
        | to choose a password    | chooses a password                  |
        | to confirm the password | chooses a password                  |
        | to confirm the password | sets the password                   |

    @assumed
    Scenario Outline: A blocked customer is told of the block, and of nothing else, when the client <does what is wrong>
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And the client <makes a mistake> three times
      When the client <does what is wrong>
      Then the client is told that access is blocked until 09:30

      Examples: Where the mistakes were made
        | for what              | makes a mistake                     | does what is wrong                          |
        | for the mailed code   | enters a wrong mailed code          | enters letters for the mailed code          |
        | for the texted code   | enters a wrong texted code          | enters letters for the texted code          |
        | for proof of identity | gives a wrong PIN of the debit card | gives letters for the PIN of the debit card |

      Examples: Where nothing was wrong until then
        | for what                | makes a mistake                                                | does what is wrong                  |
        | to choose a user id     | enters the mailed code with the token that it has used already | chooses a user id of one letter     |
        | to choose a password    | enters the mailed code with the token that it has used already | chooses a password that is too weak |
        | to confirm the password | enters the mailed code with the token that it has used already | confirms the password wrongly       |

    @WR-4.3 @implied
    Scenario: Core banking is not asked for the user id of a blocked customer
      Given Asha uses a client that calls Cymmetri directly, and is asked to choose a user id
      And the client enters the texted code with the token that it has used already three times
      And the client asks which user id the bank holds
      When the client chooses a user id
      Then the client is told that access is blocked until 09:30
      And the bank has never asked core banking for the customer's user id
      And the bank has never asked core banking whose a user id is

  Rule: A block holds until the moment it ends, and takes the wrong attempts with it

    Background:
      Given the bank's rule is that three wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site

    @assumed
    Scenario Outline: Just before the block ends, a client that <does what is right> is refused
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And the client <makes a mistake> three times
      And just under 10 minutes pass
      When the client <does what is right>
      Then the client is told that access is blocked until 09:10

      Examples:
        | for what              | makes a mistake                     | does what is right                  |
        | for the mailed code   | enters a wrong mailed code          | asks for another mailed code        |
        | for the texted code   | enters a wrong texted code          | asks for another texted code        |
        | for proof of identity | gives a wrong PIN of the debit card | asks which proofs are possible      |
        | for proof of identity | gives a wrong PIN of the debit card | gives the details of the debit card |

    @assumed
    Scenario Outline: When the block ends, a client that <does what is right> goes on
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And the client <makes a mistake> three times
      And 10 minutes pass
      When the client <does what is right>
      Then the client goes on to the next step

      Examples:
        | for what              | makes a mistake                     | does what is right                  |
        | for the mailed code   | enters a wrong mailed code          | asks for another mailed code        |
        | for the texted code   | enters a wrong texted code          | asks for another texted code        |
        | for proof of identity | gives a wrong PIN of the debit card | asks which proofs are possible      |
        | for proof of identity | gives a wrong PIN of the debit card | gives the details of the debit card |

    @WR-7.3 @assumed
    Scenario: After the block the customer has all attempts again
      Given Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      And the client gives a wrong PIN of the debit card three times
      And 10 minutes pass
      When the client gives a wrong PIN of the debit card
      Then the client is told that two attempts are left

    @assumed
    Scenario Outline: A client that <makes a mistake> during the block does not make it longer
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And the client <makes a mistake> three times
      And 4 minutes pass
      And the client <makes a mistake>
      And 6 minutes pass
      When the client <does what is right>
      Then the client goes on to the next step

      Examples:
        | for what              | makes a mistake                     | does what is right                  |
        | for the mailed code   | enters a wrong mailed code          | asks for another mailed code        |
        | for the texted code   | enters a wrong texted code          | asks for another texted code        |
        | for proof of identity | gives a wrong PIN of the debit card | gives the details of the debit card |

    @assumed
    Scenario: A block for good does not end
      Given the bank's rule has become that three wrong attempts block for good
      And Asha is asked for the mailed code
      And Asha enters a wrong code three times
      And 1000 days pass
      When Asha starts to register again
      Then Asha is told that access is blocked for good

  Rule: A customer who was not told of the block, because the answer was lost, is refused at the next step

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @assumed
    Scenario Outline: A customer who did not see the third refusal and <goes on> is refused
      Given Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And asking Cymmetri to check the mailed code succeeds once, but the answer is lost
      And Asha enters a wrong code
      And 31 seconds pass
      When Asha <goes on>
      Then Asha can do nothing more on the web site
      And Asha has been sent one code by email
      And Asha has been sent no code by text message

      Examples:
        | goes on                |
        | asks for another code  |
        | enters the mailed code |

  Rule: A blocked customer cannot start again either

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-1.4 @implied
    Scenario Outline: A customer who was blocked when asked <for what> cannot start again, found by <identity>
      Given Asha is asked <for what>
      And Asha <makes a mistake> three times
      And just under 30 minutes pass
      When Asha starts to register by <identity>
      Then Asha is told that access is blocked until 09:30
      And no registration has begun for Asha
      And Asha has been sent one code by email

      Examples:
        | for what              | makes a mistake                      | identity        |
        | for the mailed code   | enters a wrong code                  | customer number |
        | for the texted code   | enters a wrong code                  | mobile number   |
        | for proof of identity | gets the PIN of the debit card wrong | card number     |

    @WR-1.2 @assumed
    Scenario Outline: When the block ends, a customer who was blocked when asked <for what> can start again
      Given Asha is asked <for what>
      And Asha <makes a mistake> three times
      And 30 minutes pass
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And Asha is told that three attempts are left

      Examples:
        | for what              | makes a mistake                      |
        | for the mailed code   | enters a wrong code                  |
        | for the texted code   | enters a wrong code                  |
        | for proof of identity | gets the PIN of the debit card wrong |

    @WR-1.2 @assumed
    Scenario: One customer's block does not stop another customer
      Given Bilal, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha enters a wrong code three times
      When Bilal starts to register by customer number
      Then Bilal is asked for the mailed code
      And Bilal is told that three attempts are left
