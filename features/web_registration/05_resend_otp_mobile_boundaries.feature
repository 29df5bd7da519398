Feature: Web registration, step 5: Send the mobile code again, at its boundaries
  The bank wants every limit of step 5 to lie exactly where it was set, so each is tried from both sides: the moment at
  which the pause between two codes ends, the last code that is sent, and what counts towards either. The document says
  none of it: all of this is assumed.

  Rule: The pause between two codes lasts until the moment it ends

    Background:
      Given the bank's rule is that a code can be resent three times, 30 seconds apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-5.2 @assumed
    Scenario Outline: <time> after the code, the customer is told to wait <wait>
      Given <time> pass
      When Asha asks for another code
      Then Asha is told to wait <wait>
      And Asha has been sent one code by text message

      Examples:
        | time                  | wait       | why                        |
        | 10 seconds            | 20 seconds | the rest of the pause      |
        | 28.5 seconds          | 2 seconds  | what is left is rounded up |
        | 29 seconds            | 1 second   | one second is left         |
        | just under 30 seconds | 1 second   | nearly over is not over    |

    @WR-5.1 @assumed
    Scenario: When the pause ends, another code is sent
      Given 30 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by text message

    @WR-5.2 @assumed
    Scenario: Every pause begins with the newest code
      Given Asha waits and has another code sent
      And 29 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent two codes by text message

    @WR-5.2 @assumed
    Scenario: Asking too soon does not make the pause longer
      Given 29 seconds pass
      And Asha asks for another code
      And 0.5 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent one code by text message

    @WR-5.1 @assumed
    Scenario: Asking too soon is not counted as a code
      Given Asha asks for another code
      And 30 seconds pass
      When Asha asks for another code
      Then Asha can have two more codes sent

    @assumed
    Scenario: There is no pause after a code that could not be sent
      Given 30 seconds pass
      And asking the mail gateway to deliver fails
      When Asha asks for another code
      Then Asha is told that the code could not be sent
      And Asha is told to come back in 5 seconds
      And Asha is asked for the texted code

    @WR-5.2 @assumed
    Scenario: The next code that is sent begins a pause again, though one before it could not be sent
      Given 30 seconds pass
      And asking the mail gateway to deliver fails once
      And Asha asks for another code
      And Asha asks for another code
      When Asha asks for another code
      Then Asha is told to wait 30 seconds
      And Asha has been sent two codes by text message

  Rule: Where the bank sets another pause, or none, that applies

    @WR-5.2 @assumed
    Scenario: A pause of a minute is not over after 59 seconds
      Given the bank's rule is that codes are a minute apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And 59 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent one code by text message

    @WR-5.1 @assumed
    Scenario: Where there is no pause, another code is sent at once
      Given the bank's rule is that codes need not be apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha asks for another code
      Then Asha has been sent two codes by text message

  Rule: Every client is told how long to wait, and not only the person who reads the message

    @WR-5.2 @assumed
    Scenario: A client that asks again too soon is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      And 10 seconds pass
      When the client asks for another texted code
      Then the client is told to wait 20 seconds
      And Asha has been sent one code by text message

    @WR-5.2 @assumed
    Scenario: The customer's browser is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And 10 seconds pass
      When Asha asks for another code
      Then Asha's browser is told to wait 20 seconds
      And Asha has been sent one code by text message

  Rule: The last code that is allowed is sent, and no more

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-5.1 @assumed
    Scenario: The third resend of three is sent
      Given the bank's rule is that a code can be resent three times, 30 seconds apart
      And Asha is asked for the texted code
      And Asha waits and has another code sent twice
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent four codes by text message
      And Asha can have no more codes sent

    @WR-5.3 @assumed
    Scenario: Where one resend is allowed, the second is refused
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the texted code
      And Asha waits and has another code sent
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by text message

    @WR-5.3 @assumed
    Scenario: A code that could not be sent does not lift the limit on resends
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the texted code
      And 30 seconds pass
      And asking the mail gateway to deliver fails once
      And Asha asks for another code
      And Asha asks for another code
      When Asha waits and asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by text message

    @WR-5.3 @assumed
    Scenario: However long the customer waits, no more codes are sent
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the texted code
      And Asha waits and has another code sent
      And 29 minutes pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by text message

    @WR-5.3 @assumed
    Scenario: Where no resend is allowed, the first is refused
      Given the bank's rule is that no code can be resent
      And Asha is asked for the texted code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent one code by text message

    @WR-5.1 @assumed
    Scenario: A registration that is started again has resends of its own
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the texted code
      And Asha waits and has another code sent
      And Asha starts to register again
      And Asha enters the mailed code
      When Asha waits and asks for another code
      Then Asha has been sent four codes by text message

    @WR-5.1 @assumed
    Scenario: The resends of the mailed code are not counted
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      And Asha enters the mailed code
      When Asha waits and asks for another code
      Then Asha has been sent two codes by text message

    @WR-5.2 @assumed
    Scenario: The pause begins with the texted code, not with the mailed one
      Given Asha is asked for the mailed code
      And 20 seconds pass
      And Asha enters the mailed code
      And 10 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 20 seconds
      And Asha has been sent one code by text message

    @WR-5.1 @assumed
    Scenario: The resends of another customer are not counted
      Given the bank's rule is that a code can be resent once
      And Bilal, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Bilal is asked for the texted code
      And Bilal waits and has another code sent
      When Asha asks for another code
      Then Asha has been sent two codes by text message

  Rule: A resend counts towards the codes that a customer is sent in a day

    Background:
      Given the bank's rule is that a customer is sent four codes a day at most
      And Asha, a customer of the bank who has never used the web site

    @WR-5.3 @assumed
    Scenario: At the limit of a day no code is sent again, and the one in hand stays valid
      Given Asha has started to register three times
      And Asha enters the mailed code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent one code by text message
      And Asha's texted code still works

    @WR-5.3 @assumed
    Scenario: At the limit of a day no code is sent to a new number either
      Given Asha has started to register three times
      And Asha enters the mailed code
      And the bank has changed Asha's mobile number
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent no code by text message

    @WR-2.1 @assumed
    Scenario Outline: After <mailed> by email and the first by text message, <left> can be sent
      Given Asha has started to register <times>
      When Asha enters the mailed code
      Then Asha can have <left> sent

      Examples:
        | mailed      | times       | left           |
        | one code    | once        | two more codes |
        | two codes   | twice       | one more code  |
        | three codes | three times | no more codes  |

    @WR-2.1 @assumed
    Scenario: The first texted code is sent even at the limit
      Given Asha has started to register four times
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message
      And Asha's texted code still works

  Rule: A resend goes by the session, the code and the customer's number as they are now

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-5.1 @assumed
    Scenario: A code that has expired can be replaced by another one
      Given Asha is asked for the texted code
      And 29 minutes and 59 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by text message
      And Asha's texted code still works

    @assumed
    Scenario: In a session that has ended no code is sent
      Given Asha is asked for the texted code
      And 30 minutes pass
      When Asha asks for another code
      Then Asha is told that the registration has timed out
      And Asha has been sent one code by text message

    @assumed
    Scenario: A customer whose number the bank no longer has is sent no code
      Given Asha is asked for the texted code
      And the bank no longer has Asha's mobile number
      When Asha asks for another code
      Then Asha is told that a mobile number must be registered first
      And Asha has been sent one code to the former mobile number

    @WR-5.1 @assumed
    Scenario: Once the bank has the number again, the customer goes on with the registration
      Given Asha is asked for the texted code
      And the bank no longer has Asha's mobile number
      And Asha asks for another code
      And the bank has Asha's mobile number again
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by text message
      And Asha's texted code still works

    @WR-5.1 @assumed
    Scenario: A customer whose number has changed does not have to wait
      Given Asha is asked for the texted code
      And the bank has changed Asha's mobile number
      When Asha asks for another code
      Then Asha has been sent one code by text message

    @WR-5.3 @assumed
    Scenario: A customer whose number has changed has no more resends than any other
      Given Asha is asked for the texted code
      And Asha waits and has another code sent three times
      And the bank has changed Asha's mobile number
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent no code by text message

    @WR-5.1 @assumed
    Scenario: While core banking cannot be asked, the code goes to the number known so far
      Given Asha is asked for the texted code
      And asking core banking about a customer fails
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by text message

  Rule: Where a resend resets the wrong attempts, it resets those at the texted code only

    @WR-4.3 @WR-5.2 @assumed
    Scenario: Another code that is not sent yet resets nothing
      Given the bank's rule is that another code resets the wrong attempts
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Asha enters a wrong code twice
      And Asha asks for another code
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:30

    @WR-5.1 @assumed
    Scenario: The wrong attempts at the card are not reset
      Given the bank's rule is that another code resets the wrong attempts
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha starts to register again
      And Asha enters the mailed code
      When Asha waits and asks for another code
      Then Asha still has one attempt at the card
