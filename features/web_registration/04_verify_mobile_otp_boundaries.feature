Feature: Web registration, step 4: Verify the mobile code, at its boundaries
  What step 4 rests on, tried from both sides: the instants at which a code and a session end, what can be no code, what
  happens to a code that was used, replaced or sent elsewhere, and how little of the number is shown. The document says
  none of it: all of this is assumed.

  Rule: A code is good until the very instant at which it expires

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario: The last millisecond of the code
      Given just under 5 minutes pass
      When Asha enters the texted code
      Then Asha is asked for proof of identity

    @WR-4.4 @assumed
    Scenario Outline: Once the code has expired, <a code> is told as expired, and not counted
      Given Asha waits and has another code sent
      And 5 minutes pass
      When Asha enters <a code>
      Then Asha is told that the code has expired
      And Asha is asked for the texted code
      And Asha still has three attempts

      Examples:
        | a code                 | why                                          |
        | the texted code        | it was the right one until this very instant |
        | a wrong code           | no code is right any more                    |
        | the first texted code  | one that was replaced is no worse            |
        | the mailed code        | one that was used is no worse                |

    @WR-4.1 @assumed
    Scenario: The texted code is valid for five minutes of its own
      Given 4 minutes pass
      And Asha asks for another code
      And 4 minutes and 59 seconds pass
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: What autofill leaves is ignored, and what can be no code is not counted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario Outline: The code is right <as it is typed>
      When Asha enters the texted code <as it is typed>
      Then Asha is asked for proof of identity

      Examples:
        | as it is typed                      |
        | with a space in the middle          |
        | with a dash in the middle           |
        | with a long dash in the middle      |
        | with a non-breaking space in the middle |
        | with spaces around it               |
        | with a line break after it          |

    @WR-4.8 @assumed
    Scenario Outline: The code is none <as it is typed>
      When Asha enters the texted code <as it is typed>
      Then Asha is told what is wrong with the code
      And Asha still has three attempts

      Examples:
        | as it is typed                    | why                                 |
        | without its last digit            | five digits are too few             |
        | with a digit too many             | seven digits are too many           |
        | with a letter for its first digit | a code has digits only              |
        | in Devanagari digits              | they are digits, but not the code's |
        | as spaces only                    | nothing is left without the blanks  |
        | as nothing at all                 | nothing was typed                   |

    @WR-4.2 @assumed
    Scenario: Where the bank counts what can be no code, it counts here too
      Given the bank's rule has become that anything that cannot be a code counts as wrong
      When Asha enters the texted code without its last digit
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

  Rule: A used or replaced code never works again

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-4.5 @assumed
    Scenario Outline: A used code is wrong when it comes again with the token that it was used with, <later>
      Given Asha uses a client that calls Cymmetri directly, and is asked <later>
      When the client enters the texted code with the token that it has used already
      Then the client is told that the code is wrong
      And the client is told that two attempts are left
      And the client can still continue

      Examples:
        | later                   |
        | for proof of identity   |
        | to choose a user id     |
        | to choose a password    |
        | to confirm the password |

    @assumed
    Scenario Outline: Another code than the used one is not even looked at, <later>
      Given Asha uses a client that calls Cymmetri directly, and is asked <later>
      When the client enters a wrong texted code with the token that it has used already
      Then the client is told that another step comes first
      And the client can still continue

      Examples:
        | later                 |
        | for proof of identity |
        | to choose a user id   |

    @WR-4.5 @WR-4.3 @assumed
    Scenario: A client that repeats a used code three times blocks the customer
      Given Asha uses a client that calls Cymmetri directly, and is asked for proof of identity
      When the client enters the texted code with the token that it has used already three times
      Then the client is told that access is blocked

    @WR-4.5 @assumed
    Scenario: A texted code of the registration before is wrong
      Given Asha is asked for the texted code
      And Asha starts to register again
      And Asha enters the mailed code
      When Asha enters the first texted code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left
      And Asha's texted code still works

    @WR-4.2 @assumed
    Scenario: The code of another customer is wrong
      Given Bilal, a customer of the bank who has never used the web site
      And Bilal is asked for the texted code
      And Asha is asked for the texted code
      When Asha enters Bilal's texted code
      Then Asha is told that the code is wrong
      And Bilal still has three attempts

  Rule: The bank's changes of the number count from the instant at which they are made

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.10 @assumed
    Scenario: The code that went to a number that the bank no longer has is void
      Given the bank no longer has Asha's mobile number
      When Asha enters the code that went to the former mobile number
      Then Asha is told that the contact was changed after the code was sent

    @WR-4.10 @assumed
    Scenario: A wrong code is not counted either once the number has changed
      Given the bank has changed Asha's mobile number
      When Asha enters a wrong code
      Then Asha is told that the contact was changed after the code was sent
      And Asha still has three attempts

    @WR-4.1 @assumed
    Scenario: A change of the email address, which is verified, changes nothing here
      Given the bank has changed Asha's email address
      When Asha enters the texted code
      Then Asha is asked for proof of identity

    @WR-4.1 @assumed
    Scenario: A customer can continue while core banking cannot be asked for the contacts
      Given asking core banking about a customer fails
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: A session is good until the very instant at which it ends, and every step begins it again

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-4.4 @assumed
    Scenario: In the last millisecond of the session only the code has expired
      Given Asha is asked for the texted code
      And just under 30 minutes pass
      When Asha enters the texted code
      Then Asha is told that the code has expired

    @WR-4.9 @assumed
    Scenario Outline: At its end the session is over for <a code>, and nothing is counted
      Given Asha is asked for the texted code
      And 30 minutes pass
      When Asha enters <a code>
      Then Asha is told that the registration has timed out
      And Asha still has three attempts after starting again

      Examples:
        | a code          |
        | the texted code |
        | a wrong code    |

    @WR-4.1 @assumed
    Scenario: Half an hour after the beginning the session goes on
      Given Asha is asked for the mailed code
      And 4 minutes pass
      And Asha enters the mailed code
      And 27 minutes pass
      And Asha asks for another code
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: A number is shown as little as possible

    @WR-2.1 @assumed
    Scenario Outline: The mobile number <number> is shown as <shown>
      Given Asha, a customer of the bank with the mobile number "<number>"
      And Asha is asked for the mailed code
      When Asha enters the mailed code
      Then Asha is shown the mobile number as "<shown>"

      Examples:
        | number         | shown         | why                                       |
        | +919000012345  | +91••••••2345 | its country and four digits are enough    |
        | +6591234567    | +65••••4567   | a shorter one shows no more               |

  Rule: Only the customer's own token counts

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site
      And Bilal, a customer of the bank who has never used the web site
      And Bilal uses a client that calls Cymmetri directly, and is asked for the texted code
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code

    @WR-4.2 @assumed
    Scenario: The right code with another customer's token is a wrong code of that customer's
      When the client enters the texted code with Bilal's token
      Then the client is told that the code is wrong
      And the client can still continue

    @assumed
    Scenario Outline: <a token> opens no registration here
      When the client enters the texted code with <a token>
      Then the client is told that the token is not accepted
      And the client can still continue

      Examples:
        | a token                                          |
        | the token of Chitra's login                     |
        | the token of the same registration at another bank |

    @assumed
    Scenario: The token of a registration that was started again is dead
      Given Asha starts to register by customer number
      When the client enters the texted code with the token from the previous step
      Then the client is told that the token is not accepted
