Feature: Web registration: Steps out of order
  A registration goes through its steps one after the other, and each step hands on the token for the next, so that
  nobody becomes a user without every proof. The document gives the order. That a client which leaves it is refused,
  that it moves nothing and can still continue, and how long a session waits for the next step is assumed. Each rule is
  tried at every step.

  Rule: At every step a client can do what belongs to it, and nothing else

    Background:
      Given the bank's rule is that each code has its own page
      And Asha, a customer of the bank who has never used the web site

    @assumed
    Scenario Outline: A client that is asked <for what> can only <do this>
      Given Asha uses a client that calls Cymmetri directly, and is asked <for what>
      When the client tries everything but to <do this>
      Then the client is told each time that another step comes first
      And the client can still continue

      @WR-4.6 @WR-11.4
      Examples: Before the email address is verified
        | for what            | do this                                              |
        | for the mailed code | enter the mailed code or ask for another mailed code |

      @WR-2.6 @WR-11.4
      Examples: Before a password is validated
        | for what              | do this                                                                 |
        | for the texted code   | enter the texted code or ask for another texted code                    |
        | for proof of identity | ask which proofs are possible or give the details of the debit card     |
        | to choose a user id   | ask which user id the bank holds or choose a user id                    |
        | to choose a password  | ask which user id the bank holds, choose a user id or choose a password |

      @WR-2.6
      Examples: Before it is set
        | for what                | do this                                                                                   |
        | to confirm the password | ask which user id the bank holds, choose a user id, choose a password or set the password |

    @WR-2.6 @assumed
    Scenario: A client that has registered can do nothing more
      Given Asha has registered with a client that calls Cymmetri directly
      When the client tries everything
      Then the client is told each time that another step comes first
      And Asha can log in to the web site

  Rule: A step that is done cannot be done again: its token no longer works

    @assumed
    Scenario Outline: A client that is asked <for what> cannot go back
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked <for what>
      When the client does everything again with the tokens that it has used
      Then the client is told each time that another step comes first
      And the client can still continue

      @WR-2.6
      Examples:
        | for what                |
        | for the texted code     |
        | for proof of identity   |
        | to choose a user id     |
        | to choose a password    |
        | to confirm the password |

  Rule: No step can be done without its token

    @assumed
    Scenario Outline: A client that is asked <for what> and shows <no token> is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked <for what>
      When the client tries everything <no token>
      Then the client is told each time that the token is not accepted
      And the client can still continue

      @WR-2.6
      Examples:
        | for what                | no token                                       |
        | for the mailed code     | without the token from the previous step       |
        | for the texted code     | with a forged token                            |
        | for proof of identity   | with a token whose signature was tampered with |
        | to choose a user id     | without the token from the previous step       |
        | to choose a password    | with a forged token                            |
        | to confirm the password | with a token whose signature was tampered with |

  Rule: On the web site a customer can do what the page asks for, and nothing else

    @assumed
    Scenario Outline: A customer who is asked <for what> can only <do this>
      Given Asha, a customer of the bank who has never used the web site
      When Asha goes on until asked <for what>
      Then Asha can only <do this>

      Examples:
        | for what                | do this                                                                                       |
        | for the mailed code     | enter the code or ask for another code                                                        |
        | for the texted code     | enter the code or ask for another code                                                        |
        | for proof of identity   | ask which proofs are possible or give proof of identity                                       |
        | to choose a user id     | ask which user id the bank holds or choose a user id                                          |
        | to choose a password    | ask which user id the bank holds, choose a user id or choose a password                       |
        | to confirm the password | ask which user id the bank holds, choose a user id, choose a password or confirm the password |

    @assumed
    Scenario Outline: A customer who is asked <for what> and <does something else> is refused, and stays where they are
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      When Asha <does something else>
      Then Asha is told that this does not come next
      And Asha is asked <for what>

      Examples:
        | for what                | does something else                   |
        | for the mailed code     | asks which proofs are possible        |
        | for the mailed code     | chooses the user id "lotus.pond"      |
        | for the texted code     | gives the details of the debit card   |
        | for the texted code     | asks which user id the bank holds     |
        | for proof of identity   | chooses the user id "lotus.pond"      |
        | for proof of identity   | chooses the password "Violet-Kite#27" |
        | to choose a user id     | gives the details of the debit card   |
        | to choose a user id     | chooses the password "Violet-Kite#27" |
        | to choose a user id     | confirms the password                 |
        | to choose a password    | confirms the password                 |
        | to choose a password    | asks which proofs are possible        |
        | to confirm the password | gives the details of the debit card   |

  Rule: Starting again ends the first attempt, however far it has come

    @WR-1.10 @assumed
    Scenario Outline: A customer who was asked <for what> starts again, and the first attempt is over
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha has been sent two codes by email
      And Asha can no longer continue the first attempt

      Examples:
        | for what                |
        | for the texted code     |
        | for proof of identity   |
        | to choose a user id     |
        | to choose a password    |
        | to confirm the password |

    @WR-1.10 @assumed
    Scenario Outline: A client that <goes on> while the customer starts again is too late
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked <for what>
      And asking core banking <question> takes a while once
      When the client <goes on>, and Asha starts to register again before core banking has answered
      Then the client is told that the token is not accepted
      And Asha is asked for the mailed code
      And Asha's mailed code still works

      Examples:
        | for what                | goes on                             | question           |
        | for the mailed code     | enters the mailed code              | about a customer   |
        | for the mailed code     | asks for another mailed code        | about a customer   |
        | for the texted code     | enters the texted code              | about a customer   |
        | for the texted code     | asks for another texted code        | about a customer   |
        | for proof of identity   | gives the details of the debit card | to check a card    |
        | to choose a user id     | chooses a user id                   | whose a user id is |
        | to confirm the password | sets the password                   | whose a user id is |

    @WR-1.2 @assumed
    Scenario: Another customer's registration goes on
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And Bilal starts to register by customer number
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password

  Rule: A session waits for half an hour, and every step renews it

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @assumed
    Scenario Outline: After half an hour it is too late to go on when asked <for what>
      Given Asha is asked <for what>
      And 30 minutes pass
      When Asha <goes on>
      Then Asha is told that the registration has timed out

      Examples:
        | for what                | goes on                               |
        | for the mailed code     | asks for another code                 |
        | for the texted code     | asks for another code                 |
        | for proof of identity   | asks which proofs are possible        |
        | for proof of identity   | gives the details of the debit card   |
        | to choose a user id     | asks which user id the bank holds     |
        | to choose a user id     | chooses the user id "lotus.pond"      |
        | to choose a password    | chooses the password "Violet-Kite#27" |
        | to confirm the password | confirms the password                 |

    @assumed
    Scenario Outline: Just before half an hour is over, it is not too late to go on when asked <for what>
      Given Asha is asked <for what>
      And just under 30 minutes pass
      When Asha <goes on>
      Then Asha is asked <for what then>

      Examples:
        | for what                | goes on                               | for what then           |
        | for the mailed code     | asks for another code                 | for the mailed code     |
        | for the texted code     | asks for another code                 | for the texted code     |
        | for proof of identity   | asks which proofs are possible        | for proof of identity   |
        | for proof of identity   | gives the details of the debit card   | to choose a user id     |
        | to choose a user id     | asks which user id the bank holds     | to choose a user id     |
        | to choose a user id     | chooses the user id "lotus.pond"      | to choose a password    |
        | to choose a password    | chooses the password "Violet-Kite#27" | to confirm the password |
        | to confirm the password | confirms the password                 | for nothing more        |

    @WR-11.1 @assumed
    Scenario: A customer who takes 29 minutes for every step registers in the end
      Given Asha is asked for proof of identity
      And 29 minutes pass
      And Asha gives the details of the debit card
      And 29 minutes pass
      And Asha has chosen the user id "lotus.pond" and a password
      And 29 minutes pass
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

    @assumed
    Scenario: Where the bank wants sessions of an hour, they last an hour
      Given the bank's rule has become that a session waits for an hour
      And Asha is asked for proof of identity
      And 59 minutes pass
      When Asha asks which proofs are possible
      Then Asha can use a debit card or a credit card as proof

    @WR-1.2 @assumed
    Scenario: A customer whose session has ended starts again with all attempts
      Given Asha is asked for the texted code
      And 30 minutes pass
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha still has three attempts
