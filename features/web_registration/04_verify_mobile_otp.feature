Feature: Web registration, step 4: Verify the mobile code
  A customer whose email address is verified proves that the registered mobile number is theirs by entering the code
  that was texted to it. The document says: with the right code the customer goes on to the next step; wrong codes are
  counted, and too many block the customer. It is implied that a blocked customer's right code is refused too. How late,
  replaced, mixed-up and impossible codes, changed numbers, ended sessions and steps out of order are handled is
  assumed.

  Rule: The right code takes the customer to the next step

    @WR-4.1 @documented
    Scenario: After the right code the customer is asked for proof of identity
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters the texted code
      Then Asha is asked for proof of identity
      And Asha can only ask which proofs are possible or give proof of identity

  Rule: Wrong codes are counted, and too many block the customer

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes

    @WR-4.2 @documented
    Scenario: A wrong code is counted
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters a wrong code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario: The right code is accepted at the last attempt
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And Asha enters a wrong code twice
      When Asha enters the texted code
      Then Asha is asked for proof of identity

    @WR-4.3 @documented
    Scenario: The third wrong code blocks the customer
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters a wrong code three times
      Then Asha is told that access is blocked until 09:30
      And Asha is asked to come back when the block is over
      And Asha can do nothing more on the web site

    @WR-4.3 @assumed
    Scenario: A customer who is blocked is told so by email and text message
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters a wrong code three times
      Then Asha has been notified once by email that access is blocked
      And Asha has been notified once by text message that access is blocked

    @WR-4.7 @implied
    Scenario: A blocked customer's right code is still refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      And the client enters a wrong texted code three times
      When the client enters the texted code with the token from the previous step
      Then the client is told that access is blocked until 09:30
      And the bank has never asked core banking for the cards

  Rule: What cannot be a code is refused on the spot, and not counted

    @WR-4.8 @assumed
    Scenario Outline: A customer who enters the code <wrongly> is told so
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters the texted code <wrongly>
      Then Asha is told what is wrong with the code
      And Asha is asked for the texted code
      And Asha still has three attempts

      Examples:
        | wrongly                           | why                       |
        | without its last digit            | five digits are too few   |
        | with a digit too many             | seven digits are too many |
        | with a letter for its first digit | a code has only digits    |

    @WR-4.1 @assumed
    Scenario Outline: A customer may enter the code <as autofill leaves it>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      When Asha enters the texted code <as autofill leaves it>
      Then Asha is asked for proof of identity

      Examples:
        | as autofill leaves it      |
        | with a space in the middle |
        | with a dash in the middle  |
        | with spaces around it      |

  Rule: A code expires, and works only for its own step

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.4 @assumed
    Scenario: An expired code is refused, and not counted
      Given 6 minutes pass
      When Asha enters the texted code
      Then Asha is told that the code has expired
      And Asha can have three more codes sent
      And Asha can ask for another code
      And Asha still has three attempts

    @WR-4.5 @assumed
    Scenario: A code that was replaced by another one is wrong
      Given Asha waits and has another code sent
      When Asha enters the first texted code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the texted code

    @WR-4.5 @assumed
    Scenario: The code from the email is wrong here
      When Asha enters the mailed code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha is asked for the texted code

  Rule: A code is void once the bank has changed the number to which it went

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And the bank has changed Asha's mobile number

    @WR-4.10 @assumed
    Scenario: The code that went to the former number is refused, and not counted
      When Asha enters the code that went to the former mobile number
      Then Asha is told that the contact was changed after the code was sent
      And Asha is asked for the texted code
      And Asha can have three more codes sent
      And Asha still has three attempts

    @WR-5.1 @assumed
    Scenario: Another code goes to the new number, and works
      When Asha asks for another code
      Then Asha is shown only part of the mobile number
      And Asha has been sent one code by text message
      And Asha has been sent one code to the former mobile number
      And Asha's texted code still works

  Rule: A session ends when nothing is done for too long

    @WR-4.9 @assumed
    Scenario: A customer who comes back too late must start again
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And 31 minutes pass
      When Asha enters the texted code
      Then Asha is told that the registration has timed out

  Rule: The document mixes up its pages for the two codes; both pages work unless the bank wants otherwise

    @WR-4.1
    Scenario Outline: A client that enters the texted code on <page> goes on
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      When the client enters the texted code on <page>
      Then the client goes on to the next step
      And the client can still continue

      @documented
      Examples: The page that the document shows for the texted code
        | page                         |
        | the page for the mailed code |

      @assumed
      Examples: The page that the document shows for the mailed code
        | page                     |
        | the page for either code |

    @WR-2.1 @documented
    Scenario: A client that enters the mailed code on the page for either code goes on
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters the mailed code on the page for either code
      Then the client goes on to the next step
      And Asha has been sent one code by text message

    @WR-2.6 @assumed
    Scenario: Where each code has its own page, the texted code is refused on the other's
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that each code has its own page
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      When the client enters the texted code on the page for the mailed code
      Then the client is told that another step comes first
      And the client can still continue

    @assumed
    Scenario: Where each code has its own page, there is no page for either code
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that each code has its own page
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      When the client enters the texted code on the page for either code
      Then the client is told that there is no such page
      And the client can still continue

  Rule: Only a client that comes from the previous step can enter the code

    @WR-4.6 @assumed
    Scenario: A client that skips the email code is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When the client enters the texted code with the token from the previous step
      Then the client is told that another step comes first
      And Asha has been sent no code by text message
      And the client can still continue

    @assumed
    Scenario Outline: A client that enters the code <how> is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      When the client enters the texted code <how>
      Then the client is told that the token is not accepted
      And the client can still continue

      Examples:
        | how                                            |
        | without the token from the previous step       |
        | with a forged token                            |
        | with a token whose signature was tampered with |
