@sandbox
Feature: The sandbox, messages: emails and text messages of simulated people
  The bank's systems hand emails and text messages to the mail gateway. A message that is handed over again, because the
  answer was lost, is delivered once; one that the gateway could not take is delivered later.

  Rule: A message is delivered once

    Scenario: A message whose delivery was not confirmed is not delivered twice
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver succeeds once, but the answer is lost
      And Asha confirms the password
      When 30 minutes pass
      Then each message to Asha about the registration has come once

    Scenario: A message that could not be delivered is delivered later
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver fails three times
      And Asha confirms the password
      When 30 minutes pass
      Then each message to Asha about the registration has come once
