Feature: Web registration, step 4: Verify the mobile code, at its boundaries
  The bank wants every limit of step 4 to lie exactly where it was set, so each is tried from both sides: the moment at
  which a code or a session ends, what can be a code, what happens to a code that was used, replaced or sent elsewhere,
  and how little of the number is shown. The document says none of it: all of this is assumed.

  Rule: A code is valid until the moment it expires

    Background:
      Given the bank's rule is that a code is valid for five minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario: Just before it expires, the code is accepted
      Given just under 5 minutes pass
      When Asha enters the texted code
      Then Asha is asked for proof of identity

    @WR-4.4 @assumed
    Scenario Outline: Once the code has expired, <a code> is refused as expired, and not counted
      Given Asha waits and has another code sent
      And 5 minutes pass
      When Asha enters <a code>
      Then Asha is told that the code has expired
      And Asha is asked for the texted code
      And Asha still has three attempts

      Examples:
        | a code                | why                                         |
        | the texted code       | it was the right one until this moment      |
        | a wrong code          | no code is right any more                   |
        | the first texted code | it makes no difference that it was replaced |
        | the mailed code       | it makes no difference that it was used     |

    @WR-4.1 @assumed
    Scenario: Another code is valid for five minutes from when it was sent
      Given 4 minutes pass
      And Asha asks for another code
      And 4 minutes and 59 seconds pass
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: Spaces and dashes around or inside a code are ignored, and what cannot be a code is not counted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario Outline: The right code typed <as autofill leaves it> is accepted
      When Asha enters the texted code <as autofill leaves it>
      Then Asha is asked for proof of identity

      Examples:
        | as autofill leaves it                   |
        | with a long dash in the middle          |
        | with a non-breaking space in the middle |
        | with a line break after it              |

    @WR-4.8 @assumed
    Scenario Outline: What is typed <wrongly> cannot be a code
      When Asha enters the texted code <wrongly>
      Then Asha is told what is wrong with the code
      And Asha still has three attempts

      Examples:
        | wrongly              | why                                         |
        | in Devanagari digits | a code is sent, and typed, in digits 0 to 9 |
        | as spaces only       | nothing is left without the spaces          |
        | as nothing at all    | nothing was typed                           |

    @WR-4.2 @assumed
    Scenario: Where the bank counts what cannot be a code as wrong, it is counted here too
      Given the bank's rule has become that anything that cannot be a code counts as wrong
      When Asha enters the texted code without its last digit
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

  Rule: A used or replaced code never works again

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-4.5 @assumed
    Scenario Outline: A used code that comes again is wrong and counted, also when the customer is by now asked <later>
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
    Scenario Outline: A code other than the used one is not even looked at when the customer is by now asked <later>
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
      Then the client is told that access is blocked until 09:30

    @WR-4.5 @assumed
    Scenario: A texted code from an earlier registration is wrong
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

  Rule: A number that the bank has changed applies at once

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code

    @WR-4.10 @assumed
    Scenario: The code that went to a number that the bank no longer has is void
      Given the bank no longer has Asha's mobile number
      When Asha enters the code that went to the former mobile number
      Then Asha is told that the contact was changed after the code was sent
      And Asha is asked for the texted code

    @WR-4.10 @assumed
    Scenario: A wrong code is not counted either once the number has changed
      Given the bank has changed Asha's mobile number
      When Asha enters a wrong code
      Then Asha is told that the contact was changed after the code was sent
      And Asha still has three attempts

    @WR-4.1 @assumed
    Scenario: A change of the verified email address makes no difference here
      Given the bank has changed Asha's email address
      When Asha enters the texted code
      Then Asha is asked for proof of identity

    @WR-4.10 @assumed
    Scenario: The code of a customer whom core banking no longer knows is void
      Given asking core banking about a customer finds nobody
      When Asha enters the texted code
      Then Asha is told that the contact was changed after the code was sent
      And Asha is asked for the texted code

    @WR-4.1 @assumed
    Scenario: A customer can continue while core banking cannot be asked for the contacts
      Given asking core banking about a customer fails
      When Asha enters the texted code
      Then Asha is asked for proof of identity

  Rule: A session is open until the moment it ends, and every step renews it

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-4.4 @assumed
    Scenario: Just before the session ends, only the code has expired
      Given Asha is asked for the texted code
      And just under 30 minutes pass
      When Asha enters the texted code
      Then Asha is told that the code has expired
      And Asha is asked for the texted code

    @WR-4.9 @assumed
    Scenario Outline: When the session ends, <a code> comes too late, and nothing is counted
      Given Asha is asked for the texted code
      And 30 minutes pass
      When Asha enters <a code>
      Then Asha is told that the registration has timed out
      And Asha still has three attempts after starting again

      Examples:
        | a code          |
        | the texted code |
        | a wrong code    |

    @WR-4.9 @assumed
    Scenario Outline: When the session ends, the code comes too late on <page> as well
      Given Asha uses a client that calls Cymmetri directly, and is asked for the texted code
      And 30 minutes pass
      When the client enters the texted code on <page>
      Then the client is told that the registration has timed out

      Examples:
        | page                         |
        | the page for the mailed code |
        | the page for either code     |

    @WR-2.10 @assumed
    Scenario: When the session ends, the mailed code comes too late on the page for either code as well
      Given Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      And 30 minutes pass
      When the client enters the mailed code on the page for either code
      Then the client is told that the registration has timed out
      And Asha has been sent no code by text message

    @WR-4.1 @assumed
    Scenario: Half an hour after the start the session is still open
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
        | number        | shown         | why                                              |
        | +919000012345 | +91••••••2345 | the country code and four digits are enough      |
        | +6591234567   | +65••••4567   | a shorter one shows no more                      |
        | +29022158     | +••••2158     | four digits at least are hidden                  |
        | +2902123      | ••••2123      | of the shortest one only the last four are shown |

  Rule: Only the customer's own token is accepted

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site
      And Bilal, a customer of the bank who has never used the web site
      And Bilal uses a client that calls Cymmetri directly, and is asked for the texted code
      And Asha uses a client that calls Cymmetri directly, and is asked for the texted code

    @WR-4.2 @assumed
    Scenario: The right code with another customer's token is a wrong code for that other customer
      When the client enters the texted code with Bilal's token
      Then the client is told that the code is wrong
      And the client is told that two attempts are left
      And the client can still continue

    @assumed
    Scenario Outline: In a registration, <a token> does not work
      When the client enters the texted code with <a token>
      Then the client is told that the token is not accepted
      And the client can still continue

      Examples:
        | a token                                            |
        | the token of Chitra's login                        |
        | the token of the same registration at another bank |

    @assumed
    Scenario: Once the customer has started again, the token of the earlier registration does not work
      Given Asha starts to register by customer number
      When the client enters the texted code with the token from the previous step
      Then the client is told that the token is not accepted
      And Asha is asked for the mailed code
