Feature: Web registration, step 2: Verify the email code
  A customer who registers proves to read the registered email address by entering the code that was mailed there.
  The document says: the right code leads on, and a code goes to the registered mobile; wrong codes are counted, and too
  many block the customer. That a blocked customer's right code is refused is implied. Assumed are the answers to late,
  replaced and used codes, to calls out of order, and to customers without a mobile number.

  Rule: The right code leads on

    @WR-2.1 @documented
    Scenario: The right code leads to the code for the mobile
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha is shown only part of the mobile number
      And Asha has been sent one code by text message

    @WR-2.8 @assumed
    Scenario: A customer without a registered mobile number cannot go on online
      Given Esha, a customer of the bank without a registered mobile number
      And Esha is asked for the mailed code
      When Esha enters the mailed code
      Then Esha is told that a mobile number must be registered first
      And Esha is told "The email is verified"
      And Esha is told "Update your contact details at a branch"
      And Esha has been sent no code by text message

  Rule: Wrong codes are counted, and too many block

    @WR-2.2 @documented
    Scenario: A wrong code is counted
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code once
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the mailed code

    @WR-2.3 @documented
    Scenario: The third wrong code blocks the customer for a while
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked until 09:30
      And Asha has been sent no code by text message

    @WR-2.3 @documented
    Scenario: Where the bank blocks for good, the third wrong code does
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for good
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked for good
      And Asha has been sent no code by text message

    @WR-2.2 @documented
    Scenario: Where Cymmetri's refusals look like successes, a wrong code is wrong all the same
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that Cymmetri's refusals look like successes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code once
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-2.7 @implied
    Scenario: A blocked customer's right code is refused all the same
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the mailed code
      And the careless web site enters a wrong mailed code three times
      When the careless web site enters the mailed code with the proof of the step before
      Then the careless web site is told that access is blocked
      And Asha has been sent no code by text message

  Rule: A code is good for a while, and once

    Background:
      Given the bank's rule is that a code holds for five minutes
      And the bank's rule is that three wrong attempts block for 30 minutes

    @WR-2.4 @assumed
    Scenario: A code that comes too late is refused, and not counted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 6 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired
      And Asha can ask for a further code
      And Asha still has three attempts

    @WR-2.5 @assumed
    Scenario: A code that was replaced by a further one is wrong
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and gets a further code once
      When Asha enters the first mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-2.5 @assumed
    Scenario: A code that was used in an earlier attempt is wrong
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Asha starts to register again
      When Asha enters the first mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

  Rule: Nobody gets here but from the step before

    @WR-2.6 @assumed
    Scenario Outline: A web site that enters the code <how> is refused
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the mailed code
      When the careless web site enters the mailed code <how>
      Then the careless web site is told that the proof is not accepted
      And Asha has been sent no code by text message

      Examples:
        | how                                    |
        | without a proof of the step before     |
        | with a forged proof of the step before |

    @WR-2.6 @assumed
    Scenario: A web site that waits too long is refused
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the mailed code
      And 31 minutes pass
      When the careless web site enters the mailed code with the proof of the step before
      Then the careless web site is told that the proof is not accepted
      And Asha has been sent no code by text message

    @WR-2.6 @assumed
    Scenario: A web site that comes back to this step later is refused
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for proof of identity
      When the careless web site enters the mailed code with the proof of the step before
      Then the careless web site is told that another step comes first
      And Asha has been sent one code by text message
