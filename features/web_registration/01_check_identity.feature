Feature: Web registration, step 1: Check identity
  A person who comes to the bank's web site says who they are, and is sent the right way: to log in, to register, or to
  a branch. The document says: whom Cymmetri knows logs in; whom only core banking knows registers, and gets a code by
  email; whom neither knows is told so. It leaves open what a blocked person is told. Assumed is what a careful bank does
  with unclear requests, missing contacts, dormant customers, outages and second attempts.

  Rule: Whom Cymmetri knows is sent to log in

    @WR-1.1 @documented
    Scenario Outline: A person who already uses the web site is sent to log in, found by <identity>
      Given Chitra, who already uses the web site
      When Chitra starts to register by <identity>
      Then Chitra is asked to log in
      And Chitra has been sent no code by email
      And the bank has never asked core banking about a customer

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |

    @WR-1.4 @implied
    Scenario: A blocked person is told when the block ends
      Given Hari, who uses the web site but is blocked for 30 minutes
      When Hari starts to register by customer number
      Then Hari is told that access is blocked until 09:30
      And no registration is left for Hari
      And nothing has been sent to anyone

    @WR-1.4 @implied
    Scenario: A person who is blocked for good is told of no end
      Given Hari, who uses the web site but is blocked for good
      When Hari starts to register by customer number
      Then Hari is told that access is blocked for good
      And no registration is left for Hari
      And nothing has been sent to anyone

  Rule: Whom only core banking knows begins to register

    @WR-1.2 @documented
    Scenario Outline: A customer who has never used the web site begins to register, found by <identity>
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by <identity>
      Then Asha is asked for the mailed code
      And Asha is shown only part of the email address
      And the bank has once asked core banking about a customer
      And Asha has been sent one code by email
      And Asha has been sent no code by text message

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |
        | card number     |

    @WR-1.2 @documented
    Scenario Outline: The code has <digits> where the bank wants <wish>
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a code has <wish>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And the newest code of Asha by email has <digits>

      Examples:
        | wish              | digits       |
        | the usual length  | six digits   |
        | more digits       | eight digits |

    @WR-1.7 @assumed
    Scenario: A customer without a registered email address cannot register online
      Given Dev, a customer of the bank without a registered email address
      When Dev starts to register by customer number
      Then Dev is told that an email address must be registered first
      And Dev is told "Update your contact details at a branch"
      And no registration is left for Dev
      And nothing has been sent to anyone

    @WR-1.9 @assumed
    Scenario Outline: A customer <whose account has ended> cannot register online
      Given Gita, a customer of the bank <whose account has ended>
      When Gita starts to register by customer number
      Then Gita is told that registering online is not possible
      And Gita is not told why
      And no registration is left for Gita
      And nothing has been sent to anyone

      Examples:
        | whose account has ended |
        | who is dormant          |
        | whose account is closed |
        | who has died            |

  Rule: Whom neither knows is told so

    @WR-1.3 @documented
    Scenario Outline: A stranger is told that the bank knows no such person, looked for by <identity>
      Given Zubin, a stranger to the bank
      When Zubin starts to register by <identity>
      Then Zubin is told that the bank knows no such person
      And no registration is left for Zubin
      And nothing has been sent to anyone

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |

  Rule: An unclear request is answered with what is wrong with it

    @WR-1.6 @assumed
    Scenario Outline: A person who starts <wrongly> is told what is wrong
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <wrongly>
      Then Asha is told what is wrong with <what>
      And no registration is left for Asha
      And nothing has been sent to anyone

      Examples:
        | wrongly                                | what                 |
        | without naming the browser             | the browser          |
        | without saying who asks                | the identity         |
        | by shoe size                           | the kind of identity |
        | by a mobile number with letters in it  | the identity         |
        | by a card number with a digit too few  | the card number      |

  Rule: An outage is never told as a fact about the customer

    @WR-1.5 @assumed
    Scenario Outline: While asking core banking <goes wrong>, a customer is asked to come back later
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer <goes wrong>
      When Asha starts to register by customer number
      Then Asha is told that it should be tried again later
      And no registration is left for Asha
      And nothing has been sent to anyone

      Examples:
        | goes wrong         |
        | finds nobody there |
        | takes too long     |
        | brings nonsense    |

    @WR-1.8 @assumed
    Scenario: A customer is told that the code could not be sent
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver fails
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha is asked for the mailed code
      And nothing has been sent to anyone

    @WR-1.8 @assumed
    Scenario: A code that could not be sent can be had at once when the mail works again
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver fails once
      And Asha starts to register by customer number
      When Asha asks for a further code
      Then Asha has been sent one code by email
      And the mailed code of Asha still works

  Rule: Starting again ends the attempt before, and forgives nothing

    @WR-1.10 @assumed
    Scenario: A customer who starts again gets a new code, and the first attempt is over
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha has been sent two codes by email
      And the first attempt of Asha leads nowhere
      And the mailed code of Asha still works

    @WR-1.10 @assumed
    Scenario: A customer who starts again keeps the wrong attempts
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha starts to register again
      When Asha enters a wrong code once
      Then Asha is told that access is blocked until 09:30
