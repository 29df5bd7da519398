Feature: Device registration, step 4: Add the device to the Auth Service, at its boundaries
  The bank wants to trust a phone only when it is its user's, and to say so once. So this is tried: each way in which
  asking can fail, repeated activations, the last phone that a user may have, and what a logged-in user can do at the
  Auth Service without the bank's middleware. The document only describes the case that goes well: the rest is assumed.

  Rule: An outage neither activates a phone nor loses one

    Background:
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app

    @DR-4.5 @assumed
    Scenario Outline: The phone stays registered when asking <whom> <goes wrong>
      Given asking <whom> <goes wrong>
      When Indu activates the phone
      Then Indu is told to try again later
      And Indu's phone is Register_Complete
      And Indu has no phone on the Auth Service
      And Indu has never been notified that the phone is active

      Examples:
        | whom                            | goes wrong                                   |
        | the Auth Service to add a phone | fails                                        |
        | the Auth Service to add a phone | gets no connection                           |
        | the Auth Service to add a phone | returns garbage                              |
        | the Auth Service to add a phone | is refused                                   |
        | TSG about a phone               | fails                                        |
        | TSG about a phone               | gets no connection                           |
        | TSG about a phone               | returns garbage                              |
        | TSG about a phone               | returns half an answer                       |
        | TSG about a phone               | returns an answer without what was asked for |
        | TSG about a phone               | finds no such page                           |

    @DR-4.5 @assumed
    Scenario Outline: The phone is not added when asking the Auth Service whether it has it <goes wrong>
      Given asking the Auth Service about a phone <goes wrong>
      When Indu activates the phone
      Then Indu is told to try again later
      And the bank has never asked the Auth Service to add a phone
      And Indu has never been notified that the phone is active

      Examples:
        | goes wrong         |
        | fails              |
        | gets no connection |
        | returns garbage    |

    @DR-4.1 @assumed
    Scenario Outline: After asking <whom> <went wrong>, a retry adds the phone once
      Given asking <whom> <went wrong>
      And Indu activates the phone
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And the bank has asked the Auth Service to add a phone <how often>
      And Indu has one phone on the Auth Service
      And Indu has been notified once that the phone is active

      Examples:
        | whom                              | went wrong              | how often |
        | the Auth Service to add a phone   | gets no connection once | twice     |
        | TSG about a phone                 | fails once              | once      |
        | the Auth Service about a phone    | gets no connection once | once      |
        | the Auth Service who is logged in | fails once              | once      |

    @DR-4.2 @assumed
    Scenario: When the phone was added and only the answer was lost, a retry does not add it again
      Given asking the Auth Service to add a phone succeeds once, but the answer is lost
      And Indu activates the phone
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And the bank has asked the Auth Service to add a phone once
      And Indu has one phone on the Auth Service
      And Indu has been notified once that the phone is active

  Rule: The user is notified of each activation once

    @DR-4.1 @assumed
    Scenario: A user whose phone was removed and is activated again is notified again
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu activates the phone
      And the Auth Service has meanwhile removed Indu's phone
      And Indu asks for the phone's status again
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And Indu has been notified twice that the phone is active

    @DR-4.1 @assumed
    Scenario: A user who had to ask whether the phone is active is notified of the next activation, too
      Given Indu, who uses the web site from a phone that only TSG knows
      And asking the Auth Service to add a phone succeeds once, but the answer is lost
      And Indu activates the phone
      And Indu asks for the phone's status again
      And the Auth Service has meanwhile removed Indu's phone
      And Indu asks for the phone's status again
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And Indu has been notified twice that the phone is active

    @DR-4.1 @assumed
    Scenario: A user who tried twice to activate the phone is notified of the next activation, too
      Given Indu, who uses the web site from a phone that only TSG knows
      And asking the Auth Service to add a phone succeeds once, but the answer is lost
      And Indu activates the phone
      And Indu activates the phone
      And the Auth Service has meanwhile removed Indu's phone
      And Indu asks for the phone's status again
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And Indu has been notified twice that the phone is active

    @DR-4.1 @assumed
    Scenario: A user who adds two phones is notified of each
      Given Chitra, who already uses the web site
      And Chitra registers a phone by email
      When Chitra registers a phone by text message
      Then Chitra has two phones on the Auth Service
      And Chitra has been notified twice that the phone was not found
      And Chitra has been notified twice that the phone is registered
      And Chitra has been notified twice that the phone is active

    @DR-4.1 @assumed
    Scenario Outline: A user who activates the phone twice at once is notified once, though asking <whom> takes a while
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking <whom> takes a while once
      When Indu tries to activate the phone twice at once
      Then Indu's phone is Device_Activate
      And Indu has one phone on the Auth Service
      And Indu has been notified once that the phone is active

      Examples:
        | whom                            |
        | TSG about a phone               |
        | the Auth Service to add a phone |

    @DR-4.2 @assumed
    Scenario: A user is not notified of a phone that the Auth Service adds while the user activates it
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking TSG about a phone takes a while once
      When Indu activates the phone, and the Auth Service adds it before the bank does
      Then Indu's phone is Device_Activate
      And Indu has one phone on the Auth Service
      And Indu has never been notified that the phone is active

    @assumed
    Scenario Outline: The user is notified later when asking the Auth Service to notify them <goes wrong>
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking the Auth Service to notify somebody <goes wrong>
      And Indu activates the phone
      When 5 minutes pass
      Then Indu's phone is Device_Activate
      And Indu has been notified once that the phone is active

      @DR-4.1
      Examples: Once
        | goes wrong                            |
        | fails once                            |
        | succeeds once, but the answer is lost |

      Examples: For a while
        | goes wrong        |
        | fails three times |

    @DR-4.4 @assumed
    Scenario: Only the user who activated the phone is notified
      Given Jai, who uses the web site from a phone that only TSG knows
      And Indu, who already uses the web site
      And Indu opens the app on Jai's phone
      And Jai activates the phone
      When Indu activates the phone
      Then Indu has never been notified that the phone is active
      And Jai has been notified once that the phone is active

    @DR-0.2 @assumed
    Scenario: A user who was refused another user's phone is not notified when the bank gives it to them
      Given Indu, who already uses the web site
      And Jai, who uses the web site from a phone that only TSG knows
      And Indu opens the app on Jai's phone
      And Jai activates the phone
      And Indu activates the phone
      And the Auth Service has meanwhile given Jai's phone to Indu
      When Indu asks for the phone's status again
      Then Indu has never been notified that the phone is active

  Rule: A user can have exactly as many phones as the bank allows

    @DR-4.1 @assumed
    Scenario: The last phone that the bank allows is added
      Given Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      And Lata asks to add the phone by email
      And Lata types the sign-up code
      When Lata activates the phone
      Then Lata's phone is Device_Activate
      And Lata has five phones on the Auth Service

    @DR-4.2 @assumed
    Scenario: A phone that is already on the Auth Service is not one too many
      Given Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      And Lata asks to add the phone by email
      And Lata types the sign-up code
      And the Auth Service has meanwhile added Lata's phone
      When Lata activates the phone
      Then Lata's phone is Device_Activate

    @DR-4.6 @assumed
    Scenario: Where two phones are allowed, the third is refused
      Given the bank's rule is that a user may have two phones
      And Jai, who uses the web site from an active phone
      And Jai has added a new phone, but not activated it
      And the Auth Service has meanwhile added another phone of Jai's
      When Jai activates the phone
      Then Jai is told that the bank allows no more phones
      And Jai has two phones on the Auth Service

  Rule: A phone has one owner, and only the owner asks the Auth Service about it

    @DR-0.2 @assumed
    Scenario: Adding a phone that is there already changes nothing
      Given Jai, who uses the web site from an active phone
      And Jai opens the app
      When the Auth Service has meanwhile added Jai's phone
      Then Jai's phone is Device_Activate
      And Jai has one phone on the Auth Service

    @assumed
    Scenario Outline: The Auth Service refuses a logged-in user who asks <for something> in somebody else's name
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      When Chitra asks the Auth Service itself <for something>, in Jai's name
      Then the Auth Service refuses Chitra
      And Jai has one phone on the Auth Service
      And Jai has been sent no code by email

      Examples:
        | for something                                  |
        | for the contacts                               |
        | whether an email address is the registered one |
        | for the phones                                 |
        | for the phone                                  |
        | to add the phone                               |
        | to remove the phone                            |

    @assumed
    Scenario Outline: The Auth Service refuses a logged-in user who asks <for something>, as only the middleware may
      Given Jai, who uses the web site from an active phone
      When Jai asks the Auth Service itself <for something>
      Then the Auth Service refuses Jai
      And nothing has been sent to anyone

      Examples:
        | for something      |
        | who is logged in   |
        | whose the phone is |
        | to send a message  |

    @assumed
    Scenario Outline: The Auth Service answers a logged-in user who asks <for something> of their own
      Given Jai, who uses the web site from an active phone
      When Jai asks the Auth Service itself <for something>
      Then the Auth Service answers Jai

      Examples:
        | for something    |
        | for the contacts |
        | for the phones   |
        | for the phone    |
        | to add the phone |

    @assumed
    Scenario Outline: The Auth Service answers a user who asks <for something> and writes the user id in capitals
      Given Jai, who uses the web site from an active phone
      When Jai asks the Auth Service itself <for something>, and writes the user id in capitals
      Then the Auth Service answers Jai

      Examples:
        | for something       |
        | for the contacts    |
        | for the phones      |
        | for the phone       |
        | to add the phone    |
        | to remove the phone |

    @assumed
    Scenario: A phone that is added again keeps the time since when it is its user's
      Given Jai, who uses the web site from an active phone
      And Jai opens the app
      And 10 minutes pass
      When Jai asks the Auth Service itself to add the phone
      Then the Auth Service says that Jai's phone was added at 5 January 2026, 09:00:00

    @assumed
    Scenario Outline: The Auth Service shows a user no more than part of the <contact>
      Given Jai, who uses the web site from an active phone
      When Jai asks the Auth Service itself for the contacts
      Then the Auth Service shows Jai only part of the <contact>

      Examples:
        | contact       |
        | email address |
        | mobile number |

    @assumed
    Scenario: A user with as many phones as the bank allows may add one of them again
      Given Kiran, who uses the web site from five active phones
      When Kiran asks the Auth Service itself to add the phone
      Then the Auth Service answers Kiran
      And Kiran has five phones on the Auth Service

    @assumed
    Scenario: A user who tries to remove somebody else's phone removes nothing
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      When Chitra asks the Auth Service itself to remove Jai's phone from Chitra's account
      Then Jai has one phone on the Auth Service

  Rule: The phones of a user are listed in the order in which they were added

    @assumed
    Scenario: A user has five phones
      Given Jai, who uses the web site from an active phone
      And 60 seconds pass
      And the Auth Service has meanwhile added another phone of Jai's
      And 60 seconds pass
      And the Auth Service has meanwhile added another phone of Jai's
      And 60 seconds pass
      And the Auth Service has meanwhile added another phone of Jai's
      And the Auth Service has meanwhile added another phone of Jai's
      When 60 seconds pass
      Then the Auth Service lists Jai's phones, the one that was added first before all others

  Rule: TSG and the Auth Service deal with the bank, and with nobody else

    @assumed
    Scenario Outline: Somebody without the bank's key asks <what>
      Given Chitra, who is adding a new phone by email
      When somebody without the bank's key asks <what>
      Then nothing is answered but that the key is wrong

      Examples:
        | what                                |
        | TSG about a phone                   |
        | TSG for a sign-up code              |
        | TSG how a sign-up stands            |
        | TSG to register a phone             |
        | TSG to void a sign-up code          |
        | TSG for a phone's certificate       |
        | TSG to unregister a phone           |
        | TSG to revoke a phone               |
        | the Auth Service who is logged in   |
        | the Auth Service whose a phone is   |
        | the Auth Service about a contact    |
        | the Auth Service for the phones     |
        | the Auth Service to notify somebody |
        | the Auth Service about a phone      |
        | the Auth Service to add a phone     |
        | the Auth Service to remove a phone  |
        | the Auth Service about a user       |
