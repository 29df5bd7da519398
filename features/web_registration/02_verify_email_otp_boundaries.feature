Feature: Web registration, step 2: Verify the email code, at its boundaries
  The bank wants every limit of step 2 to lie exactly where it was set, so each is tried from both sides: the moment at
  which a code or a session ends, what can be a code, what happens to a code that was used, replaced or sent elsewhere,
  and what outages of other systems do to it. The document says none of it: all of this is assumed.

  Rule: A code is valid until the moment it expires

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: Just before it expires, the code is accepted
      Given just under 5 minutes pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-2.4 @assumed
    Scenario Outline: Once the code has expired, <a code> is refused as expired, and not counted
      Given Asha waits and has another code sent
      And 5 minutes pass
      When Asha enters <a code>
      Then Asha is told that the code has expired
      And Asha is asked for the mailed code
      And Asha has been sent no code by text message
      And Asha still has three attempts

      Examples:
        | a code                | why                                         |
        | the mailed code       | it was the right one until this moment      |
        | a wrong code          | no code is right any more                   |
        | the first mailed code | it makes no difference that it was replaced |

    @WR-2.1 @assumed
    Scenario: Another code is valid for five minutes from when it was sent
      Given 2 minutes pass
      And Asha asks for another code
      And 4 minutes and 59 seconds pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code

  Rule: Where the bank lets codes be valid for longer, that time applies

    Background:
      Given the bank's rule is that a code is valid for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: In the last second of ten minutes the code is accepted
      Given 9 minutes and 59 seconds pass
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha is told that the code has six digits and is valid for 10 minutes
      And the latest code sent to Asha by text message is said to be valid for 10 minutes

    @assumed
    Scenario Outline: Where <another can be sent or not>, a customer whose code has expired is told "<advice>"
      Given the bank's rule has become that <another can be sent or not>
      And 10 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired
      And Asha is told "<advice>"

      Examples:
        | another can be sent or not                         | advice          |
        | a code can be resent three times, 30 seconds apart | Ask for another |
        | no code can be resent                              | Begin again     |

    @WR-2.4 @assumed
    Scenario: After ten minutes the code is refused as expired
      Given 10 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired
      And Asha has been sent no code by text message

  Rule: A code that is valid for less than a minute is not said to be valid for none

    @WR-2.1 @assumed
    Scenario: Half a minute is told as one
      Given the bank's rule is that a code is valid for 30 seconds
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is told that the code has six digits and is valid for 1 minute
      And the latest code sent to Asha by text message is said to be valid for 1 minute

  Rule: Spaces and dashes around or inside a code are ignored, and what cannot be a code is not counted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario Outline: The right code typed <as autofill leaves it> is accepted
      When Asha enters the mailed code <as autofill leaves it>
      Then Asha is asked for the texted code

      Examples:
        | as autofill leaves it                   |
        | with a long dash in the middle          |
        | with a non-breaking space in the middle |
        | with a line break after it              |

    @WR-2.9 @assumed
    Scenario Outline: What is typed <wrongly> cannot be a code
      When Asha enters the mailed code <wrongly>
      Then Asha is told what is wrong with the code
      And Asha has been sent no code by text message
      And Asha still has three attempts

      Examples:
        | wrongly              | why                                         |
        | in Devanagari digits | a code is sent, and typed, in digits 0 to 9 |
        | as spaces only       | nothing is left without the spaces          |
        | as nothing at all    | nothing was typed                           |

  Rule: Where the bank counts what cannot be a code as wrong, three of them block the customer

    Background:
      Given the bank's rule is that anything that cannot be a code counts as wrong
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.2 @assumed
    Scenario: The first one is counted
      When Asha enters the mailed code without its last digit
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha has been sent no code by text message

    @WR-2.3 @assumed
    Scenario: The third one blocks the customer
      Given Asha enters a wrong code twice
      When Asha enters the mailed code with a digit too many
      Then Asha is told that access is blocked until 09:30
      And Asha has been sent no code by text message

  Rule: Where codes have eight digits, both do, and fewer cannot be a code

    @WR-2.9 @assumed
    Scenario: Seven of eight digits are refused on the spot, and not counted
      Given the bank's rule is that a code has eight digits
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code without its last digit
      Then Asha is told what is wrong with the code
      And Asha still has three attempts

    @WR-2.1 @assumed
    Scenario: The texted code has eight digits, too, and the customer is told so
      Given the bank's rule is that a code has eight digits
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is told that the code has eight digits and is valid for 5 minutes
      And the latest code sent to Asha by text message has eight digits

  Rule: A used or replaced code never works again

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-2.5 @assumed
    Scenario Outline: A used code that comes again is wrong and counted, also when the customer is by now asked <later>
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
    Scenario Outline: A code other than the used one is not even looked at when the customer is by now asked <later>
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
      Then the client is told that access is blocked until 09:30

    @WR-2.6 @assumed
    Scenario: After the registration is complete, its used code is not even looked at
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
    Scenario: Of three codes only the newest works
      Given Asha is asked for the mailed code
      And Asha waits and has another code sent twice
      When Asha enters the second mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha's mailed code still works

    @WR-2.5 @assumed
    Scenario: A code from an earlier registration is wrong although it was never used
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

  Rule: A new code is never the same as the one that it replaces

    @WR-2.1 @assumed
    Scenario: By chance the second code would be the same as the first, so another one is chosen
      Given by chance the second code would be the same as the first
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha waits and has another code sent
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And the first two codes sent to Asha by email differ

  Rule: A contact that the bank has changed applies at once

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.1 @assumed
    Scenario: An address that is only written in other letters is the same address
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
      And Asha has been sent no code by text message
      And Asha still has three attempts

    @WR-3.1 @assumed
    Scenario: Once the change is known, another code goes to the new address although core banking cannot be asked
      Given the bank has changed Asha's email address
      And Asha enters a wrong code
      And asking core banking about a customer fails
      When Asha asks for another code
      Then Asha has been sent one code by email
      And Asha has been sent one code to the former email address

    @WR-2.1 @assumed
    Scenario: The texted code goes to the number that the bank has now
      Given the bank has changed Asha's mobile number
      When Asha enters the mailed code
      Then Asha is shown only part of the mobile number
      And Asha has been sent one code by text message
      And Asha has been sent no codes to the former mobile number

    @WR-2.8 @assumed
    Scenario: A customer whose number the bank has removed meanwhile cannot continue online
      Given the bank no longer has Asha's mobile number
      When Asha enters the mailed code
      Then Asha is told that a mobile number must be registered first
      And Asha has been sent no codes to the former mobile number

    @WR-2.11 @assumed
    Scenario: The code of a customer whom core banking no longer knows is void
      Given asking core banking about a customer finds nobody
      When Asha enters the mailed code
      Then Asha is told that the contact was changed after the code was sent
      And Asha has been sent no code by text message

    @WR-2.1 @assumed
    Scenario: A customer can continue while core banking cannot be asked for the contacts
      Given asking core banking about a customer fails
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message

  Rule: A right code whose answer was lost is not counted as wrong when it is entered again

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And asking Cymmetri to check the mailed code succeeds once, but the answer is lost

    @WR-1.2 @assumed
    Scenario: The bank finds out at once that the code was right
      Given Asha enters the mailed code
      When Asha enters the mailed code
      Then Asha still has three attempts after starting again

    @WR-1.2 @assumed
    Scenario: The bank finds out when the customer enters the code again
      Given asking Cymmetri which user id the bank holds fails once
      And Asha enters the mailed code
      When Asha enters the mailed code
      Then Asha still has three attempts after starting again

    @WR-1.2 @assumed
    Scenario: While the bank cannot find out, the code is not checked a second time
      Given asking Cymmetri which user id the bank holds fails twice
      And Asha enters the mailed code
      When Asha enters the mailed code
      Then Asha is told to try again later
      And Asha still has three attempts after starting again

  Rule: A session is open until the moment it ends

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.4 @assumed
    Scenario: Just before the session ends, only the code has expired
      Given just under 30 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired
      And Asha has been sent no code by text message

    @WR-2.10 @assumed
    Scenario Outline: When the session ends, <a code> comes too late, and nothing is counted
      Given 30 minutes pass
      When Asha enters <a code>
      Then Asha is told that the registration has timed out
      And Asha has been sent no code by text message
      And Asha still has three attempts after starting again

      Examples:
        | a code          |
        | the mailed code |
        | a wrong code    |

  Rule: Where the bank blocks after another number of attempts, that number applies

    @WR-2.3 @assumed
    Scenario: Where one wrong attempt blocks, the first wrong code blocks the customer
      Given the bank's rule is that one wrong attempt blocks for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:10
      And Asha has been sent no code by text message

    @WR-2.2 @assumed
    Scenario: Where five wrong attempts block, the fourth wrong code leaves one attempt
      Given the bank's rule is that five wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code four times
      Then Asha is told that one attempt is left

  Rule: Only the customer's own token is accepted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site
      And Bilal, a customer of the bank who has never used the web site
      And Bilal uses a client that calls Cymmetri directly, and is asked for the mailed code
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code

    @WR-2.2 @assumed
    Scenario: The right code with another customer's token is a wrong code for that other customer
      When the client enters the mailed code with Bilal's token
      Then the client is told that the code is wrong
      And the client is told that two attempts are left
      And Asha has been sent no code by text message
      And Bilal has been sent no code by text message
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: The token of a login does not work in a registration
      When the client enters the mailed code with the token of Chitra's login
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: The token of another bank does not work here
      When the client enters the mailed code with the token of the same registration at another bank
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message
      And the client can still continue

    @WR-2.6 @assumed
    Scenario: Once the customer has started again, the token of the earlier registration does not work
      Given Asha starts to register by customer number
      When the client enters the mailed code with the token from the previous step
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message
      And Asha is asked for the mailed code

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

    @WR-2.2 @assumed
    Scenario: Where a wrong code looks like a success to the web site, the customer is refused all the same
      Given the bank's rule is that Cymmetri's refusals look like successes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha has been sent no code by text message

    @WR-2.1 @assumed
    Scenario: An outage never looks like a success
      Given the bank's rule is that Cymmetri's refusals look like successes
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And asking the mail gateway to deliver fails
      When the client enters the mailed code
      Then the client is told that the code could not be sent
      And the refusal looks like a refusal

  Rule: A code that the browser sends again under the same number is looked at once, and for one step only

    @WR-2.2 @assumed
    Scenario: A wrong code that is sent again is counted once
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha's browser sends its requests under the number "17"
      And Asha enters a wrong code
      When Asha enters a wrong code
      Then Asha is given the same answer as before
      And Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-2.1 @assumed
    Scenario: The same code at the next step is another request
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha's browser sends its requests under the number "17"
      And Asha enters the mailed code
      When Asha enters the mailed code
      Then Asha is told that the number stands for another request
      And Asha is asked for the texted code
