Feature: Journey: An outage in the middle
  A system behind the bank fails while somebody is registering. The person is asked to come back later, loses nothing,
  and continues from the same step when the outage is over. The documents do not mention outages: all of this is
  assumed.

  @WR-7.1 @assumed
  Scenario: A customer continues with the card when core banking is back
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for proof of identity
    And asking core banking to check a card fails once
    And Asha gives the details of the debit card
    When Asha gives the details of the debit card
    Then Asha is asked to choose a user id
    And the bank has asked core banking to check a card twice

  @assumed
  Scenario Outline: A customer is asked to come back later when Cymmetri, asked <what>, says nothing
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked <for what>
    And asking Cymmetri <what> returns a success that says nothing
    When Asha <goes on>
    Then Asha is told to try again later
    And Asha is asked <for what>

    Examples:
      | what                     | for what              | goes on                               |
      | to check the mailed code | for the mailed code   | enters the mailed code                |
      | to check the texted code | for the texted code   | enters the texted code                |
      | to check a card          | for proof of identity | gives the details of the debit card   |
      | to hold a user id        | to choose a user id   | chooses the user id "lotus.pond"      |
      | to check a password      | to choose a password  | chooses the password "Violet-Kite#27" |

  @assumed
  Scenario Outline: A customer who is asked <for what> continues after an answer of Cymmetri's that says nothing
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked <for what>
    And asking Cymmetri <what> returns a success that says nothing once
    And Asha <goes on>
    When Asha <goes on>
    Then Asha is asked <for what then>

    Examples:
      | what                     | for what              | goes on                               | for what then           |
      | to check the mailed code | for the mailed code   | enters the mailed code                | for the texted code     |
      | to check the texted code | for the texted code   | enters the texted code                | for proof of identity   |
      | to check a card          | for proof of identity | gives the details of the debit card   | to choose a user id     |
      | to hold a user id        | to choose a user id   | chooses the user id "lotus.pond"      | to choose a password    |
      | to check a password      | to choose a password  | chooses the password "Violet-Kite#27" | to confirm the password |

  @assumed
  Scenario Outline: A customer stays where they are when Cymmetri, asked <what>, refuses in words that nobody knows
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked <for what>
    And asking Cymmetri <what> is refused once in words that nobody knows
    When Asha <goes on>
    Then Asha is told that the fault lies with the bank
    And Asha is asked <for what>

    Examples:
      | what                     | for what                | goes on                               |
      | to check the mailed code | for the mailed code     | enters the mailed code                |
      | to check the texted code | for the texted code     | enters the texted code                |
      | to check a card          | for proof of identity   | gives the details of the debit card   |
      | to hold a user id        | to choose a user id     | chooses the user id "lotus.pond"      |
      | to check a password      | to choose a password    | chooses the password "Violet-Kite#27" |
      | to set the password      | to confirm the password | confirms the password                 |

  @assumed
  Scenario: A refusal of Cymmetri's that calls itself a success makes nobody a user
    Given Asha, a customer of the bank who has never used the web site
    And Asha has chosen the user id "lotus.pond" and a password
    And asking Cymmetri to set the password is refused, and calls that a success
    When Asha confirms the password
    Then Asha is told that the fault lies with the bank
    And Asha is asked to confirm the password
    And "Violet-Kite#27" lets nobody in as "lotus.pond"

  @WR-2.1 @assumed
  Scenario: A request that was refused in words that nobody knows is made again under the same number
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for the mailed code
    And asking Cymmetri to check the mailed code is refused once in words that nobody knows
    And Asha's browser sends its requests under the number "17"
    And Asha enters the mailed code
    When Asha enters the mailed code
    Then Asha is asked for the texted code

  @assumed
  Scenario: A customer whose session has ended since an outage is not asked to come back later for ever
    Given Asha, a customer of the bank who has never used the web site
    And Asha is asked for the mailed code
    And asking Cymmetri to check the mailed code gets no connection once
    And Asha enters the mailed code
    And 30 minutes pass
    When Asha enters the mailed code
    Then Asha is told that the registration has timed out

  @DR-4.1 @assumed
  Scenario: A phone becomes active although every system failed once on the way
    Given Chitra, who is adding a new phone by text message
    And TSG's push is lost three times on its way
    And asking TSG to register a phone fails once
    And asking the Auth Service to add a phone fails once
    And Chitra types the sign-up code
    And 5 minutes pass
    And Chitra asks to have the phone registered
    And Chitra activates the phone
    When Chitra activates the phone
    Then Chitra's phone is Device_Activate
    And Chitra has one phone on the Auth Service
    And Chitra has been notified once that the phone is registered
    And Chitra has been notified once that the phone is active
