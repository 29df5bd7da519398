Feature: Web registration: Which wrong attempts are counted together
  The bank wants nobody to gain attempts by going back and forth, and nobody to lose them by a mistake elsewhere. So
  wrong attempts belong to the customer; at the mailed code, at the texted code, at the card and at the login they are
  counted separately, and only what is right at the same step resets them. The document says that attempts are
  tracked. Which are counted together is assumed.

  Rule: Wrong attempts at one step are not counted at another

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-4.2 @assumed
    Scenario: Two at the mailed code and two at the texted code do not block
      Given Asha enters a wrong code twice
      And Asha enters the mailed code
      When Asha enters a wrong code twice
      Then Asha is told that one attempt is left

    @WR-2.1 @assumed
    Scenario: After two at the mailed code, the customer has all attempts at the texted code
      Given Asha enters a wrong code twice
      When Asha enters the mailed code
      Then Asha is told that three attempts are left

    @WR-7.3 @assumed
    Scenario: Two at each code and two at the card do not block
      Given Asha enters a wrong code twice
      And Asha enters the mailed code
      And Asha enters a wrong code twice
      And Asha enters the texted code
      When Asha gets the PIN of the debit card wrong twice
      Then Asha is told that one attempt is left

    @WR-2.2 @assumed
    Scenario: After two at the texted code, one at the mailed code of the next registration leaves two
      Given Asha enters the mailed code
      And Asha enters a wrong code twice
      And Asha starts to register again
      When Asha enters a wrong code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

    @WR-1.2 @assumed
    Scenario: After two at the card, the customer has all attempts at the mailed code of the next registration
      Given Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      When Asha starts to register again
      Then Asha is told that three attempts are left

    @WR-4.2 @assumed
    Scenario: After two at the card, one at the texted code of the next registration leaves two
      Given Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha starts to register again
      And Asha enters the mailed code
      When Asha enters a wrong code
      Then Asha is told that the code is wrong
      And Asha is told that two attempts are left

  Rule: What is right resets the wrong attempts at its own step, and at no other

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code

    @WR-1.2 @assumed
    Scenario: The right mailed code resets the wrong attempts at mailed codes
      Given Asha enters a wrong code twice
      And Asha enters the mailed code
      When Asha starts to register again
      Then Asha is told that three attempts are left
      And Asha still has three attempts

    @WR-2.1 @assumed
    Scenario: The right texted code resets the wrong attempts at texted codes
      Given Asha enters the mailed code
      And Asha enters a wrong code twice
      And Asha enters the texted code
      And Asha starts to register again
      When Asha enters the mailed code
      Then Asha is told that three attempts are left
      And Asha still has three attempts

    @WR-2.1 @assumed
    Scenario: The right mailed code does not reset the wrong attempts at texted codes
      Given Asha enters the mailed code
      And Asha enters a wrong code twice
      And Asha starts to register again
      When Asha enters the mailed code
      Then Asha is told that one attempt is left
      And Asha still has one attempt

    @WR-4.1 @assumed
    Scenario: Neither code resets the wrong attempts at the card
      Given Asha enters the mailed code
      And Asha enters the texted code
      And Asha gets the PIN of the debit card wrong twice
      And Asha starts to register again
      And Asha enters the mailed code
      When Asha enters the texted code
      Then Asha still has one attempt

    @WR-4.1 @assumed
    Scenario: A wrong code does not reset the wrong attempts at the card
      Given Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha starts to register again
      And Asha enters a wrong code
      And Asha enters the mailed code
      When Asha enters the texted code
      Then Asha still has one attempt

    @WR-7.1 @assumed
    Scenario: The right card resets the wrong attempts at the card
      Given Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha gives the details of the debit card
      When Asha starts to register again
      Then Asha still has three attempts at the card

    @WR-7.2 @assumed
    Scenario: The right credit card resets the wrong attempts at the debit card
      Given Asha is asked for proof of identity
      And Asha gets the PIN of the debit card wrong twice
      And Asha gives the details of the credit card
      When Asha starts to register again
      Then Asha still has three attempts at the card

    @WR-12.2 @assumed
    Scenario: A customer who has registered has all attempts at the login
      Given Asha has registered on the web site as "lotus.pond"
      When Asha tries to log in to the web site with a wrong password twice
      Then Asha is told that the user id or the password is wrong
      And Asha can log in to the web site

  Rule: Wrong attempts do not end with a registration

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site

    @WR-2.3 @assumed
    Scenario: One in each of three registrations blocks the customer
      Given Asha is asked for the mailed code
      And Asha enters a wrong code
      And Asha starts to register again
      And Asha enters a wrong code
      And Asha starts to register again
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:30

    @WR-2.3 @assumed
    Scenario: Two in a session that has ended, and one in the next, block the customer
      Given Asha is asked for the mailed code
      And Asha enters a wrong code twice
      And 24 hours pass
      And Asha starts to register again
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:30

    @WR-4.3 @assumed
    Scenario: Two with a code that has expired, and one with the next, block the customer
      Given Asha is asked for the texted code
      And Asha enters a wrong code twice
      And 6 minutes pass
      And Asha asks for another code
      When Asha enters a wrong code
      Then Asha is told that access is blocked until 09:36

  Rule: One customer's wrong attempts are not counted against another

    Background:
      Given the bank's rule is that three wrong attempts block for 30 minutes
      And Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank who has never used the web site

    @assumed
    Scenario Outline: Two customers are asked <for what>, and each has their own attempts
      Given Asha is asked <for what>
      And Bilal is asked <for what>
      And Bilal <makes a mistake> twice
      When Asha <makes a mistake>
      Then Asha is told that two attempts are left

      Examples:
        | for what              | makes a mistake                      |
        | for the mailed code   | enters a wrong code                  |
        | for the texted code   | enters a wrong code                  |
        | for proof of identity | gets the PIN of the debit card wrong |

  Rule: Where the bank allows a different number of attempts at each step, each step has its own

    Background:
      Given the bank's rule is that two wrong codes, three wrong cards or four wrong passwords block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Chitra, who already uses the web site

    @assumed
    Scenario Outline: A customer who is asked <for what> and <makes mistakes> is told that <outcome>
      Given Asha is asked <for what>
      When Asha <makes mistakes>
      Then Asha is told that <outcome>

      @WR-2.2
      Examples:
        | for what            | makes mistakes      | outcome             |
        | for the mailed code | enters a wrong code | one attempt is left |

      @WR-2.3
      Examples:
        | for what            | makes mistakes            | outcome                       |
        | for the mailed code | enters a wrong code twice | access is blocked until 09:10 |

      @WR-4.2
      Examples:
        | for what            | makes mistakes      | outcome             |
        | for the texted code | enters a wrong code | one attempt is left |

      @WR-4.3
      Examples:
        | for what            | makes mistakes            | outcome                       |
        | for the texted code | enters a wrong code twice | access is blocked until 09:10 |

      @WR-7.3
      Examples:
        | for what              | makes mistakes                             | outcome             |
        | for proof of identity | gets the PIN of the debit card wrong twice | one attempt is left |

      @WR-7.4
      Examples:
        | for what              | makes mistakes                                   | outcome                       |
        | for proof of identity | gets the PIN of the debit card wrong three times | access is blocked until 09:10 |

    @WR-12.2 @assumed
    Scenario: The third of four wrong passwords does not block
      When Chitra tries to log in to the web site with a wrong password three times
      Then Chitra is told that the user id or the password is wrong

    @WR-12.3 @assumed
    Scenario: The fourth of four wrong passwords blocks
      When Chitra tries to log in to the web site with a wrong password four times
      Then Chitra is told that access is blocked until 09:10

  Rule: The bank can change one rule and leave the others as they are

    @WR-2.2 @assumed
    Scenario: Two rules for codes and one for blocks apply together
      Given the bank's rule is that a code has eight digits
      And the bank's rule is that a code is valid for ten minutes
      And the bank's rule is that five wrong attempts block for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that four attempts are left
      And the latest code sent to Asha by email has eight digits
      And the latest code sent to Asha by email is said to be valid for 10 minutes

    @WR-2.2 @assumed
    Scenario: A rule that is changed later leaves the earlier ones as they were
      Given the bank's rule is that five wrong attempts block for ten minutes
      And the bank's rule is that a code is valid for ten minutes
      And Asha, a customer of the bank who has never used the web site
      And the bank's rule has become that a code has eight digits
      And Asha is asked for the mailed code
      When Asha enters a wrong code
      Then Asha is told that four attempts are left
      And the latest code sent to Asha by email has eight digits
      And the latest code sent to Asha by email is said to be valid for 10 minutes

  Rule: Where the bank comes to allow fewer attempts, the next wrong one blocks who has made as many already

    Background:
      Given the bank's rule is that five wrong attempts block for ten minutes

    @assumed
    Scenario Outline: A customer who is asked <where> has made as many wrong attempts as are allowed now
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked <where>
      And Asha <goes wrong> three times
      And the bank's rule has become that three wrong attempts block for 30 minutes
      When Asha <goes wrong>
      Then Asha is told that access is blocked until 09:30

      Examples:
        | where                 | goes wrong                           |
        | for the mailed code   | enters a wrong code                  |
        | for the texted code   | enters a wrong code                  |
        | for proof of identity | gets the PIN of the debit card wrong |

    @WR-12.3 @assumed
    Scenario: A user has typed as many wrong passwords as are allowed now
      Given Chitra, who already uses the web site
      And Chitra tries to log in to the web site with a wrong password three times
      And the bank's rule has become that three wrong attempts block for 30 minutes
      When Chitra tries to log in to the web site with a wrong password
      Then Chitra is told that access is blocked until 09:30
