Feature: Web registration, step 12: Log in
  A user of the web site, whom step 1 sends here, logs in by user id and password. The document says only that the login
  flow is initiated. It is implied that the right user id and password let the user in, that wrong ones are counted, and
  that too many block the user. That nobody is told which of the two was wrong is implied as well. That a blocked user
  is told so by email and text message, and what else is told, counted and reset, is assumed.

  Rule: The right user id and password let the user in

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Chitra, who already uses the web site as "chitra.sen"

    @WR-12.1 @implied
    Scenario: A user logs in
      When Chitra logs in to the web site
      Then Chitra is logged in
      And nothing has been sent to anyone

    @WR-12.1 @assumed
    Scenario: A user is told how long the session lasts
      When Chitra logs in to the web site
      Then Chitra is logged in for 30 minutes

    @WR-12.1 @assumed
    Scenario: Where the bank's rule is that a session lasts ten minutes, the user is told so
      Given the bank's rule is that a session on the web site lasts ten minutes
      When Chitra logs in to the web site
      Then Chitra is logged in for 10 minutes

    @WR-12.1 @assumed
    Scenario: A user who types the user id in another letter case logs in
      When Chitra logs in to the web site as "CHITRA.Sen"
      Then Chitra is logged in

    @WR-12.1 @assumed
    Scenario: Logging in resets the wrong attempts
      Given Chitra tries to log in to the web site with a wrong password twice
      And Chitra logs in to the web site
      When Chitra tries to log in to the web site with a wrong password twice
      Then Chitra is told that the user id or the password is wrong
      And Chitra has never been notified that access is blocked

    @WR-12.1 @implied
    Scenario: The right password is accepted at the last attempt
      Given Chitra tries to log in to the web site with a wrong password twice
      When Chitra logs in to the web site
      Then Chitra is logged in

  Rule: A session lasts as long as the user is told, or ends earlier without use where the bank wants that

    @WR-12.1 @assumed
    Scenario Outline: Where <rule>, it is still open after <time>
      Given the bank's rule is that <rule>
      And Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      And <time> pass
      When the client asks who has logged in
      Then the client is told that Chitra has logged in

      Examples:
        | rule                                                          | time                  |
        | a session on the web site lasts ten minutes                   | just under 10 minutes |
        | a session on the web site ends after five minutes without use | just under 5 minutes  |

    @WR-12.1 @assumed
    Scenario Outline: Where <rule>, it has ended after <time>
      Given the bank's rule is that <rule>
      And Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      And <time> pass
      When the client asks who has logged in
      Then the client is told that the token is not accepted

      Examples:
        | rule                                                          | time       |
        | a session on the web site lasts ten minutes                   | 10 minutes |
        | a session on the web site ends after five minutes without use | 5 minutes  |

    @WR-12.1 @assumed
    Scenario: A session that is used does not end for lack of use
      Given the bank's rule is that a session on the web site ends after five minutes without use
      And Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      And 4 minutes pass
      And the client asks who has logged in
      And 4 minutes pass
      When the client asks who has logged in
      Then the client is told that Chitra has logged in

    @WR-12.1 @assumed
    Scenario: A session that is used does not last longer for that
      Given the bank's rule is that a session on the web site lasts ten minutes
      And Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      And 9 minutes pass
      And the client asks who has logged in
      And 60 seconds pass
      When the client asks who has logged in
      Then the client is told that the token is not accepted

    @WR-12.1 @assumed
    Scenario: A session that would end without use ends with its own time, too
      Given the bank's rule is that a session on the web site lasts ten minutes
      And the bank's rule is that a session on the web site ends after five minutes without use
      And Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      And 4 minutes pass
      And the client asks who has logged in
      And 4 minutes pass
      And the client asks who has logged in
      And 2 minutes pass
      When the client asks who has logged in
      Then the client is told that the token is not accepted

    @WR-12.1 @assumed
    Scenario Outline: A client that asks who has logged in <with no good token> is told nothing
      Given Chitra, who already uses the web site
      And Chitra has logged in with a client that calls Cymmetri directly
      When the client asks who has logged in <with no good token>
      Then the client is told that the token is not accepted

      Examples:
        | with no good token                             |
        | without a token                                |
        | with a forged token                            |
        | with a token whose signature was tampered with |
        | with the token that is for renewing the login  |

    @assumed
    Scenario: The token of a registration is not that of a login
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      When the client asks who has logged in
      Then the client is told that the token is not accepted

  Rule: A login that is refused does not tell which of the two was wrong

    Background:
      Given Chitra, who already uses the web site as "chitra.sen"
      And Hema, who already uses the web site as "hema.das"
      And Asha, a customer of the bank who has never used the web site

    @WR-12.2 @implied
    Scenario: A wrong password is refused
      When Chitra tries to log in to the web site with a wrong password
      Then Chitra is told that the user id or the password is wrong
      And nothing has been sent to anyone

    @WR-12.2 @implied
    Scenario: A user id that nobody has is refused in the same words
      Given Hema tries to log in to the web site with a wrong password
      When Chitra logs in to the web site as "chitra.seng"
      Then Chitra is told that the user id or the password is wrong
      And Chitra is told the same as Hema

    @WR-12.2 @implied
    Scenario: A user's own password is wrong for another user's user id
      When Chitra logs in to the web site as "hema.das"
      Then Chitra is told that the user id or the password is wrong
      And Hema can log in to the web site

    @WR-12.2 @assumed
    Scenario Outline: "<password>" is wrong where "Violet-Kite#27" is right: <why>
      Given Asha has registered on the web site as "lotus.pond"
      When Asha logs in to the web site with the password "<password>"
      Then Asha is told that the user id or the password is wrong

      Examples:
        | password        | why                           |
        | violet-kite#27  | in small letters              |
        | Violet-Kite#2   | a character is missing        |
        | Violet-Kite#277 | there is a character too many |

    @WR-12.2 @assumed
    Scenario: A wrong password looks like a refusal even where the refusals of the registration look like successes
      Given the bank's rule is that Cymmetri's refusals look like successes
      When Chitra tries to log in with a wrong password and a client that calls Cymmetri directly
      Then the client is told that the user id or the password is wrong
      And the refusal looks like a refusal

  Rule: A password is the same on every keyboard

    @WR-12.1 @assumed
    Scenario: A user logs in on a keyboard that types letters and their accents apart
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And Asha sets the password "Café-Kite#27" and confirms it as "Café-Kite#27"
      When Asha logs in to the web site on a keyboard that types accents apart
      Then Asha is logged in

  Rule: Too many wrong passwords block the user

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Chitra, who already uses the web site as "chitra.sen"

    @WR-12.3 @implied
    Scenario: The third wrong password blocks the user
      When Chitra tries to log in to the web site with a wrong password three times
      Then Chitra is told that access is blocked until 09:30

    @WR-12.3 @assumed
    Scenario: A user who is blocked is told so by email and text message
      When Chitra tries to log in to the web site with a wrong password three times
      Then Chitra has been notified once by email that access is blocked
      And Chitra has been notified once by text message that access is blocked
      And the latest message sent to Chitra by email says that access is blocked until 09:30
      And the latest message sent to Chitra by text message says that access is blocked until 09:30

    @WR-12.3 @assumed
    Scenario: A user who is blocked for good is sent to a branch by message
      Given the bank's rule is that three wrong attempts block for good
      When Chitra tries to log in to the web site with a wrong password three times
      Then the latest message sent to Chitra by email says that access is blocked for good

    @WR-12.3 @assumed
    Scenario: A user who cannot be told at once is blocked all the same, and told later
      Given asking the mail gateway to deliver fails three times
      And Chitra tries to log in to the web site with a wrong password three times
      When 10 minutes pass
      Then Chitra has been notified once by email that access is blocked
      And Chitra has been notified once by text message that access is blocked

    @WR-12.4 @implied
    Scenario: A blocked user's right password is still refused
      Given Chitra tries to log in to the web site with a wrong password three times
      When Chitra logs in to the web site
      Then Chitra is told that access is blocked until 09:30

    @WR-12.4 @implied
    Scenario: A user who was blocked before is refused as well
      Given Hari, who uses the web site but is blocked for good
      When Hari logs in to the web site
      Then Hari is told that access is blocked for good

    @WR-1.4 @implied
    Scenario Outline: A user who is blocked at login is refused at step 1 as well, found by <identity>
      Given Chitra tries to log in to the web site with a wrong password three times
      When Chitra starts to register by <identity>
      Then Chitra is told that access is blocked until 09:30
      And no registration has begun for Chitra

      Examples:
        | identity        |
        | customer number |
        | mobile number   |

    @WR-12.2 @assumed
    Scenario: Wrong passwords for a user id that nobody has block nobody
      Given Chitra logs in to the web site as "chitra.seng" three times
      When Chitra logs in to the web site as "chitra.seng"
      Then Chitra is told that the user id or the password is wrong
      And Chitra can log in to the web site

    @WR-12.1 @assumed
    Scenario: One user's block does not stop another user
      Given Hema, who already uses the web site as "hema.das"
      And Chitra tries to log in to the web site with a wrong password three times
      When Hema logs in to the web site
      Then Hema is logged in

  Rule: A block holds until the moment it ends

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Chitra, who already uses the web site as "chitra.sen"
      And Chitra tries to log in to the web site with a wrong password three times

    @WR-12.4 @assumed
    Scenario: Just before the block ends, the right password is refused
      Given just under 30 minutes pass
      When Chitra logs in to the web site
      Then Chitra is told that access is blocked until 09:30

    @WR-12.1 @assumed
    Scenario: When the block ends, the right password is accepted
      Given 30 minutes pass
      When Chitra logs in to the web site
      Then Chitra is logged in

    @WR-12.2 @assumed
    Scenario: After the block the user has all attempts again
      Given 30 minutes pass
      When Chitra tries to log in to the web site with a wrong password twice
      Then Chitra is told that the user id or the password is wrong
      And Chitra can log in to the web site

    @WR-12.1 @assumed
    Scenario: A wrong password during the block does not make it longer
      Given 29 minutes pass
      And Chitra tries to log in to the web site with a wrong password
      And 60 seconds pass
      When Chitra logs in to the web site
      Then Chitra is logged in

  Rule: Where the bank has other rules for blocks, they apply

    @WR-12.3 @assumed
    Scenario Outline: Where <rule>, the <number> wrong password blocks <end>
      Given the bank's rule is that <rule>
      And Chitra, who already uses the web site as "chitra.sen"
      When Chitra tries to log in to the web site with a wrong password <times>
      Then Chitra is told that access is blocked <end>

      Examples:
        | rule                                      | number | times       | end         |
        | one wrong attempt blocks for ten minutes  | first  | once        | until 09:10 |
        | five wrong attempts block for ten minutes | fifth  | five times  | until 09:10 |
        | three wrong attempts block for good       | third  | three times | for good    |

    @WR-12.2 @assumed
    Scenario: Where five wrong attempts block, the fourth wrong password does not
      Given the bank's rule is that five wrong attempts block for ten minutes
      And Chitra, who already uses the web site as "chitra.sen"
      When Chitra tries to log in to the web site with a wrong password four times
      Then Chitra is told that the user id or the password is wrong
