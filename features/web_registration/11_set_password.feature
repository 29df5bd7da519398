Feature: Web registration, step 11: Set the password
  A customer sets the password and becomes a user of the web site. The document says: the user can set a password that
  meets all the requirements of the password policy. It is assumed that the password is typed twice, that the previous
  steps cannot be skipped, what happens when somebody else has taken the user id in between, and that the customer is
  told of the registration by email and text message. That the customer is a known user from then on is implied.

  Rule: A password that meets the policy makes the customer a user

    @WR-11.1 @documented
    Scenario: A customer becomes a user of the web site
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha is registered as "lotus.pond"
      And Asha can do nothing more on the web site
      And Asha can log in to the web site
      And the web site asks Asha to log in from now on

    @WR-11.1 @implied
    Scenario Outline: A customer who registered by <identity> is found by <other identity> from then on
      Given Asha, a customer of the bank who has never used the web site
      And Asha starts to register by <identity>
      And Asha has chosen the user id "lotus.pond" and a password
      And Asha confirms the password
      When Asha starts to register by <other identity>
      Then Asha is asked to log in
      And Asha is shown the user id "lo•••"
      And the bank has asked core banking about a customer <times>

      Examples:
        | identity        | other identity  | times       | why                                           |
        | card number     | card number     | three times | Cymmetri knows the card from the registration |
        | customer number | customer number | three times | Cymmetri has the customer number              |
        | customer number | mobile number   | three times | Cymmetri has the mobile number                |
        | customer number | email address   | three times | Cymmetri has the email address                |
        | customer number | card number     | four times  | core banking has to say whose the card is     |

    @WR-11.1 @assumed
    Scenario: A customer may set a good password other than the one that was validated
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Copper-Kite#58" and confirms it as "Copper-Kite#58"
      Then Asha is registered as "lotus.pond"
      And Asha can log in to the web site
      And "Violet-Kite#27" lets nobody in as "lotus.pond"

    @WR-11.1 @implied
    Scenario: A customer who keeps the user id from the bank becomes a user under it
      Given Bilal, a customer of the bank whose user id there is "bilal77"
      And Bilal has chosen the user id "bilal77" and a password
      When Bilal confirms the password
      Then Bilal is registered as "bilal77"
      And Bilal can log in to the web site

  Rule: The customer is told of the registration once by email and once by text message

    @WR-11.6 @assumed
    Scenario: A customer who has registered is told so by email and text message
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha has been notified once by email that the registration is complete
      And Asha has been notified once by text message that the registration is complete

    @WR-11.6 @assumed
    Scenario: The message calls the customer by name, and does not say the user id
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then each notification of Asha calls her by name, and says nothing of "lotus.pond"

    @WR-11.6 @assumed
    Scenario: Each kind of email has a subject of its own
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the mailed code
      And Asha enters a wrong code three times
      And 30 minutes pass
      And Asha starts to register again
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then the codes, the news of the block and the news of the registration each have a subject of their own

    @WR-11.6 @assumed
    Scenario: The message goes to the email address that was verified, though the bank has another one by now
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And the bank has changed Asha's email address
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha has been notified once at the former email address that the registration is complete
      And Asha has been notified once that the registration is complete

    @WR-11.6 @assumed
    Scenario: The message goes to the number that was verified, though the bank had another one when the registration began
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked for the texted code
      And the bank has changed Asha's mobile number
      And Asha asks for another code
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha confirms the password
      Then Asha has been notified once by text message that the registration is complete

    @WR-11.6 @assumed
    Scenario: A customer who cannot be told at once is registered all the same, and told later
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver fails three times
      And Asha confirms the password
      When 10 minutes pass
      Then Asha can log in to the web site
      And Asha has been notified once by email that the registration is complete
      And Asha has been notified once by text message that the registration is complete

    @WR-11.6 @assumed
    Scenario: A message whose delivery was not confirmed is not sent twice
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      And asking the mail gateway to deliver succeeds once, but the answer is lost
      And Asha confirms the password
      When 10 minutes pass
      Then Asha has been notified once by email that the registration is complete
      And Asha has been notified once by text message that the registration is complete

    @WR-11.3 @assumed
    Scenario: A customer whose registration is not complete is not told that it is
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Violet-Kite#27" and confirms it as "Violet-Kite#28"
      Then Asha has never been notified that the registration is complete

  Rule: A password that is bad, confirmed wrongly or set too early is not set

    @WR-11.2 @documented
    Scenario: A password that breaks a rule is not set
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "kite" and confirms it as "kite"
      Then Asha is told that the password breaks a rule
      And Asha is asked to confirm the password
      And Asha has never been notified that the registration is complete
      And "kite" lets nobody in as "lotus.pond"

    @WR-11.2 @assumed
    Scenario: Where only the validated password can be set, another good one is refused
      Given Asha, a customer of the bank who has never used the web site
      And the bank's rule is that only the validated password can be set
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Copper-Kite#58" and confirms it as "Copper-Kite#58"
      Then Asha is told that the password is not the one that was validated
      And Asha is asked to confirm the password
      And "Copper-Kite#58" lets nobody in as "lotus.pond"

    @WR-11.3 @assumed
    Scenario: A password whose confirmation differs is not set
      Given Asha, a customer of the bank who has never used the web site
      And Asha has chosen the user id "lotus.pond" and a password
      When Asha sets the password "Violet-Kite#27" and confirms it as "Violet-Kite#28"
      Then Asha is told that the passwords differ
      And Asha is asked to confirm the password
      And "Violet-Kite#27" lets nobody in as "lotus.pond"
      And "Violet-Kite#28" lets nobody in as "lotus.pond"

    @WR-11.4 @assumed
    Scenario Outline: A client that sets a password while the customer is still asked <for something else> is refused
      Given Asha, a customer of the bank who has never used the web site
      And Asha uses a client that calls Cymmetri directly, and is asked <for something else>
      When the client sets the password
      Then the client is told that another step comes first
      And "Violet-Kite#27" lets nobody in as "asha.at.home"
      And the client can still continue

      Examples:
        | for something else    |
        | for the mailed code   |
        | for the texted code   |
        | for proof of identity |
        | to choose a user id   |
        | to choose a password  |

  Rule: A user id that somebody else has taken in the meantime is refused

    @WR-11.5 @assumed
    Scenario: A customer whose user id was taken in the meantime chooses another one
      Given Asha, a customer of the bank who has never used the web site
      And Bilal, a customer of the bank with only a debit card
      And Asha has chosen the user id "lotus.pond" and a password
      And Bilal has registered on the web site as "lotus.pond" 11 minutes later
      When Asha confirms the password
      Then Asha is told that the user id is taken
      And Asha is asked to choose a user id
      And Asha has never been notified that the registration is complete
