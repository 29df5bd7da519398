Feature: Web registration, step 1: Check identity, at its boundaries
  What step 1 rests on, tried from both sides: how an identity may be written, the birthday on which a minor comes of
  age, the instant at which a block or a limit ends, and what counts towards the limit of codes. The document says none
  of it: all of this is assumed.

  Rule: A person is found however the identity is written

    @WR-1.2 @assumed
    Scenario Outline: A customer is found <by an identity>
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <by an identity>
      Then Asha is asked for the mailed code
      And Asha has been sent one code by email

      Examples:
        | by an identity                                |
        | by the customer number with blanks around it  |
        | by the mobile number without its country code |
        | by the mobile number with blanks and dashes   |
        | by the email address in capitals              |
        | by the email address with blanks around it    |
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
        | by the customer number with blanks around it  |
        | by the mobile number without its country code |
        | by the mobile number with blanks and dashes   |
        | by the email address in capitals              |
        | by the email address with blanks around it    |
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

    @WR-1.6 @assumed
    Scenario Outline: A person who starts <wrongly> is told what to correct
      Given Asha, a customer of the bank who has never used the web site
      When Asha starts to register <wrongly>
      Then Asha is told what is wrong with <what>
      And nothing has been sent to anyone
      And the bank has never asked core banking about a customer

      Examples:
        | wrongly                                      | what            | why                               |
        | with blanks for the browser                  | the browser     | blanks name no browser            |
        | with blanks for the customer number          | the identity    | blanks are no number              |
        | by a mobile number that is too short         | the identity    | no number has four digits         |
        | by an email address without an @             | the identity    | it has no domain                  |
        | by an email address without a dot after the @ | the identity    | it has no top-level domain        |
        | by a card number with a wrong last digit     | the card number | the check digit does not fit      |
        | by a card number with a letter in it         | the card number | an O is no zero                   |
        | by a card number of eleven digits            | the card number | the shortest has twelve           |
        | by a card number of twenty digits            | the card number | the longest has nineteen          |

    @WR-1.3 @assumed
    Scenario: The longest card number is looked for
      Given Zubin, a stranger to the bank
      When Zubin starts to register by a card number of nineteen digits
      Then Zubin is told that the bank knows no such person

  Rule: A page that is not there says nothing about the customer

    @WR-1.5 @assumed
    Scenario: What answers in place of core banking knows no such page
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer finds no such page
      When Asha starts to register by customer number
      Then Asha is told that it should be tried again later
      And no registration has begun for Asha
      And nothing has been sent to anyone

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

  Rule: A code that came although the mail gateway did not say so is as good as any

    @WR-1.8 @assumed
    Scenario: The answer of the mail gateway is lost
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

      Examples:
        | email                   | shown               | why                                 |
        | asha.rao@example.test   | a•••@example.test   | its first letter is enough          |
        | ar@example.test         | a•••@example.test   | the length is not shown either      |
        | a@example.test          | a•••@example.test   | one letter looks like many          |
        | asha+web@a.example.test | a•••@a.example.test | the domain is shown as it is        |

    @WR-1.1 @assumed
    Scenario Outline: The user id "<user id>" is shown as <shown>
      Given Chitra, who already uses the web site as "<user id>"
      When Chitra starts to register by customer number
      Then Chitra is shown the user id "<shown>"

      Examples:
        | user id    | shown | why                                   |
        | chitra.sen | ch••• | its first two letters are enough      |
        | chit       | ch••• | half of it at most                    |
        | chi        | c•••  | less than half of it                  |
        | ch         | c•••  | of a short one a single letter        |

  Rule: A customer comes of age on the day of the birthday

    Background:
      Given Asha, a customer of the bank who has never used the web site

    @WR-1.13 @assumed
    Scenario Outline: A customer born on <a day> cannot register on <today>
      Given Asha was born on <a day>
      And it is <today>
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible
      And Asha is not told why

      Examples:
        | a day            | today                      | why                                           |
        | 6 January 2008   | 5 January 2026, 23:59:59   | tomorrow is the eighteenth birthday           |
        | 5 February 2008  | 5 January 2026, 09:00:00   | the month counts                              |
        | 5 January 2009   | 5 January 2026, 09:00:00   | seventeen today                               |
        | 29 February 2008 | 28 February 2026, 23:59:59 | born on a leap day: not before 1 March        |

    @WR-1.2 @assumed
    Scenario Outline: A customer born on <a day> can register on <today>
      Given Asha was born on <a day>
      And it is <today>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

      Examples:
        | a day            | today                    | why                          |
        | 6 January 2008   | 6 January 2026, 00:00:00 | the eighteenth birthday      |
        | 31 December 2007 | 5 January 2026, 09:00:00 | eighteen for a few days      |
        | 29 February 2008 | 1 March 2026, 00:00:00   | born on a leap day           |

    @WR-1.13 @assumed
    Scenario: Where the bank wants 21 years, a customer of 20 cannot register
      Given the bank's rule is that customers register from the age of 21 on
      And Asha was born on 6 January 2005
      When Asha starts to register by customer number
      Then Asha is told that registering online is not possible

    @WR-1.2 @assumed
    Scenario Outline: Where the bank's rule is that <rule>, a customer born on <a day> can register
      Given the bank's rule is that <rule>
      And Asha was born on <a day>
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

      Examples:
        | rule                                    | a day          |
        | customers register from the age of 21 on | 5 January 2005 |
        | customers of any age register            | 4 January 2026 |

  Rule: A block holds until the very instant at which it ends

    Background:
      Given Hari, who uses the web site but is blocked for 30 minutes

    @WR-1.4 @assumed
    Scenario: The last millisecond of the block
      Given 29 minutes and 59 seconds and 999 milliseconds pass
      When Hari starts to register by customer number
      Then Hari is told that access is blocked until 09:30

    @WR-1.1 @assumed
    Scenario: The end of the block
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
        | time                                   | wait                   |
        | 0 seconds                              | 24 hours               |
        | 10 hours                               | 14 hours               |
        | 23 hours and 59 minutes and 59 seconds | 1 second               |

    @WR-1.11 @assumed
    Scenario: A customer who is refused can still finish the registration that is under way
      Given Asha has started to register three times
      And Asha uses a client that calls Cymmetri directly, and is asked for the mailed code
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And the client can still continue

    @WR-1.2 @assumed
    Scenario: At the very instant at which the first code is a day old, another one is sent
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

    @WR-1.2 @assumed
    Scenario: The last code that is allowed is sent
      Given Asha has started to register three times
      When Asha starts to register again
      Then Asha has been sent four codes by email
      And Asha can have no more codes sent

    @WR-1.11 @assumed
    Scenario: Texted codes count as well
      Given Asha is asked for the texted code
      And Asha has started to register twice
      When Asha starts to register again
      Then Asha is told that too many codes have been sent
      And Asha has been sent three codes by email
      And Asha has been sent one code by text message

    @WR-1.2 @assumed
    Scenario: A code that could not be sent does not count
      Given asking the mail gateway to deliver fails once
      And Asha has started to register four times
      When Asha starts to register again
      Then Asha has been sent four codes by email

    @WR-1.2 @assumed
    Scenario: The codes of another customer do not count
      Given Bilal, a customer of the bank who has never used the web site
      And Bilal has started to register four times
      When Asha starts to register by customer number
      Then Asha has been sent one code by email
      And Asha can have three more codes sent

    @WR-1.11 @assumed
    Scenario: Where the bank counts over an hour, the limit ends with it
      Given the bank's rule is that codes are counted for one hour
      And Asha has started to register four times
      When Asha starts to register again
      Then Asha is told to come back in 60 minutes
