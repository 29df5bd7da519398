Feature: Web registration, step 2: Verify the email code, at its boundaries
  What step 2 rests on, tried from both sides: the instants at which a code and a session end, what can be no code, what
  happens to a code that was used, replaced or sent elsewhere, and what outages of other systems do to it. The document
  says none of it: all of this is assumed.

  Rule: A code is good until the very instant at which it expires

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: The last millisecond of the code
      Given 4 minutes and 59 seconds and 999 milliseconds pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-2.4 @assumed
    Scenario Outline: Once the code has expired, <a code> is told as expired, and not counted
      Given Asha waits and has another code sent
      And 5 minutes pass
      When Asha enters <a code>
      Then Asha is told that the code has expired
      And Asha is asked for the mailed code
      And Asha still has three attempts

      Examples:
        | a code                | why                                              |
        | the mailed code       | it was the right one until this very instant     |
        | a wrong code          | no code is right any more                        |
        | the first mailed code | one that was replaced is no worse                |

    @WR-2.1 @assumed
    Scenario: Another code is valid for five minutes of its own
      Given 2 minutes pass
      And Asha asks for another code
      And 4 minutes and 59 seconds pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code

  Rule: Where the bank wants codes to be valid for longer, they are

    Background:
      Given the bank's rule is that a code is valid for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: The last second of ten minutes
      Given 9 minutes and 59 seconds pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha is told that the code has six digits and is valid for 10 minutes
      And the latest code sent to Asha by text message is said to be valid for 10 minutes

    @WR-2.4 @assumed
    Scenario: The end of ten minutes
      Given 10 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired

  Rule: A code that is valid for less than a minute is not said to be valid for none

    @WR-2.1 @assumed
    Scenario: Half a minute is told as one
      Given the bank's rule is that a code is valid for 30 seconds
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is told that the code has six digits and is valid for 1 minute
      And the latest code sent to Asha by text message is said to be valid for 1 minute

  Rule: What autofill leaves is ignored, and what can be no code is not counted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario Outline: The code is right <as it is typed>
      When Asha enters the mailed code <as it is typed>
      Then Asha is asked for the texted code

      Examples:
        | as it is typed                     |
        | with a blank in the middle         |
        | with a dash in the middle          |
        | with a long dash in the middle     |
        | with a no-break space in the middle |
        | with blanks around it              |
        | with a line break after it         |

    @WR-2.9 @assumed
    Scenario Outline: The code is none <as it is typed>
      When Asha enters the mailed code <as it is typed>
      Then Asha is told what is wrong with the code
      And Asha has been sent no code by text message
      And Asha still has three attempts

      Examples:
        | as it is typed                    | why                                   |
        | without its last digit            | five digits are too few               |
        | with a digit too many             | seven digits are too many             |
        | with a letter for its first digit | a code has digits only                |
        | in Devanagari digits              | they are digits, but not the code's   |
        | as blanks only                    | nothing is left without the blanks    |
        | as nothing at all                 | nothing was typed                     |

  Rule: Where the bank counts what can be no code, three of them block the customer

    Background:
      Given the bank's rule is that what can be no code counts as wrong
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.2 @assumed
    Scenario: The first of them is counted
      When Asha enters the mailed code without its last digit
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-2.3 @assumed
    Scenario: The third of them blocks
      Given Asha enters a wrong code twice
      When Asha enters the mailed code with a digit too many
      Then Asha is told that access is blocked until 09:30

  Rule: Where the codes have eight digits, six are no code

    @WR-2.9 @assumed
    Scenario: The first six digits of eight
      Given the bank's rule is that a code has more digits
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code without its last digit
      Then Asha is told what is wrong with the code

  Rule: A used or replaced code never works again

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-2.5 @assumed
    Scenario Outline: A used code is wrong when it comes again with the token that it was used with, <later>
      Given Asha uses a client that calls Cymmetri directly, and is asked <later>
      When the client enters the mailed code with the token that it has used already
      Then the client is told that the code is wrong
      And the client is told that two attempts are left
      And the client can still continue

      Examples:
        | later                   |
        | for the texted code     |
        | for proof of identity   |
        | to choose a user id     |
        | to choose a password    |
        | to confirm the password |

    @WR-2.6 @assumed
    Scenario Outline: Another code than the used one is not even looked at, <later>
      Given Asha uses a client that calls Cymmetri directly, and is asked <later>
      When the client enters a wrong mailed code with the token that it has used already
      Then the client is told that another step comes first
      And the client can still continue

      Examples:
        | later                 |
        | for the texted code   |
        | for proof of identity |

    @WR-2.5 @WR-2.3 @assumed
    Scenario: A client that repeats a used code three times blocks the customer
      Given Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      When the client enters the mailed code with the token that it has used already three times
      Then the client is told that access is blocked

    @WR-2.6 @assumed
    Scenario: After the registration is complete its used code is not even looked at
      Given Asha has registered with a client that calls Cymmetri directly
      When the client enters the mailed code with the token that it has used already
      Then the client is told that another step comes first
      And Asha can log in to the web site

    @WR-2.8 @WR-2.5 @assumed
    Scenario: The code of a customer without a mobile number is used all the same
      Given Esha, a customer of the bank without a registered mobile number
      And Esha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And the client enters the mailed code
      When the client enters the mailed code with the token that it has used already
      Then the client is told that the code is wrong

    @WR-2.5 @assumed
    Scenario: Each of several codes that were replaced is wrong
      Given Asha is asked for the mailed code
      And Asha waits and has another code sent twice
      When Asha enters the second mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha's mailed code still works

    @WR-2.5 @assumed
    Scenario: A code of the registration before is wrong although it was never used
      Given Asha is asked for the mailed code
      And Asha starts to register again
      When Asha enters the first mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-2.2 @assumed
    Scenario: The code of another customer is wrong
      Given Bilal, a customer of the bank who has never used the web site
      And Bilal is asked for the mailed code
      And Asha is asked for the mailed code
      When Asha enters Bilal's mailed code
      Then Asha is told that the code is wrong
      And Asha has been sent no code by text message
      And Bilal still has three attempts

  Rule: A code is never the same as one before it

    @WR-2.1 @assumed
    Scenario: Chance would have it that the second code is the first one again
      Given by chance the second code would be the same as the first
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And the first two codes sent to Asha by email differ

  Rule: The bank's changes of a contact count from the instant at which they are made

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: An address that is only written otherwise is the same
      Given the bank has written Asha's email address in capitals
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-2.11 @assumed
    Scenario: The code that went to an address that the bank no longer has is void
      Given the bank no longer has Asha's email address
      When Asha enters the code that went to the former email address
      Then Asha is told that the contact was changed after the code was sent
      And Asha has been sent no code by text message

    @WR-2.11 @assumed
    Scenario: A wrong code is not counted either once the address has changed
      Given the bank has changed Asha's email address
      When Asha enters a wrong code
      Then Asha is told that the contact was changed after the code was sent
      And Asha still has three attempts

    @WR-2.1 @assumed
    Scenario: The texted code goes to the number that the bank has by now
      Given the bank has changed Asha's mobile number
      When Asha enters the mailed code
      Then Asha is shown only part of the mobile number
      And Asha has been sent one code by text message
      And Asha has been sent no codes to the former mobile number

    @WR-2.8 @assumed
    Scenario: A customer whose number the bank has taken away meanwhile cannot continue online
      Given the bank no longer has Asha's mobile number
      When Asha enters the mailed code
      Then Asha is told that a mobile number must be registered first

    @WR-2.1 @assumed
    Scenario: A customer can continue while core banking cannot be asked for the contacts
      Given asking core banking about a customer fails
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message

  Rule: A session is good until the very instant at which it ends

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.4 @assumed
    Scenario: In the last millisecond of the session only the code has expired
      Given 29 minutes and 59 seconds and 999 milliseconds pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired

    @WR-2.10 @assumed
    Scenario Outline: At its end the session is over for <a code>, and nothing is counted
      Given 30 minutes pass
      When Asha enters <a code>
      Then Asha is told that the registration has timed out
      And Asha has been sent no code by text message
      And Asha still has three attempts after starting again

      Examples:
        | a code          |
        | the mailed code |
        | a wrong code    |

  Rule: Where the bank blocks after another number of attempts, that number counts

    @WR-2.3 @assumed
    Scenario: The first wrong code blocks
      Given the bank's rule is that one wrong attempt blocks for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:10

    @WR-2.2 @assumed
    Scenario: The fourth of five wrong codes does not block
      Given the bank's rule is that five wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code four times
      Then Asha is told that one attempt is left

  Rule: Only the customer's own token counts

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site
      And Bilal, a customer of the bank who has never used the web site
      And Bilal uses a client that calls Cymmetri directly, and is asked for the mailed code
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code

    @WR-2.2 @assumed
    Scenario: The right code with another customer's token is a wrong code of that customer's
      When the client enters the mailed code with Bilal's token
      Then the client is told that the code is wrong
      And the client is told that two attempts are left
      And Asha has been sent no code by text message
      And Bilal has been sent no code by text message
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: The token of a log-in opens no registration
      When the client enters the mailed code with the token of Chitra's log-in
      Then the client is told that the token is not accepted
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: The token of another bank opens no registration here
      When the client enters the mailed code with the token of the same registration at another bank
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: The token of a registration that was started again is dead
      Given Asha starts to register by customer number
      When the client enters the mailed code with the token from the previous step
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message

  Rule: The web site never comes by Cymmetri's tokens

    @assumed
    Scenario Outline: A customer who <does something> is shown no token
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha <does something>
      Then Asha is shown no token

      @WR-1.2
      Examples:
        | does something           |
        | starts to register again |

      @WR-2.1
      Examples:
        | does something         |
        | enters the mailed code |

  Rule: A refusal looks like one, unless the bank wants it otherwise

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-2.2 @assumed
    Scenario: By default a wrong code looks like a refusal
      Given Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters a wrong mailed code
      Then the client is told that the code is wrong
      And the refusal looks like a refusal

    @WR-2.2 @assumed
    Scenario: Where the bank wants it, a wrong code looks like a success
      Given the bank's rule is that Cymmetri's refusals look like successes
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters a wrong mailed code
      Then the client is told that the code is wrong
      And the refusal looks like a success

    @WR-2.1 @assumed
    Scenario: An outage never looks like a success
      Given the bank's rule is that Cymmetri's refusals look like successes
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And asking the mail gateway to deliver fails
      When the client enters the mailed code
      Then the client is told that the code could not be sent
      And the refusal looks like a refusal
