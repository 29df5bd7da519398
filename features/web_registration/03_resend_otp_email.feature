Feature: Web registration, step 3: Send the email code again
  A customer who has not received the mailed code asks for another one. The document says only that the code can be sent
  again. That a blocked customer is sent none is implied. What prevents abuse is assumed: a pause between two codes, a
  limit to their number, that the first code is void, and that a resend does not reset the wrong attempts unless the
  bank wants it to.

  Rule: A new code replaces the previous one

    @WR-3.1 @documented
    Scenario: A customer who asks for another code is sent one
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is asked for the mailed code
      And Asha has been sent two codes by email

    @WR-3.1 @assumed
    Scenario: The new code makes the first one void
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha's first mailed code no longer works
      And Asha's mailed code still works

    @WR-3.1 @assumed
    Scenario: The customer is told where the new code went, and how many more can be sent and when
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is shown only part of the email address
      And Asha can have two more codes sent
      And Asha is told that another code can be sent in 30 seconds

    @WR-3.1 @documented
    Scenario: The new code takes the customer to the next step
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-3.1 @assumed
    Scenario: A code that could not be sent again can be requested again at once, and is not counted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And asking the mail gateway to deliver fails once
      And 31 seconds pass
      And Asha asks for another code
      When Asha asks for another code
      Then Asha has been sent two codes by email
      And Asha can have two more codes sent
      And Asha's mailed code still works

  Rule: A customer must wait between two codes, and is sent only so many

    Background:
      Given the bank's rule is that a code can be resent three times, 30 seconds apart

    @WR-3.2 @assumed
    Scenario: A customer who asks again too soon is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha asks for another code
      Then Asha is told to wait 30 seconds
      And Asha has been sent one code by email
      And Asha's mailed code still works

    @WR-3.3 @assumed
    Scenario: After three resends no more codes are sent
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and has another code sent three times
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent four codes by email
      And Asha's mailed code still works

  Rule: A blocked customer is sent no code

    @WR-3.5 @implied
    Scenario: A blocked customer who asks for another code is refused
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And the client enters a wrong mailed code three times
      And 31 seconds pass
      When the client asks for another mailed code
      Then the client is told that access is blocked until 09:30
      And Asha has been sent one code by email

  Rule: A resend does not reset the wrong attempts, unless the bank wants it to

    @WR-3.4 @assumed
    Scenario: The wrong attempts still count after a resend
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha waits and has another code sent
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:30
      And Asha has been sent no code by text message

    @WR-3.1 @assumed
    Scenario: Where the bank wants it, a resend resets the wrong attempts
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that another code resets the wrong attempts
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha waits and has another code sent
      When Asha enters a wrong code
      Then Asha is told that two attempts are left
