@sandbox
Feature: The sandbox, phones: a tester looks at all of them
  A tester sees each phone of the world as TSG knows it. A phone without a network cannot ask TSG, and stays as it was
  last shown; the others are not concerned.

  Rule: Each phone that is online shows what TSG says

    Background:
      Given Jai, who uses the web site from an active phone
      And Indu, who uses the web site from a phone that only TSG knows

    Scenario: Phones that TSG has registered
      When a tester looks at all phones
      Then Jai's phone is shown as registered
      And Indu's phone is shown as registered

    Scenario: A phone that is offline does not hide what TSG says of the next
      Given Jai's phone is offline
      When a tester looks at all phones
      Then Indu's phone is shown as registered

    Scenario: A phone that TSG has unregistered, beside one that it has not
      Given TSG has unregistered Jai's phone
      When a tester looks at all phones
      Then Jai's phone is shown as not registered
      And Indu's phone is shown as registered

  Rule: A phone that cannot ask TSG shows what it was last told

    Background:
      Given Jai, who uses the web site from an active phone
      And a tester looks at all phones

    Scenario: A phone that TSG has unregistered while it is offline
      Given Jai's phone is offline
      And TSG has unregistered Jai's phone
      When a tester looks at all phones
      Then Jai's phone is shown as registered

    Scenario: A phone that is back online
      Given Jai's phone is offline
      And TSG has unregistered Jai's phone
      And Jai's phone is online again
      When a tester looks at all phones
      Then Jai's phone is shown as not registered

    Scenario Outline: Asking TSG <goes wrong>
      Given asking TSG whether a phone is registered <goes wrong>
      When a tester looks at all phones
      Then Jai's phone is shown as registered

      Examples:
        | goes wrong         |
        | fails              |
        | gets no connection |
        | returns garbage    |

  Rule: A phone shows what last happened on it

    Background:
      Given Chitra, who is adding a new phone by email

    Scenario: A sign-up code that TSG has taken
      When Chitra types the sign-up code
      Then Chitra's phone shows that the sign-up code was sent

    Scenario: A sign-up code that TSG has refused
      When Chitra types a wrong sign-up code
      Then Chitra's phone shows that the sign-up code was refused

    Scenario: A sign-up code that could not be sent
      Given asking TSG to take a sign-up code gets no connection
      When Chitra types the sign-up code
      Then Chitra's phone shows that TSG could not be reached

    Scenario Outline: A sign-up code that waits for the network, <then>
      Given Chitra's phone is offline
      And Chitra types the sign-up code
      When Chitra's phone is <then>
      Then Chitra's phone shows that <what>

      Examples:
        | then         | what                                   |
        | offline      | the sign-up code waits for the network |
        | online again | the sign-up code was sent              |

  Rule: A phone can have a name of up to 100 letters of any script

    Scenario Outline: A phone can be called by 100 letters of <script>
      Given Jai, who uses the web site from an active phone
      When a tester buys a phone whose name has 100 letters of <script>
      Then there is such a phone

      Examples:
        | script  | why                                                   |
        | Latin   | a letter is one byte                                  |
        | Kannada | a letter is three bytes: it is the letter that counts |

  Rule: A phone that is back online sends what was typed meanwhile in the order in which it was typed

    Background:
      Given the bank's rule is that a phone must wait after ten wrong sign-up codes
      And Chitra, who is adding a new phone by email
      And Chitra's phone is offline

    Scenario: Eight wrong codes, then the right one, then two more wrong ones
      Given Chitra types a wrong sign-up code eight times
      And Chitra types the sign-up code
      And Chitra types a wrong sign-up code twice
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete

    Scenario: The right code, then ten wrong ones
      Given Chitra types the sign-up code
      And Chitra types a wrong sign-up code ten times
      When Chitra's phone is online again
      Then Chitra's phone is Register_Complete

    Scenario: Ten wrong codes, then the right one
      Given Chitra types a wrong sign-up code ten times
      And Chitra types the sign-up code
      When Chitra's phone is online again
      Then Chitra's phone is Sign_Up_In_Progress
