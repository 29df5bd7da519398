@sandbox
Feature: The sandbox, worlds: each has its own people, time and messages
  Testers share one sandbox without meeting. Each scenario has a world: its people, its clock, its faults, its journal
  and its messages. Nothing that happens in one world is seen in another, and a world that is not there is never taken
  for another.

  Rule: Nobody is found in a world that is not theirs

    Scenario: A request in a world that is not there is refused
      Given Asha, a customer of the bank who has never used the web site
      When a tester asks every system in a world that is not there
      Then every system says that there is no such world

    Scenario: People, messages and journal of one world are unknown in another
      Given Asha, a customer of the bank who has never used the web site
      And Asha starts to register by customer number
      When a tester makes another world with the same people
      Then nothing has happened in the other world
      And Asha has been sent one code by email

    Scenario: A world that is made again begins with nothing of the one before
      Given Asha, a customer of the bank who has never used the web site
      And Asha starts to register by customer number
      When a tester makes the same world again
      Then nothing has happened in the new world

    Scenario: A sign-up code of one world is unknown in another
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by email
      When Chitra types a sign-up code of another world
      Then the phone tells Chitra that the sign-up code is wrong
      And TSG has not pushed anything

  Rule: What people have done in one world is not known in another

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    Scenario Outline: A customer who <has done something> starts afresh in another world, found by <identity>
      Given Asha <has done something>
      And a tester makes another world with the same people
      When Asha starts to register by <identity> in the other world
      Then Asha is asked for the mailed code
      And Asha is told that three attempts are left
      And Asha can have three more codes sent
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

      Examples:
        | has done something                             | identity        | why                           |
        | has registered on the web site as "lotus.pond" | customer number | she is no user there          |
        | has registered on the web site as "lotus.pond" | mobile number   | nor is her number a user's    |
        | has registered on the web site as "lotus.pond" | email address   | nor is her address            |
        | has registered on the web site as "lotus.pond" | card number     | nor is her card               |
        | has started to register five times             | customer number | codes are counted by world    |
        | enters a wrong code twice                      | customer number | so are wrong attempts         |
        | enters a wrong code three times                | customer number | a block holds in its own only |

  Rule: What users have in one world is not theirs in another

    Background:
      Given Jai, who uses the web site from an active phone
      And the bank's rule is that a login ends the one before
      And the bank's rule is that a user may have two phones
      And Jai opens the app on a new phone
      And a tester makes another world with the same people

    Scenario: A login in another world ends no session in this one
      Given Jai has logged in to the app in the other world
      When Jai tries to ask for the phone's status
      Then Jai's phone is Not_Found
      And Jai is not refused

    Scenario: The phones of a user of the same name in another world are not counted
      When Jai asks to add the phone by email
      Then Jai's phone is Sign_Up_In_Progress
      And Jai is not refused

    Scenario: A user of the same name in another world has that world's phones
      When Jai registers a phone by email
      Then Jai has two phones on the Auth Service
      And Jai has one phone on the Auth Service of the other world

  Rule: A request belongs to the world that it names, however it does so

    Scenario Outline: A client names the world <somewhere>
      Given Asha, a customer of the bank who has never used the web site
      When a client that names the world <somewhere> asks core banking about Asha
      Then core banking finds Asha

      Examples:
        | somewhere                                      |
        | in its baggage                                 |
        | in its baggage among other things              |
        | in its baggage with a remark after it          |
        | in the address                                 |
        | in the address, and another one in its baggage |

    Scenario: A client that names the world in the address is given an address in that world
      Given Asha, a customer of the bank who has never used the web site
      When a client that names the world in the address asks the middleware to register Asha
      Then the client finds the registration at the address that it was given

    Scenario: What else a client puts into its baggage goes on with it from system to system
      Given Asha, a customer of the bank who has never used the web site
      When a client that has "traveller=17" in its baggage asks the middleware to register Asha
      Then "traveller=17" is in the baggage of all that Cymmetri asks core banking

  Rule: A world can have a name of up to 63 letters, digits and dashes

    Scenario Outline: A world can be named by <letters> letters
      Given Asha, a customer of the bank who has never used the web site
      When a tester makes a world whose name has <letters> letters
      Then there is such a world

      Examples:
        | letters |
        | 1       |
        | 63      |

    Scenario: A world cannot be named by 64 letters
      Given Asha, a customer of the bank who has never used the web site
      When a tester makes a world whose name has 64 letters
      Then the tester is told that no world can have that name

  Rule: A world has one time in all systems

    Scenario Outline: Every system tells the same time after <duration>
      Given Asha, a customer of the bank who has never used the web site
      When <duration> pass
      Then every system tells the same time

      Examples:
        | duration   |
        | 10 seconds |
        | 30 minutes |
        | 40 days    |
