Feature: Web registration, step 3: Send the email code again
  A customer who waits for the mailed code in vain asks for a further one. The document says just that: who does not
  receive the code can have it sent again. Assumed is what keeps this from being abused: a pause between two codes, a
  limit to their number, and that a further code does not forgive wrong attempts, unless the bank wants it to.

  Rule: A further code replaces the one before

    @WR-3.1 @documented
    Scenario: A further code is mailed, and the first one is void
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 seconds pass
      When Asha asks for a further code
      Then Asha is asked for the mailed code
      And Asha has been sent two codes by email
      And the first mailed code of Asha no longer works

  Rule: Codes are not sent without end

    Background:
      Given the bank's rule is that three further codes can be sent, 30 seconds apart

    @WR-3.2 @assumed
    Scenario: A customer who asks again at once is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha asks for a further code
      Then Asha is told to wait 30 seconds
      And Asha has been sent one code by email
      And the mailed code of Asha still works

    @WR-3.3 @assumed
    Scenario: After three further codes there are no more
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and gets a further code three times
      When Asha asks for a further code
      Then Asha is told that no further code can be sent
      And Asha has been sent four codes by email
      And the mailed code of Asha still works

  Rule: A further code forgives nothing, unless the bank wants it to

    @WR-3.4 @assumed
    Scenario: Wrong attempts are kept when a further code is sent
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha waits and gets a further code once
      When Asha enters a wrong code once
      Then Asha is told that access is blocked until 09:30

    @WR-3.1 @documented
    Scenario: Where the bank forgives, a further code brings back all attempts
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a further code brings back all attempts
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha waits and gets a further code once
      When Asha enters a wrong code once
      Then Asha is told that two attempts are left
