Feature: Web registration, step 5: Send the mobile code again
  A customer who waits for the texted code in vain asks for a further one. The document says just that: who does not
  receive the code can have it sent again. Assumed is what keeps this from being abused: a pause between two codes, a
  limit to their number, and that a further code does not forgive wrong attempts.

  Rule: A further code replaces the one before

    @WR-5.1 @documented
    Scenario: A further code is texted, and the first one is void
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And 31 seconds pass
      When Asha asks for a further code
      Then Asha is asked for the texted code
      And Asha has been sent two codes by text message
      And the first texted code of Asha no longer works

  Rule: Codes are not sent without end

    Background:
      Given the bank's rule is that three further codes can be sent, 30 seconds apart

    @WR-5.2 @assumed
    Scenario: A customer who asks again at once is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha asks for a further code
      Then Asha is told to wait 30 seconds
      And Asha has been sent one code by text message
      And the texted code of Asha still works

    @WR-5.3 @assumed
    Scenario: After three further codes there are no more
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Asha waits and gets a further code three times
      When Asha asks for a further code
      Then Asha is told that no further code can be sent
      And Asha has been sent four codes by text message
      And the texted code of Asha still works

  Rule: A further code forgives nothing

    @WR-5.4 @assumed
    Scenario: Wrong attempts are kept when a further code is sent
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the texted code
      And Asha enters a wrong code twice
      And Asha waits and gets a further code once
      When Asha enters a wrong code once
      Then Asha is told that access is blocked until 09:30
