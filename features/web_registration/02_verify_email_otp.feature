Feature: Web registration, step 2: Verify the email code
  A customer proves that the registered email address is theirs by entering the code that was mailed to it. The document
  says: with the right code the customer goes on to the next step, and a code is sent to the registered mobile; wrong
  codes are counted, and too many block the customer. It is implied that a blocked customer's right code is refused too.
  How late, replaced, used and impossible codes, changed or missing contacts, ended sessions and steps out of order are
  handled is assumed.

  Rule: The right code takes the customer to the next step

    @WR-2.1 @documented
    Scenario: After the right code another one is sent to the registered mobile
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message
      And Asha has been sent one code by email

    @WR-2.1 @assumed
    Scenario: The customer is told how long the texted code is valid, and how often it can be tried and sent
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is told that the code has six digits and is valid for 5 minutes
      And Asha is told that three attempts are left
      And Asha can have three more codes sent
      And the latest code sent to Asha by text message is said to be valid for 5 minutes
      And Asha can only enter the code or ask for another code

    @WR-2.1 @assumed
    Scenario: Codes that were sent again by email take nothing from those by text message
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 seconds pass
      And Asha asks for another code
      When Asha enters the mailed code
      Then Asha can have three more codes sent

    @WR-2.1 @assumed
    Scenario: A texted code that could not be sent can be requested again at once
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And asking the mail gateway to deliver fails once
      And Asha enters the mailed code
      When Asha asks for another code
      Then Asha is asked for the texted code
      And Asha has been sent one code by text message
      And Asha's texted code still works

    @WR-2.1 @assumed
    Scenario: A customer is told that the texted code could not be sent, and the email stays verified
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And asking the mail gateway to deliver fails
      When Asha enters the mailed code
      Then Asha is told "The code could not be sent"
      And Asha is asked for the texted code
      And Asha has been sent no code by text message

    @WR-2.8 @assumed
    Scenario: A customer without a registered mobile number cannot continue online
      Given Esha, a customer of the bank without a registered mobile number
      And Esha is asked for the mailed code
      When Esha enters the mailed code
      Then Esha is told that a mobile number must be registered first
      And Esha is told "The email is verified"
      And Esha is told "Update your contact details at a branch"
      And Esha can do nothing more on the web site
      And Esha has been sent no code by text message

  Rule: Wrong codes are counted, and too many block the customer

    @WR-2.2 @documented
    Scenario: A wrong code is counted
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the mailed code
      And Asha has been sent no code by text message

    @WR-2.1 @assumed
    Scenario: The right code is accepted at the last attempt
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-2.3 @documented
    Scenario: The third wrong code blocks the customer for a while
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked until 09:30
      And Asha is asked to come back when the block is over
      And Asha can do nothing more on the web site
      And Asha has been sent no code by text message

    @WR-2.3 @assumed
    Scenario: A customer who is blocked again is told so again
      Given the bank's rule is that three wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha enters a wrong code three times
      And 10 minutes pass
      And Asha starts to register again
      When Asha enters a wrong code three times
      Then Asha has been notified twice by email that access is blocked
      And Asha has been notified twice by text message that access is blocked

    @WR-2.3 @assumed
    Scenario: A customer who is blocked is told so by email and text message
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha has been notified once by email that access is blocked
      And Asha has been notified once by text message that access is blocked

    @WR-2.3 @assumed
    Scenario: Where the bank blocks permanently, the third wrong code blocks the customer for good
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for good
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked for good
      And Asha has been sent no code by text message

    @assumed
    Scenario: Who is blocked for good is sent to a branch
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for good
      And Asha is asked for the mailed code
      When Asha enters a wrong code three times
      Then Asha is told "Visit a branch"

    @WR-2.7 @implied
    Scenario: A blocked customer's right code is still refused
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And the client enters a wrong mailed code three times
      When the client enters the mailed code with the token from the previous step
      Then the client is told that access is blocked until 09:30
      And Asha has been sent no code by text message

  Rule: What cannot be a code is refused on the spot, and not counted

    @WR-2.9 @assumed
    Scenario Outline: A customer who enters the code <wrongly> is told so
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code <wrongly>
      Then Asha is told what is wrong with the code
      And Asha is asked for the mailed code
      And Asha has been sent no code by text message
      And Asha still has three attempts

      Examples:
        | wrongly                           | why                       |
        | without its last digit            | five digits are too few   |
        | with a digit too many             | seven digits are too many |
        | with a letter for its first digit | a code has only digits    |

    @WR-2.1 @assumed
    Scenario Outline: A customer may enter the code <as autofill leaves it>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters the mailed code <as autofill leaves it>
      Then Asha is asked for the texted code

      Examples:
        | as autofill leaves it      |
        | with a space in the middle |
        | with a dash in the middle  |
        | with spaces around it      |

  Rule: A code expires, and works only once

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-2.4 @assumed
    Scenario: An expired code is refused, and not counted
      Given 6 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the code has expired
      And Asha can have three more codes sent
      And Asha can ask for another code
      And Asha has been sent no code by text message
      And Asha still has three attempts

    @WR-2.1 @assumed
    Scenario: After an expired code another one takes the customer to the next step
      Given 6 minutes pass
      And Asha asks for another code
      When Asha enters the mailed code
      Then Asha is asked for the texted code

    @WR-2.5 @assumed
    Scenario: A code that was replaced by another one is wrong
      Given Asha waits and has another code sent
      When Asha enters the first mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha has been sent no code by text message

    @WR-2.5 @assumed
    Scenario: A code that was used in an earlier registration is wrong
      Given Asha enters the mailed code
      And Asha starts to register again
      When Asha enters the first mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

  Rule: A code is void once the bank has changed the address to which it went

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And the bank has changed Asha's email address

    @WR-2.11 @assumed
    Scenario: The code that went to the former address is refused, and not counted
      When Asha enters the code that went to the former email address
      Then Asha is told that the contact was changed after the code was sent
      And Asha can have three more codes sent
      And Asha has been sent no code by text message
      And Asha still has three attempts

    @WR-3.1 @assumed
    Scenario: Another code goes to the new address, and works
      When Asha asks for another code
      Then Asha is shown only part of the email address
      And Asha has been sent one code by email
      And Asha has been sent one code to the former email address
      And Asha's mailed code still works

  Rule: A session ends when nothing is done for too long

    @WR-2.10 @assumed
    Scenario: A customer who comes back too late must start again
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And 31 minutes pass
      When Asha enters the mailed code
      Then Asha is told that the registration has timed out
      And Asha has been sent no code by text message

  Rule: Only a client that comes from the previous step can enter the code

    @WR-2.6 @assumed
    Scenario Outline: A client that enters the code <how> is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters the mailed code <how>
      Then the client is told that the token is not accepted
      And Asha has been sent no code by text message
      And the client can still continue

      Examples:
        | how                                            |
        | without the token from the previous step       |
        | with a forged token                            |
        | with a token whose signature was tampered with |

    @WR-2.6 @assumed
    Scenario: A client that comes back to this step later is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      When the client enters the mailed code with the token from the previous step
      Then the client is told that another step comes first
      And Asha has been sent one code by text message
      And the client can still continue
