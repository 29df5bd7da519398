@sandbox
Feature: The sandbox, journal: a tester finds what has happened
  Every exchange between the systems is in the journal, with the branches that it took, and with what was broken in it
  on purpose. A tester who looks for something is shown that, and nothing else.

  Rule: A tester is shown what was looked for

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code on a phone that does not sign what it sends

    Scenario: What took another branch is not shown, although that one's name begins alike
      When a tester looks in the journal for "DR-2.1"
      Then the journal shows nothing

    Scenario: What took the branch is shown
      When a tester looks in the journal for "DR-2.14"
      Then the journal shows once what took "DR-2.14"

    Scenario: Of many exchanges the latest are shown
      When a tester looks in the journal for the latest three exchanges
      Then the journal shows the three that came last, oldest first

    Scenario Outline: A tester who asks what came <side> an exchange is not shown that exchange
      When a tester looks in the journal for what came <side> one of its exchanges
      Then the journal shows all that came <side> that exchange, and not the exchange itself

      Examples:
        | side   |
        | before |
        | after  |

    Scenario: A tester who turns the pages of one system's journal is shown each exchange once
      When a tester turns the pages of TSG's journal, two exchanges a page
      Then the pages show every exchange of TSG once, the latest page first

  Rule: A receiver that refuses a push is told apart from one that is down

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email

    Scenario: A push that was refused
      Given TSG's push is signed with the wrong key
      And Chitra types the sign-up code
      When a tester looks in the journal for "DR-2.11"
      Then the journal shows nothing

    Scenario: A push whose receiver is down
      Given asking the middleware to take a push fails once
      And Chitra types the sign-up code
      When a tester looks in the journal for "DR-2.11"
      Then the journal shows once what took "DR-2.11"

  Rule: A push counts as taken by way of the Auth Service only if the middleware accepted it

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And the bank's rule is that TSG pushes sign-ups to the Auth Service
      And Chitra, who is adding a new phone by email

    Scenario: A push that the middleware accepted
      Given Chitra types the sign-up code
      When a tester looks in the journal for "DR-2.13"
      Then the journal shows once what took "DR-2.13"

    Scenario: A push that the middleware could not accept
      Given asking the middleware to take a push fails once
      And Chitra types the sign-up code
      When a tester looks in the journal for "DR-2.13"
      Then the journal shows nothing

  Rule: TSG's pushes are listed oldest first

    Scenario: Four users add a phone one after the other
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And Hema, who is adding a new phone by email
      And Indu, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And Chitra types the sign-up code
      And 60 seconds pass
      And Jai types the sign-up code
      And 60 seconds pass
      And Hema types the sign-up code
      And 60 seconds pass
      When Indu types the sign-up code
      Then TSG's pushes are listed in the order in which they were made

  Rule: The list of TSG's pushes says where a push goes, as the bank's rule is now

    Scenario: A push that nobody has taken yet goes to another system
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And asking the middleware to take a push fails once
      And Chitra types the sign-up code
      And the bank's rule has become that TSG pushes sign-ups to the Auth Service
      When 60 seconds pass
      Then TSG's push is listed as one to the Auth Service

  Rule: The middleware says what an incomplete push lacks

    Background:
      Given Chitra, who is adding a new phone by email

    Scenario Outline: A push that comes <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And the middleware says that the push lacks its "<field>"

      Examples:
        | how                     | field      |
        | with no credential      | credential |
        | with a blank subject_id | subject_id |

  Rule: A sign-up that is begun again while it is in progress is told apart from a new one

    Background:
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email

    Scenario: A user who asks for another code in time begins the sign-up again
      Given just under 10 minutes pass
      And Chitra asks to add the phone by email
      When a tester looks in the journal for "DR-1.6"
      Then the journal shows once what took "DR-1.6"

    Scenario: A user who asks for another code after the lapse begins a new sign-up
      Given 10 minutes pass
      And Chitra asks to add the phone by email
      When a tester looks in the journal for "DR-1.6"
      Then the journal shows nothing

  Rule: A request to register a phone counts as too early only before the sign-up is complete

    Background:
      Given Chitra, who is adding a new phone by email

    Scenario: A user who has the phone registered before the sign-up is complete is too early
      Given Chitra asks to have the phone registered
      When a tester looks in the journal for "DR-3.2"
      Then the journal shows once what took "DR-3.2"

    Scenario: A user who has the phone registered once more is not too early
      Given Chitra types the sign-up code
      And Chitra asks to have the phone registered
      When a tester looks in the journal for "DR-3.2"
      Then the journal shows nothing

  Rule: The middleware tells who pushes whether it has taken the sign-up in before

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code

    Scenario: The first push that comes is no repetition
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then the middleware says that this was the first push of the sign-up

    Scenario Outline: A push that comes after it <how> is a repetition
      Given the push about Chitra's phone reaches the middleware as TSG signed it
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware says that this push was a repetition
      And Chitra's phone is Register_Complete

      Examples:
        | how                    | why                                       |
        | as TSG signed it       | it is the same push                       |
        | under an id of its own | it is another push about the same sign-up |

  Rule: What was broken on purpose is told apart from what was not

    Scenario: The journal says which requests a tester has broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then the bank has asked core banking about a customer twice
      And the journal says of once asking core banking about a customer that it was broken on purpose

  Rule: The journal says that something was ended or replaced only where there was something

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card

    Scenario: A registration that is still open is said to be ended by the next one
      Given Asha is asked for the mailed code
      And just under 30 minutes pass
      And Asha starts to register again
      When a tester looks in the journal for "WR-1.10"
      Then the journal shows once what took "WR-1.10"

    Scenario: A registration that has ended by itself is not said to be ended by the next one
      Given Asha is asked for the mailed code
      And 30 minutes pass
      And Asha starts to register again
      When a tester looks in the journal for "WR-1.10"
      Then the journal shows nothing

    Scenario: A user id that replaces another one is said to do so
      Given Asha is asked to choose a user id
      And Asha chooses the user id "mango.tree"
      And Asha chooses the user id "lotus.pond"
      When a tester looks in the journal for "WR-9.7"
      Then the journal shows once what took "WR-9.7"

    Scenario: A user id that is chosen once more, in capitals, replaces none
      Given Asha is asked to choose a user id
      And Asha chooses the user id "lotus.pond"
      And Asha chooses the user id "LOTUS.POND"
      When a tester looks in the journal for "WR-9.7"
      Then the journal shows nothing

    Scenario: A user id that is chosen because the first one was taken replaces none
      Given Asha has chosen the user id "lotus.pond" and a password
      And the bank has given Bilal the user id "lotus.pond"
      And Asha confirms the password
      And Asha chooses the user id "mango.tree"
      When a tester looks in the journal for "WR-9.7"
      Then the journal shows nothing
