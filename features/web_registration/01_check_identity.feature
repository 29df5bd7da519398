Feature: Web registration, step 1: Check identity
  A person who comes to the bank's web site says who they are, so that the bank can send them where they belong: to the
  login, to the registration, or to a branch. The document says: a person whom Cymmetri knows logs in; a person whom
  only core banking knows registers, and is sent a code by email; anybody else is told that there is no such user. What
  a blocked person is told is implied. How unclear requests, shared or missing contacts, dormant customers, minors, too
  many codes and outages are handled is assumed.

  Rule: A customer whom Cymmetri already knows is sent to log in

    @WR-1.1 @documented
    Scenario Outline: A person who already uses the web site is sent to log in, found by <identity>
      Given Chitra, who already uses the web site as "chitra.sen"
      When Chitra starts to register by <identity>
      Then Chitra is asked to log in
      And Chitra can do nothing more on the web site
      And nothing has been sent to anyone
      And the bank has never asked core banking about a customer

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |
        | card number     |

    @WR-1.1 @assumed
    Scenario: A user who gives a new mobile number, which only core banking has, is sent to log in as well
      Given Chitra, who already uses the web site as "chitra.sen"
      And the bank has changed Chitra's mobile number
      When Chitra starts to register by mobile number
      Then Chitra is asked to log in
      And Chitra is shown the user id "ch•••"
      And the bank has asked core banking about a customer once
      And nothing has been sent to anyone

  Rule: A blocked person is refused, and told when the block ends

    @WR-1.4 @implied
    Scenario Outline: A blocked person is told when the block ends, found by <identity>
      Given Hari, who uses the web site but is blocked for 30 minutes
      When Hari starts to register by <identity>
      Then Hari is told that access is blocked until 09:30
      And no registration has begun for Hari
      And nothing has been sent to anyone

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |
        | card number     |

    @WR-1.4 @implied
    Scenario Outline: A blocked person who gives a new <contact>, which only core banking has, is refused as well
      Given Hari, who uses the web site but is blocked for 30 minutes
      And the bank has changed Hari's <contact>
      When Hari starts to register by <contact>
      Then Hari is told that access is blocked until 09:30
      And no registration has begun for Hari
      And nothing has been sent to anyone

      Examples:
        | contact       |
        | mobile number |
        | email address |

    @WR-1.4 @implied
    Scenario: A person who is blocked for good is told that the block does not end
      Given Hari, who uses the web site but is blocked for good
      And 1000 days pass
      When Hari starts to register by customer number
      Then Hari is told that access is blocked for good
      And no registration has begun for Hari
      And nothing has been sent to anyone

  Rule: A customer whom only core banking knows starts to register

    @WR-1.2 @documented
    Scenario Outline: A customer who has never used the web site starts to register, found by <identity>
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by <identity>
      Then Asha is asked for the mailed code
      And the bank has asked core banking about a customer once
      And Asha has been sent one code by email
      And Asha has been sent no code by text message

      Examples:
        | identity        |
        | customer number |
        | mobile number   |
        | email address   |
        | card number     |

    @WR-1.2 @assumed
    Scenario: A customer who starts is told how long the code is valid, and how often it can be tried and sent
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register by customer number
      Then Asha is told that the code has six digits and is valid for 5 minutes
      And Asha is told that three attempts are left
      And Asha can have three more codes sent
      And the latest code sent to Asha by email is said to be valid for 5 minutes
      And Asha can only enter the code or ask for another code

    @WR-1.2 @assumed
    Scenario Outline: The code has <digits> where that is the bank's rule
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a code has <digits>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And the latest code sent to Asha by email has <digits>
      And Asha is told that the code has <digits> and is valid for 5 minutes
      And Asha's mailed code still works

      Examples:
        | digits       |
        | six digits   |
        | eight digits |

    @WR-1.2 @assumed
    Scenario: The code is valid for ten minutes where that is the bank's rule
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a code is valid for ten minutes
      When Asha starts to register by customer number
      Then Asha is told that the code has six digits and is valid for 10 minutes
      And the latest code sent to Asha by email is said to be valid for 10 minutes

    @WR-1.2 @assumed
    Scenario: A code that is valid for less than a minute is said to be valid for one
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a code is valid for 30 seconds
      When Asha starts to register by customer number
      Then Asha is told that the code has six digits and is valid for 1 minute
      And the latest code sent to Asha by email is said to be valid for 1 minute

    @WR-1.2 @assumed
    Scenario: A code that is valid for more than a minute is said to be valid for two
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a code is valid for 80 seconds
      When Asha starts to register by customer number
      Then Asha is told that the code has six digits and is valid for 2 minutes
      And the latest code sent to Asha by email is said to be valid for 2 minutes

  Rule: A customer without a registered email address is sent to a branch

    @WR-1.7 @assumed
    Scenario: A customer without a registered email address cannot register online
      Given Dev, a customer of the bank without a registered email address
      When Dev starts to register by customer number
      Then Dev is told that an email address must be registered first
      And Dev is told "Update your contact details at a branch"
      And no registration has begun for Dev
      And nothing has been sent to anyone

  Rule: A customer who is not active, or not of age, is refused without being told why

    @WR-1.9 @assumed
    Scenario Outline: A customer <who is not active> cannot register online
      Given Gita, a customer of the bank <who is not active>
      When Gita starts to register by customer number
      Then Gita is told that registering online is not possible
      And Gita is not told why
      And no registration has begun for Gita
      And nothing has been sent to anyone

      Examples:
        | who is not active       |
        | who is dormant          |
        | whose account is closed |
        | who has died            |

    @WR-1.9 @assumed
    Scenario: A dormant customer without a registered email address is not sent to register one
      Given Gita, a customer of the bank who is dormant
      And the bank no longer has Gita's email address
      When Gita starts to register by customer number
      Then Gita is told that registering online is not possible
      And Gita is not told why
      And no registration has begun for Gita
      And nothing has been sent to anyone

    @WR-1.13 @assumed
    Scenario: A minor without a registered email address is not sent to register one either
      Given Asha, a customer of the bank who has never used the web site
      And Asha was born on 6 January 2008
      And the bank no longer has Asha's email address
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible
      And Asha is not told why
      And nothing has been sent to anyone

    @WR-1.13 @assumed
    Scenario: A minor is refused in the same words as a dormant customer
      Given Asha, a customer of the bank who has never used the web site
      And Asha was born on 6 January 2008
      And Gita, a customer of the bank who is dormant
      And Gita starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible
      And Asha is told the same as Gita
      And no registration has begun for Asha
      And nothing has been sent to anyone

  Rule: A contact that several customers share does not identify any of them

    @WR-1.12 @assumed
    Scenario Outline: A person who gives <a contact> that others share is asked for something else (<case>)
      Given Asha, <who> with <a contact> "<contact>"
      And Bilal, <who> with <a contact> "<contact>"
      When Asha starts to register by <identity>
      Then Asha is told that several customers share that contact
      And Asha is told "customer number (CIF) or a card number"
      And Asha is told nothing about anybody else
      And no registration has begun for Asha
      And nothing has been sent to anyone

      Examples:
        | case          | who                            | a contact         | identity      | contact           |
        | two customers | a customer of the bank         | the mobile number | mobile number | +919000012345     |
        | two customers | a customer of the bank         | the email address | email address | home@example.test |
        | two users     | who already uses the web site, | the mobile number | mobile number | +919000012345     |
        | two users     | who already uses the web site, | the email address | email address | home@example.test |

    @WR-1.2 @assumed
    Scenario Outline: A customer who shares a mobile number registers by <identity>
      Given Asha, a customer of the bank with the mobile number "+919000012345"
      And Bilal, a customer of the bank with the mobile number "+919000012345"
      And Asha starts to register by mobile number
      When Asha starts to register by <identity>
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email
      And Bilal has been sent no code by email

      Examples:
        | identity        |
        | customer number |
        | card number     |
        | email address   |

    @WR-1.1 @assumed
    Scenario: A user who shares a mobile number with a customer who is not a user is sent to log in
      Given Chitra, who already uses the web site, with the mobile number "+919000012345"
      And Asha, a customer of the bank with the mobile number "+919000012345"
      When Chitra starts to register by mobile number
      Then Chitra is asked to log in
      And nothing has been sent to anyone

  Rule: A person whom neither Cymmetri nor core banking knows is told so

    @WR-1.3 @documented
    Scenario Outline: A stranger who gives <identity> is told that the bank knows no such person
      Given Zubin, a stranger to the bank
      And Asha, a customer of the bank who has never used the web site
      When Zubin starts to register by <identity>
      Then Zubin is told that the bank knows no such person
      And no registration has begun for Zubin
      And nothing has been sent to anyone

      Examples:
        | identity                       |
        | customer number                |
        | mobile number                  |
        | email address                  |
        | a card number of twelve digits |

  Rule: A person who leaves something out or mistypes it is told what to correct

    @WR-1.6 @assumed
    Scenario Outline: A person who starts <wrongly> is told what to correct
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <wrongly>
      Then Asha is told what is wrong with <what>
      And no registration has begun for Asha
      And nothing has been sent to anyone
      And the bank has never asked core banking about a customer

      Examples:
        | wrongly                               | what                 |
        | without naming the browser            | the browser          |
        | without saying who is asking          | the identity         |
        | by shoe size                          | the kind of identity |
        | by a mobile number with letters in it | the identity         |
        | by a card number with a letter in it  | the card number      |

  Rule: An outage is never presented as a fact about the person

    @WR-1.5 @assumed
    Scenario Outline: A customer is asked to come back later when asking core banking <goes wrong>
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer <goes wrong>
      When Asha starts to register by customer number
      Then Asha is told to try again later
      And no registration has begun for Asha
      And nothing has been sent to anyone

      Examples:
        | goes wrong         |
        | gets no connection |
        | takes too long     |
        | returns garbage    |

    @WR-1.2 @assumed
    Scenario: A customer who comes back after an outage registers as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And Asha starts to register by customer number
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

    @WR-1.1 @assumed
    Scenario: A user is sent to log in although core banking cannot be asked
      Given Chitra, who already uses the web site
      And asking core banking about a customer fails
      When Chitra starts to register by mobile number
      Then Chitra is asked to log in
      And nothing has been sent to anyone

    @WR-1.8 @assumed
    Scenario: A customer is told that the code could not be sent
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver fails
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha is asked for the mailed code
      And Asha can have three more codes sent
      And nothing has been sent to anyone

    @WR-1.8 @assumed
    Scenario: A code that could not be sent can be requested again at once, and is not counted
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver fails once
      And Asha starts to register by customer number
      When Asha asks for another code
      Then Asha has been sent one code by email
      And Asha can have three more codes sent
      And Asha's mailed code still works

  Rule: Starting again ends the earlier attempt, and does not reset the wrong attempts

    @WR-1.10 @assumed
    Scenario: A customer who starts again is sent a new code, and the first attempt is over
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha has been sent two codes by email
      And Asha can no longer continue the first attempt
      And Asha's mailed code still works

    @WR-1.10 @assumed
    Scenario: A customer who starts again keeps the wrong attempts
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that three wrong attempts block for 30 minutes
      And Asha is asked for the mailed code
      And Asha enters a wrong code twice
      When Asha starts to register again
      Then Asha is told that one attempt is left
      And Asha still has one attempt

  Rule: However often a customer starts again, the number of codes sent in a day is limited

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-1.11 @assumed
    Scenario: After ten codes in a day the customer cannot start again
      Given Asha has started to register ten times
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha is told to come back in 24 hours
      And no registration has begun for Asha
      And Asha has been sent ten codes by email

    @WR-1.2 @assumed
    Scenario: A day after the first of the codes, one more can be sent
      Given the bank's rule is that a customer is sent four codes a day at most
      And Asha has started to register once
      And 10 minutes pass
      And Asha has started to register three times
      And 23 hours and 50 minutes pass
      When Asha starts to register again
      Then Asha has been sent five codes by email
