@sandbox
Feature: The sandbox, registrations: a tester looks at all of them
  A tester sees every registration of a world, when it began and when something last came of it. The number of a
  customer's registration is all that it takes to go on with it, so it must be one that nobody can work out.

  Rule: A registration tells when something last came of it

    Background:
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And 5 minutes pass

    Scenario: Nothing has come of it since it began
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:00:00

    Scenario Outline: The user has asked to add the phone, and <what>
      Given asking TSG for a sign-up code <answers>
      And Chitra asks to add the phone by <contact>
      And 5 minutes pass
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:05:00

      Examples:
        | what                                   | contact                       | answers            |
        | was sent a code                        | email                         | takes a while once |
        | was refused, so that the status stayed | somebody else's email address | takes a while once |
        | was asked to try again later           | email                         | fails once         |

  Rule: Whatever is done in a registration changes it, refused or not; to look at it does not

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 4 minutes pass

    Scenario: While nothing is done in it, it stays as it began
      Given 4 minutes pass
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:00:00

    Scenario: A step that went well has changed it
      Given Asha enters the mailed code
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:04:00

    Scenario: A step that was refused has changed it, too
      Given Asha enters a wrong code
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:04:00

    Scenario: A step that nobody could take because of an outage has changed it as well
      Given Asha is asked for proof of identity
      And 4 minutes pass
      And asking Cymmetri which proofs are possible gets no connection
      And Asha asks which proofs are possible
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:08:00

    Scenario: What the customer asks for again and again changes it each time
      Given Asha asks for another code
      And 4 minutes pass
      And Asha asks for another code
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:00:00
      And something last came of it at 5 January 2026, 09:08:00

    Scenario: One that is started again is a new one
      Given Asha starts to register again
      When a tester looks at all registrations
      Then the latest registration is shown to have begun at 5 January 2026, 09:04:00
      And something last came of it at 5 January 2026, 09:04:00

  Rule: The history of a registration tells of each status that it went through

    Background:
      Given the bank's rule is that TSG pushes sign-ups
      And the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email

    Scenario Outline: A sign-up is in progress before it is complete, even when TSG's push <fares>
      Given TSG's push <fares>
      And 9 minutes and 50 seconds pass
      And Chitra types the sign-up code
      And 5 minutes pass
      When a tester looks at all registrations
      Then the latest registration is shown to have gone through each status on its way to Register_Complete

      Examples:
        | fares                          | why                                  |
        | is sent three times            | it comes before the sign-up lapses   |
        | is lost three times on its way | it comes when the sign-up has lapsed |

    Scenario: The history tells of a phone that could not be registered at once
      Given asking TSG to register a phone fails once
      And Chitra types the sign-up code
      When a tester looks at all registrations
      Then the latest deed in its history is that the phone was to be registered

  Rule: The history tells what led to each status

    Scenario Outline: It tells that a sign-up was completed by <what>
      Given the bank's rule is that <rule>
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      And 60 seconds pass
      When a tester looks at all registrations
      Then each deed in its history begins where the one before it ended
      And the sign-up was completed by <what>

      Examples:
        | rule                            | what   |
        | TSG pushes sign-ups             | a push |
        | the bank polls TSG for sign-ups | a poll |

  Rule: A client that waits for a registration is answered once it has come so far, or after the time that it asked for

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    Scenario Outline: A client that waits up to <time> is answered after about <wait>, as <why>
      When a client waits up to <time> until the registration asks <for what>
      Then the client is answered after about <wait>
      And the client is shown a registration that asks for the mailed code

      Examples:
        | time       | for what            | wait      | why                                  |
        | 1 second   | for the texted code | 1 second  | the customer has entered no code     |
        | 20 seconds | for the mailed code | 0 seconds | the customer is asked for it already |

    Scenario: A client that waits is answered as soon as the customer has gone on
      When a client waits up to 20 seconds until the registration asks for the texted code, and Asha goes on
      Then the client is answered after about 0 seconds
      And the client is shown a registration that asks for the texted code

  Rule: Registrations are shown newest first

    Scenario Outline: Two users open the app <how>
      Given Chitra, who already uses the web site
      And Hema, who already uses the web site
      And <first> opens the app on a new phone
      And 5 minutes pass
      And <second> opens the app on a new phone
      When a tester looks at all registrations
      Then the registrations are shown to be <second>'s and then <first>'s

      Examples:
        | how                        | first  | second |
        | one before the other       | Chitra | Hema   |
        | the other way round        | Hema   | Chitra |

  Rule: Nobody can work out the number of a registration

    Scenario: Two worlds that are made alike number their registrations differently
      Given Asha, a customer of the bank who has never used the web site
      And Asha starts to register by customer number
      And a tester looks at all registrations
      And a tester makes another world with the same people
      When Asha starts to register by customer number in the other world
      Then no registration there has the number of one here
