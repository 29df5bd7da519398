Feature: Web registration, step 11: Set the password, at its boundaries
  The bank wants no password set that step 10 would not accept, and no user id given to two people. So each limit is
  tried from both sides: every rule for passwords, a confirmation that differs in one letter, a user id that was taken
  in the meantime, and an outage. The document says only that the policy has to be met: all of this is assumed.

  Rule: Every rule for passwords is checked again

    @WR-11.2 @assumed
    Scenario Outline: "<password>" is not set: it <broken rule>
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And Asha has chosen the user id "Lotus-7Pond" and a password
      When Asha sets the password "<password>" and confirms it as "<password>"
      Then Asha is told that the password <broken rule>
      And Asha is told of one broken rule
      And "<password>" lets nobody in as "Lotus-7Pond"

      Examples:
        | password                                                          | broken rule                         |
        | Kite#27                                                           | is too short                        |
        | Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Kites | is too long                         |
        | Violet-Kite#xy                                                    | has too few digits                  |
        | VioletKite27                                                      | has too few special characters      |
        | violet-kite#27                                                    | has too few capital letters         |
        | VIOLET-KITE#27                                                    | has too few small letters           |
        | Violet Kite#27                                                    | has a character that is not allowed |
        | Password@123                                                      | is too easy to guess                |
        | lotus-7POND                                                       | is the user id                      |
        | Kite-Asha#27                                                      | contains a name of the customer     |
        | Autumn-Leaf#19                                                    | was used before                     |

    @WR-11.1 @assumed
    Scenario Outline: "<password>" is set: <why>
      Given Asha, a customer of the bank who once used the password "Autumn-Leaf#19"
      And Asha has chosen the user id "Lotus-7Pond" and a password
      When Asha sets the password "<password>" and confirms it as "<password>"
      Then Asha is registered as "Lotus-7Pond"
      And Asha can log in to the web site

      Examples:
        | password                                                         | why                   |
        | Kite#27x                                                         | eight characters      |
        | Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Violet-Kite#27-Kite | sixty-four characters |
        | Grüße-Kite#27                                                    | letters beyond A to Z |

    @WR-11.1 @assumed
    Scenario: Where only the validated password can be set, that one is set
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that only the validated password can be set
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

    @WR-11.2 @assumed
    Scenario: Where only the validated password can be set, one that was validated earlier cannot
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that only the validated password can be set
      And Asha has chosen the user id "lotus.pond" and a password
      And Asha chooses the password "Copper-Kite#58"
      When Asha sets the password "Violet-Kite#27" and confirms it as "Violet-Kite#27"
      Then Asha is told that the password is not the one that was validated
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

  Rule: The confirmation must be the same to the letter

    @WR-11.3 @assumed
    Scenario Outline: "<confirmation>" does not confirm "Violet-Kite#27": <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Violet-Kite#27" and confirms it as "<confirmation>"
      Then Asha is told that the passwords differ
      And Asha is asked to confirm the password
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

      Examples:
        | confirmation    | why                           |
        | violet-kite#27  | in small letters              |
        | Violet-Kite#2   | a character is missing        |
        | Violet-Kite#277 | there is a character too many |

    @WR-11.3 @assumed
    Scenario: A confirmation with spaces around it does not confirm the password
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Violet-Kite#27" and confirms it as " Violet-Kite#27 "
      Then Asha is told that the passwords differ
      And Asha is asked to confirm the password

    @WR-11.3 @assumed
    Scenario: A bad password whose confirmation differs is refused because they differ
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "kite" and confirms it as "kites"
      Then Asha is told that the passwords differ
      And "kite" lets nobody in as "lotus.pond"

    @WR-11.1 @assumed
    Scenario: After any number of wrong confirmations the right one is accepted
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And Asha sets the password "Violet-Kite#27" and confirms it as "Violet-Kite#28" five times
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

  Rule: What counts is whose the user id is when the password is set

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha has chosen the user id "lotus.pond" and a password

    @WR-11.5 @assumed
    Scenario: A user id whose hold has lapsed, and that somebody else now holds, is refused
      Given 10 minutes pass
      And Bilal is asked to choose a user id
      And Bilal chooses the user id "Lotus.Pond"
      When Asha confirms the password
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-11.5 @assumed
    Scenario: A user id that the bank has given to somebody else is refused
      Given the bank has given Bilal the user id "LOTUS.POND"
      When Asha confirms the password
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-11.5 @assumed
    Scenario: It is refused, too, where the bank has given the customer another one
      Given the bank has given Asha the user id "asha55"
      And the bank has given Bilal the user id "lotus.pond"
      When Asha confirms the password
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-9.4 @assumed
    Scenario: Once it is refused, the customer to whom the bank has given it can choose it
      Given the bank has given Bilal the user id "lotus.pond"
      And Asha confirms the password
      And Bilal is asked to choose a user id
      When Bilal chooses the user id "lotus.pond"
      Then Bilal is asked to choose a password

    @WR-11.1 @assumed
    Scenario: A user id that the bank has given to the customer is accepted
      Given the bank has given Asha the user id "LOTUS.POND"
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

    @WR-11.1 @assumed
    Scenario: A user id whose hold has lapsed, and that nobody else has chosen, is accepted
      Given 11 minutes pass
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

    @WR-11.1 @assumed
    Scenario: A customer whose user id was taken registers under another one
      Given the bank has given Bilal the user id "lotus.pond"
      And Asha confirms the password
      And Asha has chosen the user id "mango.tree" and a password
      When Asha confirms the password
      Then Asha is registered as "mango.tree"
      And Asha can log in to the web site

  Rule: An outage sets nothing, and loses nothing

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password

    @assumed
    Scenario Outline: A customer is asked to come back later when asking whose the user id is <goes wrong>
      Given asking core banking whose a user id is <goes wrong>
      When Asha confirms the password
      Then Asha is told to try again later
      And Asha is asked to confirm the password
      And "Violet-Kite#27" lets nobody in as "lotus.pond"
      And Asha has never been notified that the registration is complete

      Examples:
        | goes wrong             |
        | fails                  |
        | gets no connection     |
        | returns garbage        |
        | returns half an answer |
        | is refused             |

    @assumed
    Scenario: A failure of Cymmetri's that calls itself a success makes nobody a user
      Given asking Cymmetri to set the password fails, and calls that a success
      When Asha confirms the password
      Then Asha is told to try again later
      And Asha is asked to confirm the password
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-11.1 @assumed
    Scenario: After the outage the customer becomes a user
      Given asking core banking whose a user id is fails once
      And Asha confirms the password
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"
      And Asha can log in to the web site

    @WR-11.1 @assumed
    Scenario: A password that was set is set, though Cymmetri's answer is lost
      Given asking Cymmetri to set the password succeeds once, but the answer is lost
      When Asha confirms the password
      Then Asha can do nothing more on the web site
      And Asha can log in to the web site
      And Asha has been notified once by email that the registration is complete

    @WR-11.1 @assumed
    Scenario: While the bank cannot find out whether the password was set, the customer is asked to come back
      Given asking Cymmetri to set the password succeeds once, but the answer is lost
      And asking Cymmetri which user id the bank holds fails twice
      And Asha confirms the password
      When Asha confirms the password
      Then Asha is told to try again later
      And Asha has been notified once by email that the registration is complete

    @WR-11.1 @assumed
    Scenario: Once the bank can find out, the customer who comes back is registered, and notified once
      Given asking Cymmetri to set the password succeeds once, but the answer is lost
      And asking Cymmetri which user id the bank holds fails twice
      And Asha confirms the password
      And Asha confirms the password
      When Asha confirms the password
      Then Asha can do nothing more on the web site
      And Asha can log in to the web site
      And Asha has been notified once by email that the registration is complete

  Rule: However long the mail gateway is out, the customer is told once it is back

    @WR-11.6 @assumed
    Scenario: Ten deliveries fail
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver fails ten times
      And Asha confirms the password
      When 10 minutes pass
      Then Asha has been notified once by email that the registration is complete
      And Asha has been notified once by text message that the registration is complete

  Rule: A session is open until the moment it ends

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password

    @WR-11.1 @assumed
    Scenario: Just before the session ends, the password is set
      Given just under 30 minutes pass
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"

    @assumed
    Scenario: When the session ends, the password comes too late
      Given 30 minutes pass
      When Asha confirms the password
      Then Asha is told that the registration has timed out
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

  Rule: A registration makes one user, once

    @WR-11.1 @assumed
    Scenario: Setting the password again changes nothing
      Given Asha, a customer of the bank who has never used the web site
      And Asha has registered with a client that calls Cymmetri directly
      When the client sets the password with the token that it has used already
      Then the client is told that another step comes first
      And Asha can log in to the web site
      And Asha has been notified once by email that the registration is complete
