Feature: Web registration, step 1: Check identity, at its boundaries
  The bank wants every limit of step 1 to lie exactly where it was set, so each is tried from both sides: how an
  identity may be written, the birthday on which a minor comes of age, the moment at which a block or a limit ends, and
  what counts towards the limit of codes. The document says none of it: all of this is assumed.

  Rule: A person is found whichever way the identity is written

    @WR-1.2 @assumed
    Scenario Outline: A customer is found <by an identity>
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <by an identity>
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

      Examples:
        | by an identity                                |
        | by the customer number with spaces around it  |
        | by the mobile number without its country code |
        | by the mobile number with spaces and dashes   |
        | by the email address in capitals              |
        | by the email address with spaces around it    |
        | by the card number in groups of four          |
        | by the card number with dashes in it          |

    @WR-1.1 @assumed
    Scenario Outline: A user of the web site is found <by an identity>
      Given Chitra, who already uses the web site
      When Chitra starts to register <by an identity>
      Then Chitra is asked to log in
      And the bank has never asked core banking about a customer

      Examples:
        | by an identity                                |
        | by the customer number with spaces around it  |
        | by the mobile number without its country code |
        | by the mobile number with spaces and dashes   |
        | by the email address in capitals              |
        | by the email address with spaces around it    |
        | by the card number in groups of four          |
        | by the card number with dashes in it          |

    @WR-1.2 @assumed
    Scenario: A customer whose address the bank has written in capitals is found by it in small letters
      Given Asha, a customer of the bank with the email address "ASHA.RAO@Example.test"
      When Asha starts to register by the email address in small letters
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

    @WR-1.1 @assumed
    Scenario: A user whose address Cymmetri has in capitals is found by it in small letters
      Given Chitra, who already uses the web site, with the email address "CHITRA.SEN@Example.test"
      When Chitra starts to register by the email address in small letters
      Then Chitra is asked to log in
      And the bank has never asked core banking about a customer

  Rule: What cannot be an identity is refused, and what could be one is looked up

    @WR-1.6 @assumed
    Scenario Outline: A person who starts <wrongly> is told what to correct
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <wrongly>
      Then Asha is told what is wrong with <what>
      And no registration has begun for Asha
      And nothing has been sent to anyone
      And the bank has never asked core banking about a customer

      Examples:
        | wrongly                                       | what            | why                              |
        | with only spaces for the browser              | the browser     | spaces name no browser           |
        | with only spaces for the customer number      | the identity    | spaces are not a number          |
        | by a mobile number that is too short          | the identity    | no mobile number has four digits |
        | by an email address without an @              | the identity    | it has no domain                 |
        | by an email address without a dot after the @ | the identity    | it has no top-level domain       |
        | by a card number with a wrong last digit      | the card number | the check digit does not match   |
        | by a card number of eleven digits             | the card number | the shortest has twelve          |
        | by a card number of twenty digits             | the card number | the longest has nineteen         |

    @WR-1.3 @assumed
    Scenario: A card number of the greatest length is looked up
      Given Zubin, a stranger to the bank
      When Zubin starts to register by a card number of nineteen digits
      Then Zubin is told that the bank knows no such person
      And no registration has begun for Zubin
      And nothing has been sent to anyone

    @WR-1.3 @assumed
    Scenario Outline: The number of another card with the same last four digits finds nobody: not <whom>
      Given Asha, <whom>
      When Asha starts to register by the number of another card with the same last four digits
      Then Asha is told that the bank knows no such person
      And no registration has begun for Asha
      And nothing has been sent to anyone

      Examples:
        | whom                                                   |
        | a customer of the bank who has never used the web site |
        | who already uses the web site                          |

  Rule: No outage is presented as a fact about the person, whatever it looks like

    @WR-1.5 @assumed
    Scenario Outline: A customer is asked to come back later when asking core banking <goes wrong>
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer <goes wrong>
      When Asha starts to register by customer number
      Then Asha is told to try again later
      And no registration has begun for Asha
      And nothing has been sent to anyone

      Examples:
        | goes wrong                                   | why                                              |
        | fails                                        | core banking says that it is out of order        |
        | returns half an answer                       | the connection breaks in the middle              |
        | returns an answer without what was asked for | it does not say whether there is such a customer |
        | returns a customer without a date of birth   | nobody can say whether the customer is of age    |
        | finds no such page                           | what answers there is not core banking           |

    @assumed
    Scenario Outline: A customer is asked to come back later when asking Cymmetri <goes wrong>
      Given Asha, a customer of the bank who has never used the web site
      And asking Cymmetri to check an identity <goes wrong>
      When Asha starts to register by customer number
      Then Asha is told to try again later
      And no registration has begun for Asha
      And nothing has been sent to anyone

      Examples:
        | goes wrong                                   | why                                           |
        | fails                                        | Cymmetri says that it is out of order         |
        | gets no connection                           | Cymmetri cannot be reached                    |
        | returns garbage                              | what answers there is not Cymmetri            |
        | returns an answer without what was asked for | it does not say whether the bank knows anyone |

    @WR-1.2 @assumed
    Scenario: A customer who comes back after an outage of Cymmetri registers as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking Cymmetri to check an identity fails once
      And Asha starts to register by customer number
      When Asha starts to register again
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

  Rule: A contact counts from the instant at which the bank has it

    @WR-1.2 @assumed
    Scenario Outline: A customer whose <contact> has changed is found by the new one
      Given Asha, a customer of the bank who has never used the web site
      And the bank has changed Asha's <contact>
      When Asha starts to register by <contact>
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

      Examples:
        | contact       |
        | email address |
        | mobile number |

    @WR-1.3 @assumed
    Scenario Outline: Nobody is found by the former <contact> once the bank <has done what>
      Given Asha, a customer of the bank who has never used the web site
      And the bank <has done what> Asha's <contact>
      When Asha starts to register by the former <contact>
      Then Asha is told that the bank knows no such person
      And nothing has been sent to anyone

      Examples:
        | contact       | has done what |
        | email address | has changed   |
        | mobile number | has changed   |
        | email address | no longer has |
        | mobile number | no longer has |

    @WR-1.2 @assumed
    Scenario Outline: A customer whose address the bank has meanwhile written in capitals is found <by it>
      Given Asha, a customer of the bank who has never used the web site
      And the bank has written Asha's email address in capitals
      When Asha starts to register <by it>
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

      Examples:
        | by it                                 |
        | by the email address in small letters |
        | by the email address in capitals              |

  Rule: A code that was delivered is valid even if the mail gateway did not confirm it

    @WR-1.8 @assumed
    Scenario: The mail gateway delivers the code, but its answer is lost
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver succeeds once, but the answer is lost
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha has been sent one code by email
      And Asha's mailed code still works

  Rule: A contact is shown as little as possible

    @WR-1.2 @assumed
    Scenario Outline: The email address <email> is shown as <shown>
      Given Asha, a customer of the bank with the email address "<email>"
      When Asha starts to register by customer number
      Then Asha is shown the email address as "<shown>"
      And Asha is shown only part of the email address

      Examples:
        | email                   | shown               | why                            |
        | asha.rao@example.test   | a•••@example.test   | its first letter is enough     |
        | ar@example.test         | a•••@example.test   | the length is not shown either |
        | a@example.test          | a•••@example.test   | one letter looks like many     |
        | asha+web@a.example.test | a•••@a.example.test | the domain is shown as it is   |

    @WR-1.1 @assumed
    Scenario Outline: The user id "<user id>" is shown as <shown>
      Given Chitra, who already uses the web site as "<user id>"
      When Chitra starts to register by customer number
      Then Chitra is shown the user id "<shown>"

      Examples:
        | user id    | shown | why                              |
        | chitra.sen | ch••• | its first two letters are enough |
        | chit       | ch••• | half of it at most               |
        | chi        | c•••  | less than half of it             |
        | ch         | c•••  | of a short one a single letter   |

  Rule: A customer comes of age on the eighteenth birthday, unless the bank sets another age

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-1.13 @assumed
    Scenario Outline: A customer born on <a day> cannot register on <today>
      Given Asha was born on <a day>
      And it is <today>
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible
      And Asha is not told why
      And nothing has been sent to anyone

      Examples:
        | a day            | today                      | why                                    |
        | 6 January 2008   | 5 January 2026, 23:59:59   | tomorrow is the eighteenth birthday    |
        | 5 February 2008  | 5 January 2026, 09:00:00   | the month counts                       |
        | 5 January 2009   | 5 January 2026, 09:00:00   | seventeen today                        |
        | 29 February 2008 | 28 February 2026, 23:59:59 | born on a leap day: not before 1 March |

    @WR-1.2 @assumed
    Scenario Outline: A customer born on <a day> can register on <today>
      Given Asha was born on <a day>
      And it is <today>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

      Examples:
        | a day            | today                    | why                     |
        | 6 January 2008   | 6 January 2026, 00:00:00 | the eighteenth birthday |
        | 31 December 2007 | 5 January 2026, 09:00:00 | eighteen for a few days |
        | 29 February 2008 | 1 March 2026, 00:00:00   | born on a leap day      |

    @WR-1.13 @assumed
    Scenario: Where the bank wants 21 years, a customer of 20 cannot register
      Given the bank's rule is that customers register from the age of 21 on
      And Asha was born on 6 January 2005
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible
      And nothing has been sent to anyone

    @WR-1.2 @assumed
    Scenario Outline: Where <rule>, a customer born on <a day> can register
      Given the bank's rule is that <rule>
      And Asha was born on <a day>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

      Examples:
        | rule                                     | a day          |
        | customers register from the age of 21 on | 5 January 2005 |
        | customers of any age register            | 4 January 2026 |

    @WR-1.2 @assumed
    Scenario: Where customers of any age register, core banking need not say how old the customer is
      Given the bank's rule is that customers of any age register
      And Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer returns a customer without a date of birth
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

  Rule: A block holds until the moment it ends

    Background:
      Given Hari, who uses the web site but is blocked for 30 minutes

    @WR-1.4 @assumed
    Scenario: Just before the block ends, the person is still refused
      Given just under 30 minutes pass
      When Hari starts to register by customer number
      Then Hari is told that access is blocked until 09:30
      And no registration has begun for Hari

    @WR-1.1 @assumed
    Scenario: When the block ends, the person can log in
      Given 30 minutes pass
      When Hari starts to register by customer number
      Then Hari is asked to log in

  Rule: The limit of codes counts what was sent to one customer in the last 24 hours

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that a customer is sent four codes a day at most

    @WR-1.11 @assumed
    Scenario Outline: A customer who has been sent four codes is refused after <time>
      Given Asha has started to register four times
      And <time> pass
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha is told to come back in <wait>
      And Asha has been sent four codes by email

      Examples:
        | time                                   | wait     |
        | 0 seconds                              | 24 hours |
        | 10 hours                               | 14 hours |
        | 23 hours and 59 minutes and 59 seconds | 1 second |

    @WR-1.11 @assumed
    Scenario: The browser of a customer who is refused is told to wait as long
      Given Asha has started to register four times
      When Asha starts to register again
      Then Asha's browser is told to wait 24 hours
      And no registration has begun for Asha
      And Asha has been sent four codes by email

    @WR-1.11 @assumed
    Scenario: A customer who is refused can still finish the registration that is under way
      Given Asha has started to register three times
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And the client can still continue

    @WR-1.2 @assumed
    Scenario: Once the first code is a day old, another one is sent
      Given Asha has started to register four times
      And 24 hours pass
      When Asha starts to register again
      Then Asha has been sent five codes by email

    @WR-1.11 @assumed
    Scenario: The limit counts from the oldest of the four codes
      Given Asha has started to register once
      And 60 minutes pass
      And Asha has started to register three times
      When Asha starts to register again
      Then Asha is told to come back in 23 hours
      And Asha has been sent four codes by email

    @WR-1.2 @assumed
    Scenario: The last code within the limit is sent
      Given Asha has started to register three times
      When Asha starts to register again
      Then Asha has been sent four codes by email
      And Asha can have no more codes sent

    @WR-1.11 @assumed
    Scenario: Texted codes are counted as well
      Given Asha is asked for the texted code
      And Asha has started to register twice
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha has been sent three codes by email
      And Asha has been sent one code by text message

    @WR-1.2 @assumed
    Scenario: A code that could not be sent is not counted
      Given asking the mail gateway to deliver fails once
      And Asha has started to register four times
      When Asha starts to register again
      Then Asha has been sent four codes by email

    @WR-1.2 @assumed
    Scenario: The codes of another customer are not counted
      Given Bilal, a customer of the bank who has never used the web site
      And Bilal has started to register four times
      When Asha starts to register by customer number
      Then Asha has been sent one code by email
      And Asha can have three more codes sent

    @WR-1.11 @assumed
    Scenario: Where the bank counts the codes of one hour, the customer can come back after an hour
      Given the bank's rule is that codes are counted for one hour
      And Asha has started to register four times
      When Asha starts to register again
      Then Asha is told to come back in 60 minutes
      And Asha has been sent four codes by email

    @WR-1.2 @assumed
    Scenario: Where the bank counts the codes of one hour, those that are an hour old no longer count
      Given the bank's rule is that codes are counted for one hour
      And Asha has started to register four times
      And 60 minutes pass
      When Asha starts to register again
      Then Asha has been sent five codes by email
      And Asha can have three more codes sent

  Rule: A start that the browser repeats under the same number begins one registration

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And Asha's browser sends its requests under the number "17"
      And Asha starts to register by customer number

    @WR-1.2 @assumed
    Scenario: A start is repeated
      When Asha starts to register by customer number
      Then Asha is given the same answer as before
      And Asha is asked for the mailed code
      And Asha has been sent one code by email

    @assumed
    Scenario: A start by something else is another request
      When Asha starts to register by mobile number
      Then Asha is told that the number stands for another request
      And Asha has been sent one code by email

  Rule: A code that the mail gateway does not take has not been sent, however the gateway says so

    @WR-1.8 @assumed
    Scenario Outline: Asking the mail gateway to deliver <how>
      Given Asha, a customer of the bank who has never used the web site
      And asking the mail gateway to deliver <how>
      When Asha starts to register by customer number
      Then Asha is told "The code could not be sent"
      And Asha is asked for the mailed code
      And Asha has been sent no code by email

      Examples:
        | how                           |
        | is refused                    |
        | is refused as a conflict once |
        | finds no such page            |
        | breaks down once              |
