Feature: Device registration, step 3: Register the device on Entersekt, at its boundaries
  The bank wants each phone registered once and its user notified once, whatever goes wrong on the way. So this is
  tried: each way in which asking TSG can fail, a phone that was registered before, one that was revoked, and a
  notification that cannot be sent at first. The document only describes the case that goes well: the rest is assumed.

  Rule: An outage of TSG neither registers a phone nor loses one

    @DR-3.3 @assumed
    Scenario Outline: The phone stays signed up when asking TSG to register it <goes wrong>
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone <goes wrong>
      When Chitra types the sign-up code
      Then Chitra's phone is Sign_Up_Complete
      And TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered

      Examples:
        | goes wrong                                   |
        | fails                                        |
        | gets no connection                           |
        | returns garbage                              |
        | returns an answer without what was asked for |
        | is refused                                   |
        | is refused as a conflict once                |
        | finds no such page                           |

    @DR-3.3 @assumed
    Scenario Outline: A user who asks again while asking TSG still <goes wrong> is asked to come back later
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone <goes wrong>
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then Chitra is told to try again later
      And Chitra's phone is Sign_Up_Complete
      And Chitra has never been notified that the phone is registered

      Examples:
        | goes wrong         |
        | fails              |
        | gets no connection |
        | returns garbage    |

    @DR-3.3 @assumed
    Scenario Outline: When TSG is back after asking it <goes wrong>, the phone is registered after all
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone <goes wrong>
      And Chitra types the sign-up code
      And everything works again
      When Chitra asks to have the phone registered
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

      Examples:
        | goes wrong                    |
        | fails                         |
        | gets no connection            |
        | is refused as a conflict once |

    @DR-3.4 @assumed
    Scenario: When only half of TSG's answer arrived, a retry finds the phone registered
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone returns half an answer
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-3.3 @assumed
    Scenario: While TSG cannot say whether it has registered the phone, the phone stays signed up
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone succeeds once, but the answer is lost
      And Chitra types the sign-up code
      And asking TSG about a phone fails
      When Chitra asks to have the phone registered
      Then Chitra is told to try again later
      And Chitra's phone is Sign_Up_Complete
      And Chitra has never been notified that the phone is registered

    @DR-3.4 @assumed
    Scenario: A user who asks twice at once is notified once
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone succeeds once, but the answer is lost
      And Chitra types the sign-up code
      And asking TSG about a phone takes a while once
      When Chitra tries to have the phone registered twice at once
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

  Rule: Of several users, each is registered

    @DR-3.1 @assumed
    Scenario: Three users who type their sign-up codes at once are all registered, however long TSG takes
      Given Chitra, who is adding a new phone by email
      And Indu, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And asking TSG to register a phone takes a while
      And Chitra, Indu and Jai type their sign-up codes at once
      When 60 seconds pass
      Then Chitra's phone is Register_Complete
      And Indu's phone is Register_Complete
      And Jai's phone is Register_Complete

  Rule: A phone that has not signed up is not registered, no matter who asks

    @DR-3.3 @assumed
    Scenario: A push about a sign-up that TSG does not know registers no phone
      Given Chitra, who is adding a new phone by email
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered
      And Chitra has no phone on the Auth Service

    @assumed
    Scenario: TSG refuses to register a phone that has not signed up for the back office
      Given Chitra, who is adding a new phone by email
      When the back office asks TSG to register Chitra's phone
      Then TSG refuses the back office
      And TSG does not have Chitra's phone registered

    @assumed
    Scenario: Unregistering a phone that has not signed up is refused, and brings it no nearer
      Given Chitra, who is adding a new phone by email
      And the back office asks TSG to unregister Chitra's phone
      And TSG has refused the back office
      When the back office asks TSG to register Chitra's phone
      Then TSG refuses the back office
      And TSG does not have Chitra's phone registered

  Rule: A phone that is registered stays registered

    @DR-0.3 @assumed
    Scenario: Registering a phone twice changes nothing
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      When TSG has registered Indu's phone
      Then TSG has Indu's phone registered
      And Indu's phone is Register_Complete

    @DR-3.3 @assumed
    Scenario: A phone that the back office has registered meanwhile needs no second registration
      Given Chitra, whose new phone is Sign_Up_Complete
      And TSG has registered Chitra's phone
      When Chitra asks to have the phone registered
      Then Chitra's phone is Register_Complete
      And TSG has Chitra's phone registered
      And Chitra has been notified once that the phone is registered

    @DR-0.3 @assumed
    Scenario: Typing a code on a registered phone does not take its registration away
      Given Indu, who uses the web site from a phone that only TSG knows
      And Chitra, who is adding a new phone by email
      And Indu opens the app
      When Indu types Chitra's sign-up code
      Then TSG has Indu's phone registered
      And Indu's phone is Register_Complete

    @assumed
    Scenario: A phone that was unregistered stays signed up, and can be registered again as it is
      Given Chitra, whose new phone is Register_Complete
      And TSG has unregistered Chitra's phone
      When the back office asks TSG to register Chitra's phone
      Then TSG has Chitra's phone registered

    @DR-3.1 @assumed
    Scenario: A phone that was unregistered can sign up again, and the user is notified again
      Given Chitra, whose new phone is Register_Complete
      And TSG has unregistered Chitra's phone
      And Chitra asks for the phone's status again
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been notified twice that the phone is registered

  Rule: A phone that was revoked is refused for good

    @DR-3.5 @assumed
    Scenario: A new sign-up code does not register a revoked phone
      Given Chitra, whose new phone is Sign_Up_Complete
      And TSG has revoked Chitra's phone
      And Chitra asks to have the phone registered
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then the phone tells Chitra that the phone has been revoked
      And TSG does not have Chitra's phone registered

    @DR-3.5 @assumed
    Scenario: A phone that is revoked before the bank has registered it is not registered
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And Chitra types the sign-up code
      And TSG has revoked Chitra's phone
      When 5 minutes pass
      Then Chitra's phone is Not_Found
      And TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered

    @assumed
    Scenario Outline: A phone that was revoked cannot be <dealt with> again
      Given Chitra, whose new phone is Register_Complete
      And TSG has revoked Chitra's phone
      When the back office asks TSG to <deal> Chitra's phone
      Then TSG refuses the back office
      And TSG does not have Chitra's phone registered

      Examples:
        | dealt with   | deal       |
        | registered   | register   |
        | unregistered | unregister |

  Rule: The bank is given a phone's certificate, whatever became of the phone

    @assumed
    Scenario Outline: The certificate of a phone that TSG has <dealt with>
      Given Chitra, whose new phone is Register_Complete
      And TSG has <dealt with> Chitra's phone
      When the back office asks TSG for the certificate of Chitra's phone
      Then TSG gives the certificate of Chitra's phone and the one that it is signed by, each in both spellings

      Examples:
        | dealt with   |
        | registered   |
        | unregistered |
        | revoked      |

    @assumed
    Scenario: The certificate of a phone that has not signed up
      Given Chitra, who is adding a new phone by email
      When the back office asks TSG for the certificate of Chitra's phone
      Then TSG gives the certificate of Chitra's phone and the one that it is signed by, each in both spellings

  Rule: The user is notified once, even when the notification cannot be sent at first

    @assumed
    Scenario Outline: The user is notified later when asking the Auth Service to notify them <goes wrong>
      Given Chitra, who is adding a new phone by email
      And asking the Auth Service to notify somebody <goes wrong>
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

      @DR-3.1
      Examples: Once
        | goes wrong                            |
        | fails once                            |
        | gets no connection once               |
        | succeeds once, but the answer is lost |

      Examples: For a while
        | goes wrong        |
        | fails three times |

    @assumed
    Scenario: Asking the Auth Service to notify the user fails for longer
      Given Chitra, who is adding a new phone by email
      And asking the Auth Service to notify somebody fails ten times
      And Chitra types the sign-up code
      When 60 minutes pass
      Then Chitra has been notified once that the phone is registered

    @assumed
    Scenario: When the Auth Service is back after six hours, the user is notified within minutes
      Given Chitra, who is adding a new phone by email
      And asking the Auth Service to notify somebody fails
      And Chitra types the sign-up code
      And 6 hours pass
      And everything works again
      When 10 minutes pass
      Then Chitra has been notified once that the phone is registered

    @DR-3.1 @assumed
    Scenario: The user is notified later when the mail gateway is down
      Given Chitra, who is adding a new phone by email
      And asking the mail gateway to deliver fails once
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-3.1 @assumed
    Scenario: A user without an email address is notified by text message
      Given Chitra, who already uses the web site
      And Chitra, a customer of the bank without a registered email address
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by text message
      When Chitra types the sign-up code
      Then Chitra has been notified once by text message that the phone is registered

    @assumed
    Scenario: A user without an email address and a mobile number is not notified, and the bank does not try again
      Given Chitra, who already uses the web site
      And Chitra, a customer of the bank without a registered email address
      And Chitra, a customer of the bank without a registered mobile number
      And Chitra opens the app on a new phone
      When 20 minutes pass
      Then Chitra's phone is Not_Found
      And the bank has asked the Auth Service to notify somebody once
      And nothing has been sent to anyone

    @assumed
    Scenario Outline: Where the back office wants a user notified by <channel>, no other way is taken
      Given Chitra, who already uses the web site
      When the back office has Chitra notified by <channel> that the phone is active
      Then Chitra has been notified once that the phone is active
      And Chitra has been notified once by <channel> that the phone is active
      And the back office is shown only part of Chitra's <contact>

      Examples:
        | channel      | contact       |
        | email        | email address |
        | text message | mobile number |

    @assumed
    Scenario Outline: A user without <contact> cannot be notified by <channel>, and is not notified in another way
      Given Chitra, who already uses the web site
      And Chitra, a customer of the bank without <contact>
      When the back office has Chitra notified by <channel> that the phone is active
      Then nothing has been sent to anyone

      Examples:
        | contact                    | channel      |
        | a registered email address | email        |
        | a registered mobile number | text message |

    @DR-3.1 @assumed
    Scenario: Nobody else is notified
      Given Chitra, who is adding a new phone by email
      And Jai, who uses the web site from an active phone
      When Chitra types the sign-up code
      Then Chitra has been notified once that the phone is registered
      And Jai has never been notified that the phone is registered
      And Chitra has never been notified that the phone is active
