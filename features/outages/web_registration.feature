@docker @assumed
Feature: Outages: A system is down while a customer registers on the web site
  Systems stop, crash, hang or are cut off from the others, and come back. The document does not mention that. It is
  assumed that an outage is never presented as a fact about the customer, who is asked to come back later and then
  continues at the same step: nothing that was done is lost, and nothing is done twice. Only where the bank cannot know
  whether Cymmetri has completed a step, and lacks the token for the next one, may the customer have to start over.

  Rule: No registration begins on a guess

    Scenario Outline: <system> <is out> when a customer starts to register
      Given Asha, a customer of the bank who has never used the web site
      And <system> <is out>
      When Asha starts to register by customer number
      Then Asha is told to try again later
      And no registration has begun for Asha
      And Asha becomes a user of the web site once <system> is back
      And Asha can log in to the web site

      Examples:
        | system       | is out      |
        | core banking | has stopped |
        | core banking | has crashed |
        | core banking | hangs       |
        | core banking | is cut off  |
        | Cymmetri     | has crashed |
        | Cymmetri     | hangs       |

  Rule: The customer continues at the step where the outage began

    Scenario Outline: <system> <is out> when a customer <goes on>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      And <system> <is out>
      When Asha <goes on>
      Then Asha is told to try again later
      And Asha becomes a user of the web site once <system> is back
      And Asha has been sent one code by email

      Examples:
        | system       | is out      | for what                | goes on                               |
        | Cymmetri     | has stopped | for the mailed code     | enters the mailed code                |
        | Cymmetri     | has crashed | for the mailed code     | enters the mailed code                |
        | Cymmetri     | has crashed | for the mailed code     | asks for another code                 |
        | Cymmetri     | has stopped | for the texted code     | enters the texted code                |
        | Cymmetri     | has crashed | for the texted code     | enters the texted code                |
        | Cymmetri     | has stopped | for the texted code     | asks for another code                 |
        | core banking | has crashed | for proof of identity   | asks which proofs are possible        |
        | core banking | has stopped | for proof of identity   | gives the details of the debit card   |
        | core banking | has crashed | for proof of identity   | gives the details of the debit card   |
        | core banking | hangs       | for proof of identity   | gives the details of the debit card   |
        | core banking | is cut off  | for proof of identity   | gives the details of the debit card   |
        | core banking | has stopped | to choose a user id     | asks which user id the bank holds     |
        | core banking | has stopped | to choose a user id     | chooses the user id "lotus.pond"      |
        | core banking | has crashed | to choose a user id     | chooses the user id "lotus.pond"      |
        | core banking | hangs       | to choose a user id     | chooses the user id "lotus.pond"      |
        | core banking | is cut off  | to choose a user id     | chooses the user id "lotus.pond"      |
        | Cymmetri     | has stopped | to choose a password    | chooses the password "Violet-Kite#27" |
        | Cymmetri     | has crashed | to choose a password    | chooses the password "Violet-Kite#27" |
        | Cymmetri     | has stopped | to confirm the password | confirms the password                 |
        | core banking | has crashed | to confirm the password | confirms the password                 |
        | core banking | hangs       | to confirm the password | confirms the password                 |
        | core banking | is cut off  | to confirm the password | confirms the password                 |

  Rule: Where Cymmetri may have completed the step, the customer continues or starts over, and becomes one user

    Scenario Outline: Cymmetri <is out> when a customer <goes on>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      And Cymmetri <is out>
      When Asha <goes on>
      Then Asha is told to try again later
      And Asha becomes a user of the web site once Cymmetri is back, starting over if need be
      And Asha can log in to the web site

      Examples:
        | is out     | for what                | goes on                               |
        | hangs      | for the mailed code     | enters the mailed code                |
        | is cut off | for the mailed code     | enters the mailed code                |
        | hangs      | for the texted code     | enters the texted code                |
        | is cut off | for the texted code     | enters the texted code                |
        | hangs      | for proof of identity   | gives the details of the debit card   |
        | hangs      | to choose a user id     | chooses the user id "lotus.pond"      |
        | hangs      | to choose a password    | chooses the password "Violet-Kite#27" |
        | is cut off | to choose a password    | chooses the password "Violet-Kite#27" |
        | hangs      | to confirm the password | confirms the password                 |
        | is cut off | to confirm the password | confirms the password                 |

  Rule: A code that could not be sent can be requested again when the mail gateway is back

    @WR-1.8
    Scenario Outline: The mail gateway <is out> when a customer starts to register
      Given Asha, a customer of the bank who has never used the web site
      And the mail gateway <is out>
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha is asked for the mailed code
      And Asha becomes a user of the web site once the mail gateway is back
      And Asha has been sent one code by email

      Examples:
        | is out      |
        | has stopped |
        | has crashed |

    @WR-2.1
    Scenario Outline: The mail gateway <is out> when a customer enters the mailed code
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And the mail gateway <is out>
      When Asha enters the mailed code
      Then Asha is told "The code could not be sent"
      And Asha becomes a user of the web site once the mail gateway is back
      And Asha has been sent one code by text message

      Examples:
        | is out      |
        | has stopped |
        | has crashed |

    @WR-1.8
    Scenario Outline: The mail gateway <is out>, and may still deliver the code after a newer one
      Given Asha, a customer of the bank who has never used the web site
      And the mail gateway <is out>
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha becomes a user of the web site once the mail gateway is back, starting over if need be
      And Asha can log in to the web site

      Examples:
        | is out     |
        | hangs      |
        | is cut off |

  Rule: Without the middleware there is no answer, and nothing is lost

    Scenario Outline: The middleware <is out> when a customer <goes on>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      And the middleware <is out>
      When Asha <goes on>
      Then Asha gets no answer
      And Asha becomes a user of the web site once the middleware is back
      And Asha has been sent one code by text message

      Examples:
        | is out      | for what                | goes on                             |
        | has stopped | for the mailed code     | enters the mailed code              |
        | is cut off  | for the texted code     | enters the texted code              |
        | has crashed | for proof of identity   | gives the details of the debit card |
        | is cut off  | to choose a user id     | chooses the user id "lotus.pond"    |
        | has crashed | to confirm the password | confirms the password               |

    Scenario Outline: The middleware hangs when a customer <goes on>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      And the middleware hangs
      When Asha <goes on>
      Then Asha gets no answer
      And Asha becomes a user of the web site once the middleware is back, starting over if need be
      And Asha can log in to the web site

      Examples:
        | for what                | goes on                               |
        | for the mailed code     | enters the mailed code                |
        | for the texted code     | enters the texted code                |
        | to choose a password    | chooses the password "Violet-Kite#27" |
        | to confirm the password | confirms the password                 |

  Rule: A system that has restarted continues as if nothing had happened

    Scenario Outline: <system> has restarted before a customer <goes on>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <for what>
      And <system> has restarted
      When Asha <goes on>
      Then Asha is asked <for what then>

      Examples:
        | system           | for what              | goes on                               | for what then           |
        | Cymmetri         | for the mailed code   | enters the mailed code                | for the texted code     |
        | the mail gateway | for the mailed code   | enters the mailed code                | for the texted code     |
        | the middleware   | for the texted code   | enters the texted code                | for proof of identity   |
        | core banking     | for proof of identity | gives the details of the debit card   | to choose a user id     |
        | the middleware   | to choose a user id   | chooses the user id "lotus.pond"      | to choose a password    |
        | Cymmetri         | to choose a password  | chooses the password "Violet-Kite#27" | to confirm the password |
