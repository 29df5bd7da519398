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

  Rule: A message that a client hands over again under its number is the same message

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And a client hands over an email to Asha under the number "17"

    Scenario: The same number twice is one message
      When a client hands over an email to Asha under the number "17"
      Then Asha has been sent one message by the client

    Scenario: A text message that comes twice under its number comes once, beside the email
      Given a client hands over a text message to Asha under the number "18"
      When a client hands over a text message to Asha under the number "18"
      Then Asha has been sent two messages by the client

    Scenario: Another number is another message
      When a client hands over an email to Asha under the number "18"
      Then Asha has been sent two messages by the client

    Scenario: Without a number, each message is another one
      Given a client hands over an email to Asha
      When a client hands over an email to Asha
      Then Asha has been sent three messages by the client

    Scenario: The same number in another world is another message
      Given a tester makes another world with the same people
      When a client hands over an email to Asha under the number "17" in the other world
      Then Asha has been sent one message by the client
      And Asha has been sent one message by the client in the other world

  Rule: What could not be delivered is tried again after longer and longer pauses

    Scenario Outline: <time> after the second try to deliver, the mail gateway has been asked <times> in all: <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver fails
      And Asha confirms the password
      And 5 seconds pass
      When <time> pass
      Then the bank has asked the mail gateway to deliver <times>
      And Asha has never been notified that the registration is complete

      Examples:
        | time                  | times       | why                                                     |
        | 0 seconds             | six times   | two codes before, and two messages twice each           |
        | just under 10 seconds | six times   | the second pause is longer than the first, of 5 seconds |
        | 10 seconds            | eight times | it is twice as long                                     |

  Rule: A tester finds the messages that were looked for

    Scenario: A tester who has seen a message is shown those that came after it
      Given Chitra, who is adding a new phone by email
      When Chitra asks to add the phone by email
      Then a tester who asks for what came after Chitra's first email is shown the others

    Scenario Outline: A tester who asks for the <kind> alone is shown all of them, and no others
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by text message
      When Chitra asks to add the phone by email
      Then a tester who asks for the <kind> alone is shown all of them, and no others

      Examples:
        | kind          |
        | emails        |
        | text messages |
        | sign-up codes |

    Scenario Outline: A tester who asks <whom> for the latest two emails is shown those
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by email
      When Chitra asks to add the phone by email
      Then a tester who asks <whom> for Chitra's latest two emails is shown those

      Examples:
        | whom              |
        | the mail gateway  |
        | the control plane |

    Scenario Outline: A message is found under the <address>
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by text message
      When Chitra asks to add the phone by email
      Then a tester who writes Chitra's <address> finds the same messages

      Examples:
        | address                                |
        | email address in capitals              |
        | email address with spaces around it    |
        | mobile number with spaces and dashes   |
        | mobile number without its country code |

    Scenario: A tester who asks from an instant on is shown what came after it
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by email
      And 1 second passes
      When Chitra asks to add the phone by email
      Then a tester who asks for what came after the time of Chitra's first email is shown the others

    Scenario: The newest message is the one that came last, even when the clock was set back before it came
      Given Chitra, who is adding a new phone by email
      And a tester sets the clock to 31 December 2025, 23:59:59
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code was sent

    Scenario: The inbox shows whose a message is, to whichever address it came
      Given Chitra, who is adding a new phone by email
      When Chitra asks to add the phone by text message
      Then the inbox shows Chitra's name with every message, whether it came by email or by text message
