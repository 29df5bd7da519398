Feature: Web registration, step 4: Verify the mobile code
  A customer whose email address is verified proves to hold the registered mobile number by entering the code that was
  texted there. The document says: the right code leads on; wrong codes are counted, and too many block the customer.
  That a blocked customer's right code is refused is implied. Assumed are the answers to late, replaced and mixed-up
  codes, and to calls out of order.

  Rule: The right code leads on

    @WR-4.1 @documented
    Scenario: The right code leads to the proof of identity
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: Wrong codes are counted, and too many block

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-4.2 @documented
    Scenario: A wrong code is counted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters a wrong code once
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the texted code

    @WR-4.3 @documented
    Scenario: The third wrong code blocks the customer
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked until 09:30

    @WR-4.7 @implied
    Scenario: A blocked customer's right code is refused all the same
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the texted code
      And the careless web site enters a wrong texted code three times
      When the careless web site enters the texted code with the proof of the step before
      Then the careless web site is told that access is blocked

  Rule: A code is good for a while, and for its step only

    Background:
      Given the bank's rule is that a code holds for five minutes
      And the bank's rule is that three wrong attempts block for 30 minutes

    @WR-4.4 @assumed
    Scenario: A code that comes too late is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And 6 minutes pass
      When Asha enters the texted code
      Then Asha is told that the code has expired
      And Asha can ask for a further code
      And Asha still has three attempts

    @WR-4.5 @assumed
    Scenario: A code that was replaced by a further one is wrong
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Asha waits and gets a further code once
      When Asha enters the first texted code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-4.5 @assumed
    Scenario: The code from the email is wrong here
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters the mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the texted code

  Rule: The document's pages for the two codes are mixed up, and are served as they stand unless the bank objects

    @WR-4.1 @documented
    Scenario Outline: A web site that follows the document to the letter verifies the code on <page>
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the texted code
      When the careless web site enters the texted code on <page>
      Then the careless web site is let on

      Examples:
        | page                         |
        | the page for the mailed code |
        | the page for either code     |

    @WR-2.6 @assumed
    Scenario: Where the bank objects, a code is verified on its own page only
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that each code has its own page
      And a careless web site has Asha asked for the texted code
      When the careless web site enters the texted code on the page for the mailed code
      Then the careless web site is told that another step comes first

  Rule: Nobody gets here but from the step before

    @WR-4.6 @assumed
    Scenario: A web site that skips the email is refused
      Given Asha, a customer of the bank who has never used the web site
      And a careless web site has Asha asked for the mailed code
      When the careless web site enters the texted code with the proof of the step before
      Then the careless web site is told that another step comes first
      And Asha has been sent no code by text message
