Feature: Web registration, step 3: Send the email code again, at its boundaries
  The bank wants every limit of step 3 to lie exactly where it was set, so each is tried from both sides: the moment at
  which the pause between two codes ends, the last code that is sent, and what counts towards either. The document says
  none of it: all of this is assumed.

  Rule: The pause between two codes lasts until the moment it ends

    Background:
      Given the bank's rule is that a code can be resent three times, 30 seconds apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-3.2 @assumed
    Scenario Outline: <time> after the code, the customer is told to wait <wait>
      Given <time> pass
      When Asha asks for another code
      Then Asha is told to wait <wait>
      And Asha has been sent one code by email

      Examples:
        | time                  | wait       | why                        |
        | 10 seconds            | 20 seconds | the rest of the pause      |
        | 28.5 seconds          | 2 seconds  | what is left is rounded up |
        | 29 seconds            | 1 second   | one second is left         |
        | just under 30 seconds | 1 second   | nearly over is not over    |

    @WR-3.1 @assumed
    Scenario: When the pause ends, another code is sent
      Given 30 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by email

    @WR-3.2 @assumed
    Scenario: Every pause begins with the newest code
      Given Asha waits and has another code sent
      And 29 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent two codes by email

    @WR-3.2 @assumed
    Scenario: Asking too soon does not make the pause longer
      Given 29 seconds pass
      And Asha asks for another code
      And 0.5 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent one code by email

    @WR-3.1 @assumed
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
      And Asha is asked for the mailed code

    @WR-3.2 @assumed
    Scenario: The next code that is sent begins a pause again, though one before it could not be sent
      Given 30 seconds pass
      And asking the mail gateway to deliver fails once
      And Asha asks for another code
      And Asha asks for another code
      When Asha asks for another code
      Then Asha is told to wait 30 seconds
      And Asha has been sent two codes by email

  Rule: Where the bank sets another pause, or none, that applies

    @WR-3.2 @assumed
    Scenario: A pause of a minute is not over after 59 seconds
      Given the bank's rule is that codes are a minute apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 59 seconds pass
      When Asha asks for another code
      Then Asha is told to wait 1 second
      And Asha has been sent one code by email

    @WR-3.1 @assumed
    Scenario: Where there is no pause, another code is sent at once
      Given the bank's rule is that codes need not be apart
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha asks for another code
      Then Asha has been sent two codes by email

  Rule: Every client is told how long to wait, and not only the person who reads the message

    @WR-3.2 @assumed
    Scenario: A client that asks again too soon is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And 10 seconds pass
      When the client asks for another mailed code
      Then the client is told to wait 20 seconds
      And Asha has been sent one code by email

    @WR-3.2 @assumed
    Scenario: The customer's browser is told to wait
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 10 seconds pass
      When Asha asks for another code
      Then Asha's browser is told to wait 20 seconds
      And Asha has been sent one code by email

  Rule: The last code that is allowed is sent, and no more

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-3.1 @assumed
    Scenario: The third resend of three is sent
      Given the bank's rule is that a code can be resent three times, 30 seconds apart
      And Asha is asked for the mailed code
      And Asha waits and has another code sent twice
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent four codes by email
      And Asha can have no more codes sent

    @WR-3.3 @assumed
    Scenario: Where one resend is allowed, the second is refused
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by email

    @WR-3.3 @assumed
    Scenario: However long the customer waits, no more codes are sent
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      And 29 minutes pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by email

    @WR-3.3 @assumed
    Scenario: Where no resend is allowed, the first is refused
      Given the bank's rule is that no code can be resent
      And Asha is asked for the mailed code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent one code by email

    @WR-3.3 @assumed
    Scenario: A code that could not be sent does not lift the limit on resends
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the mailed code
      And 30 seconds pass
      And asking the mail gateway to deliver fails once
      And Asha asks for another code
      And Asha asks for another code
      When Asha waits and asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent two codes by email

    @WR-3.1 @assumed
    Scenario: Where no resend is allowed, a first code that could not be sent can still be sent
      Given the bank's rule is that no code can be resent
      And asking the mail gateway to deliver fails once
      And Asha starts to register by customer number
      When Asha asks for another code
      Then Asha has been sent one code by email
      And Asha can have no more codes sent

    @WR-3.1 @assumed
    Scenario: A registration that is started again has resends of its own
      Given the bank's rule is that a code can be resent once
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      And Asha starts to register again
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent four codes by email

    @WR-3.1 @assumed
    Scenario: The resends of another customer are not counted
      Given the bank's rule is that a code can be resent once
      And Bilal, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Bilal is asked for the mailed code
      And Bilal waits and has another code sent
      When Asha asks for another code
      Then Asha has been sent two codes by email

  Rule: A resend counts towards the codes that a customer is sent in a day

    Background:
      Given the bank's rule is that a customer is sent four codes a day at most
      And Asha, a customer of the bank who has never used the web site

    @WR-3.3 @assumed
    Scenario: At the limit of a day no code is sent again, and the one in hand stays valid
      Given Asha has started to register four times
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha is told to come back in 23 hours and 59 minutes and 29 seconds
      And Asha's browser is told to wait 23 hours and 59 minutes and 29 seconds
      And Asha has been sent four codes by email
      And Asha's mailed code still works

    @WR-3.3 @assumed
    Scenario: At the limit of a day no code is sent to a new address either
      Given Asha has started to register four times
      And the bank has changed Asha's email address
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent no code by email

    @assumed
    Scenario: At the limit of a day the customer reads from when on it is possible again
      Given Asha has started to register four times
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is told "2026-01-06T09:00:00"

    @WR-3.1 @assumed
    Scenario: The customer is told the smaller of the two limits
      Given Asha has started to register twice
      And 31 seconds pass
      When Asha asks for another code
      Then Asha can have one more code sent

    @WR-1.11 @assumed
    Scenario: Codes that were sent again are counted when the customer starts over
      Given Asha has started to register twice
      And Asha waits and has another code sent twice
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha has been sent four codes by email

  Rule: A request that the browser repeats under the same number takes effect once

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha's browser sends its requests under the number "17"

    @WR-3.1 @assumed
    Scenario: A request for another code is repeated
      Given 31 seconds pass
      And Asha asks for another code
      When Asha asks for another code
      Then Asha is given the same answer as before
      And Asha can have two more codes sent
      And Asha has been sent two codes by email

    @WR-3.2 @assumed
    Scenario: A request that came too soon is refused again, though the pause is over by now
      Given Asha asks for another code
      And 31 seconds pass
      When Asha asks for another code
      Then Asha is given the same answer as before
      And Asha is told to wait 30 seconds
      And Asha has been sent one code by email

    @WR-3.1 @assumed
    Scenario: A request that failed in an outage is made again when it is repeated
      Given 31 seconds pass
      And asking the mail gateway to deliver fails once
      And Asha asks for another code
      When Asha asks for another code
      Then Asha can have two more codes sent
      And Asha has been sent two codes by email

  Rule: A number stands for the request of one customer only

    @assumed
    Scenario: Another customer's request is another one, though it has the same number
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Bilal is asked for the mailed code
      And Asha's browser sends its requests under the number "17"
      And Bilal's browser sends its requests under the number "17"
      And 31 seconds pass
      And Asha asks for another code
      When Bilal asks for another code
      Then Bilal is told that the number stands for another request
      And Bilal has been sent one code by email

  Rule: A resend goes by the session, the code and the customer's address as they are now

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-3.1 @assumed
    Scenario: A code that has expired can be replaced by another one
      Given Asha is asked for the mailed code
      And 29 minutes and 59 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by email
      And Asha's mailed code still works

    @assumed
    Scenario: In a session that has ended no code is sent
      Given Asha is asked for the mailed code
      And 30 minutes pass
      When Asha asks for another code
      Then Asha is told that the registration has timed out
      And Asha has been sent one code by email

    @assumed
    Scenario: A customer whose address the bank no longer has is sent no code
      Given Asha is asked for the mailed code
      And the bank no longer has Asha's email address
      When Asha asks for another code
      Then Asha is told that an email address must be registered first
      And Asha has been sent one code to the former email address

    @WR-3.1 @assumed
    Scenario: Once the bank has the address again, the customer goes on with the registration
      Given Asha is asked for the mailed code
      And the bank no longer has Asha's email address
      And Asha asks for another code
      And the bank has Asha's email address again
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by email
      And Asha's mailed code still works

    @WR-3.1 @assumed
    Scenario: A customer whose address has changed does not have to wait
      Given Asha is asked for the mailed code
      And the bank has changed Asha's email address
      When Asha asks for another code
      Then Asha has been sent one code by email

    @WR-3.3 @assumed
    Scenario: A customer whose address has changed has no more resends than any other
      Given Asha is asked for the mailed code
      And Asha waits and has another code sent three times
      And the bank has changed Asha's email address
      When Asha asks for another code
      Then Asha is told that no more codes can be sent
      And Asha has been sent no code by email

    @WR-2.1 @assumed
    Scenario: The code that went to the new address is accepted although core banking cannot be asked any more
      Given Asha is asked for the mailed code
      And the bank has changed Asha's email address
      And Asha asks for another code
      And asking core banking about a customer fails
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-3.1 @assumed
    Scenario: While core banking cannot be asked, the code goes to the address known so far
      Given Asha is asked for the mailed code
      And asking core banking about a customer fails
      And 31 seconds pass
      When Asha asks for another code
      Then Asha has been sent two codes by email

  Rule: Where a resend resets the wrong attempts, it resets those at the mailed code only

    @WR-2.3 @WR-3.2 @assumed
    Scenario: Another code that is not sent yet resets nothing
      Given the bank's rule is that another code resets the wrong attempts
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And Asha asks for another code
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:30

    @WR-3.1 @assumed
    Scenario: The wrong attempts at the card are not reset
      Given the bank's rule is that another code resets the wrong attempts
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha starts to register again
      When Asha waits and asks for another code
      Then Asha still has one attempt at the card
