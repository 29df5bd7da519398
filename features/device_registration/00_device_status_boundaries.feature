Feature: Device registration, step 0: Determine the device status, at its boundaries
  The bank wants every limit of step 0 to lie exactly where it was set, so each is tried from both sides: when a session
  ends, who may see and change a registration, which answers mean Not_Found and which an outage, and what happens when
  the status is asked for again. The document says that both systems are asked and that the user is notified; the rest
  is assumed.

  Rule: A session is open until the moment it expires

    Background:
      Given the bank's rule is that a login lasts five minutes
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone

    @DR-0.1 @assumed
    Scenario: Just before the session expires, the user is answered
      Given just under 5 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.8 @assumed
    Scenario: When the session expires, the user must log in again
      Given 5 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra is told that logging in comes first
      And the bank has asked TSG about a phone once
      And Chitra has been notified once that the phone was not found

    @DR-0.8 @assumed
    Scenario: Using the app does not make the session longer
      Given 3 minutes pass
      And Chitra asks for the phone's status again
      And 2 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra is told that logging in comes first
      And the bank has asked TSG about a phone twice
      And Chitra has been notified once that the phone was not found

    @assumed
    Scenario: The user is told how long the session lasts
      When Chitra logs in to the app
      Then Chitra is logged in for 5 minutes
      And Chitra has been notified once that the phone was not found

  Rule: The user is told how long a session lasts, however long that is

    @assumed
    Scenario Outline: Where a login lasts <long>, the user is logged in for <time>
      Given the bank's rule is that a login lasts <long>
      And Chitra, who already uses the web site
      When Chitra logs in to the app
      Then Chitra is logged in for <time>

      Examples:
        | long              | time       | why                              |
        | 90 seconds        | 90 seconds | it is no number of whole minutes |
        | one day           | 24 hours   | a day is longer than an hour     |
        | a day and an hour | 25 hours   | both the day and the hour count  |

    @assumed
    Scenario: The middleware is told the same end as the user
      Given the bank's rule is that a login lasts five minutes
      And Chitra, who already uses the web site
      When Chitra opens the app on a new phone
      Then the Auth Service has told the bank that Chitra's session lasts until 5 January 2026, 09:05:00

  Rule: Where the bank ends a session that is not used, using the app keeps it open

    Background:
      Given the bank's rule is that a login ends after five minutes without use
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And just under 5 minutes pass
      And Chitra asks for the phone's status again

    @DR-0.1 @assumed
    Scenario: Just before five minutes without use are over, the user is answered
      Given just under 5 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.8 @assumed
    Scenario: After five minutes without use, the user must log in again
      Given 5 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra is told that logging in comes first
      And the bank has asked TSG about a phone twice
      And Chitra has been notified once that the phone was not found

    @DR-0.8 @assumed
    Scenario: A login that is used all the time ends when its own time is over
      Given the bank's rule has become that a login lasts ten minutes
      And Chitra logs in to the app
      And 4 minutes pass
      And Chitra asks for the phone's status again
      And 4 minutes pass
      And Chitra asks for the phone's status again
      And 2 minutes pass
      When Chitra tries to ask for the phone's status
      Then Chitra is told that logging in comes first
      And the bank has asked TSG about a phone four times

  Rule: Whether a user can be logged in twice is the bank's rule

    @DR-0.1 @assumed
    Scenario: A second login leaves the first one alone
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra has logged in to the app somewhere else
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.8 @assumed
    Scenario: A second login ends the first one where the bank wants that
      Given the bank's rule is that a login ends the one before
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra has logged in to the app somewhere else
      When Chitra tries to ask for the phone's status
      Then Chitra is told that logging in comes first
      And the bank has asked TSG about a phone once
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @assumed
    Scenario: A login that fails does not end the session that is open
      Given the bank's rule is that a login ends the one before
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra tries to log in to the app with a wrong password
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @assumed
    Scenario: A second login does not end the sessions of other users
      Given the bank's rule is that a login ends the one before
      And Chitra, who already uses the web site
      And Indu, who uses the web site from a phone that only TSG knows
      And Chitra opens the app on a new phone
      And Indu opens the app
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

  Rule: Nobody but its user, logged in, sees a registration or acts on it

    Background:
      Given Jai, whose new phone is Register_Complete
      And Chitra, who already uses the web site

    @DR-0.4 @assumed
    Scenario Outline: Another user cannot <do something>
      When Chitra finds Jai's registration, and tries to <do something>
      Then Chitra is told that the registration is somebody else's
      And Chitra is not told whose phone it is
      And Jai's phone is Register_Complete
      And Jai has no phone on the Auth Service
      And the bank has asked TSG for a sign-up code once

      Examples:
        | do something               |
        | look at the registration   |
        | look at the history        |
        | ask for the phone's status |
        | add the phone              |
        | have the phone registered  |
        | activate the phone         |

    @DR-0.4 @assumed
    Scenario Outline: A user who has logged out cannot <do something>
      When Jai logs out of the app, and tries to <do something>
      Then Jai is told that logging in comes first
      And Jai has no phone on the Auth Service
      And the bank has asked TSG for a sign-up code once

      Examples:
        | do something               |
        | look at the registration   |
        | look at the history        |
        | ask for the phone's status |
        | add the phone              |
        | have the phone registered  |
        | activate the phone         |

  Rule: Nobody but its user touches a sign-up that is under way

    @DR-0.4 @assumed
    Scenario Outline: While a phone is being added, another user cannot <do something>
      Given Jai, who is adding a new phone by email
      And Chitra, who already uses the web site
      When Chitra finds Jai's registration, and tries to <do something>
      Then Chitra is told that the registration is somebody else's
      And Jai's phone is Sign_Up_In_Progress
      And Jai has been sent one sign-up code by email
      And Chitra has been sent no code by email

      Examples:
        | do something               | why                                              |
        | add the phone              | it would void the code that Jai was sent         |
        | ask for the phone's status | the answer would tell of a phone                 |
        | have the phone registered  | whose it is comes before whether it is too early |

    @DR-0.4 @assumed
    Scenario: Another user does not see the QR code
      Given Jai, who is adding a new phone by QR code
      And Chitra, who already uses the web site
      When Chitra finds Jai's registration, and tries to look at the registration
      Then Chitra is told that the registration is somebody else's
      And Chitra is shown no QR code
      And Jai is shown a QR code

  Rule: A user opens the app in their own name, in any letter case

    @DR-0.4 @assumed
    Scenario: A user who claims to be another one is refused
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      When Chitra opens the app on a new phone, and claims to be Jai
      Then Chitra is told that the registration is somebody else's
      And no registration has begun for Chitra
      And the bank has never asked TSG about a phone

    @assumed
    Scenario: A user id is the same in any letter case
      Given Jai, who uses the web site from an active phone
      When Jai opens the app, and writes the user id in capitals
      Then Jai's phone is Device_Activate
      And nothing has been sent to anyone

    @DR-4.1 @assumed
    Scenario: A user who logs in again in capitals goes on with the registration
      Given Chitra, whose new phone is Register_Complete
      And Chitra has logged in to the app again, and written the user id in capitals
      When Chitra activates the phone
      Then Chitra's phone is Device_Activate
      And Chitra has been notified once that the phone is active

  Rule: No outage is read as Not_Found, whatever it looks like

    Background:
      Given Chitra, who already uses the web site

    @DR-0.5 @assumed
    Scenario Outline: The user is asked to come back later when asking the Auth Service <what> <goes wrong>
      Given asking the Auth Service <what> <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And the bank has never asked TSG about a phone
      And Chitra has never been notified that the phone was not found

      Examples:
        | what             | goes wrong                                   |
        | who is logged in | fails                                        |
        | who is logged in | gets no connection                           |
        | who is logged in | returns garbage                              |
        | who is logged in | returns half an answer                       |
        | who is logged in | returns an answer without what was asked for |
        | about a phone    | fails                                        |
        | whose a phone is | fails                                        |
        | whose a phone is | gets no connection                           |
        | whose a phone is | returns garbage                              |
        | whose a phone is | returns half an answer                       |
        | whose a phone is | returns an answer without what was asked for |

    @DR-0.6 @assumed
    Scenario Outline: The user is asked to come back later when asking TSG about the phone <goes wrong>
      Given asking TSG about a phone <goes wrong>
      When Chitra opens the app on a new phone
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And Chitra has never been notified that the phone was not found

      Examples:
        | goes wrong                                   | why                                                       |
        | fails                                        | TSG says itself that it is out of order                   |
        | returns half an answer                       | the connection breaks in the middle                       |
        | returns an answer without what was asked for | it does not say whether the phone is there                |
        | finds no such page                           | only TSG's own words mean that it does not know the phone |

    @DR-0.1 @assumed
    Scenario Outline: When <system> is back, the user can start again
      Given asking <request> fails once
      And Chitra opens the app on a new phone
      When Chitra opens the app
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

      Examples:
        | system           | request                           |
        | the Auth Service | the Auth Service about a phone    |
        | the Auth Service | the Auth Service whose a phone is |
        | TSG              | TSG about a phone                 |

  Rule: When nobody can say whether a password is right, it is not called wrong

    Background:
      Given Chitra, who already uses the web site

    @assumed
    Scenario Outline: The user is asked to come back later when asking Cymmetri <what> <goes wrong>
      Given asking Cymmetri <what> <goes wrong>
      When Chitra logs in to the app
      Then Chitra is told to try again later
      And Chitra has never been notified that access is blocked

      Examples:
        | what               | goes wrong                                   |
        | to log somebody in | fails                                        |
        | to log somebody in | gets no connection                           |
        | to log somebody in | returns garbage                              |
        | to log somebody in | returns half an answer                       |
        | to log somebody in | returns an answer without what was asked for |
        | who has logged in  | fails                                        |
        | who has logged in  | gets no connection                           |
        | who has logged in  | is refused as unauthorized                   |
        | who has logged in  | returns an answer without what was asked for |

    @WR-12.2 @implied
    Scenario: A user with a wrong password is told that the user id or the password is wrong
      When Chitra tries to log in to the app with a wrong password
      Then Chitra is told that the user id or the password is wrong
      And nothing has been sent to anyone

    @assumed
    Scenario: A user id that nobody can have is wrong as well
      When Chitra tries to log in to the app with spaces for the user id
      Then Chitra is told that the user id or the password is wrong
      And nothing has been sent to anyone

    @assumed
    Scenario Outline: A refusal that looks like a success is a refusal all the same: Cymmetri says that <what>
      Given asking Cymmetri to log somebody in returns a success that says that <what>
      When Chitra logs in to the app
      Then Chitra is told that <what>

      Examples:
        | what                                 |
        | the user id or the password is wrong |
        | access is blocked                    |

    @WR-12.4 @implied
    Scenario: A blocked user is told that access is blocked
      Given Hari, who uses the web site but is blocked for good
      When Hari logs in to the app
      Then Hari is told that access is blocked
      And nothing has been sent to anyone

    @assumed
    Scenario Outline: A user is told that <what> where Cymmetri uses the vendor's own code for it as well
      Given asking Cymmetri to log somebody in is refused with the vendor's own code for <reason>
      When Chitra logs in to the app
      Then Chitra is told that <what>
      And nothing has been sent to anyone

      Examples:
        | what                                 | reason           |
        | the user id or the password is wrong | a wrong password |
        | access is blocked                    | a blocked user   |

  Rule: Asking again shows what has changed, and changes nothing by itself

    @DR-0.1 @assumed
    Scenario: A user who asks several times is notified once that the phone was not found
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks for the phone's status again three times
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @assumed
    Scenario: An app that repeats its request under the same number has asked once
      Given Chitra, who already uses the web site
      And Chitra's app sends its requests under the number "17"
      And Chitra opens the app on a new phone
      When Chitra opens the app
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @assumed
    Scenario: An app that repeats its request under the same number after another login has asked once
      Given Chitra, who already uses the web site
      And Chitra's app sends its requests under the number "17"
      And Chitra opens the app on a new phone
      And Chitra logs in to the app
      When Chitra opens the app
      Then Chitra's phone is Not_Found
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @documented
    Scenario: A phone that was found in between is notified of again when it is no longer found
      Given Chitra, whose new phone is Register_Complete
      And TSG has unregistered Chitra's phone
      And 60 seconds pass
      When Chitra asks for the phone's status again
      Then Chitra's phone is Not_Found
      And Chitra has been notified twice that the phone was not found

    @DR-2.1 @assumed
    Scenario: Asking during a sign-up does not end it
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And Chitra asks for the phone's status again
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG for a sign-up code once
      And Chitra has been notified once that the phone was not found

    @DR-0.1 @assumed
    Scenario: Asking between sign-up and registration does not register the phone
      Given Chitra, whose new phone is Sign_Up_Complete
      When Chitra tries to ask for the phone's status
      Then Chitra's phone is Sign_Up_Complete
      And TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered

    @DR-0.3 @assumed
    Scenario: A phone that TSG registered without the bank hearing of it is found, and the user is notified
      Given Chitra, who is adding a new phone by email
      And asking TSG to register a phone succeeds once, but the answer is lost
      And Chitra types the sign-up code
      When Chitra asks for the phone's status again
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-0.3 @assumed
    Scenario: A user who asks several times after such a registration is notified once
      Given Chitra, who is adding a new phone by email
      And asking TSG to register a phone succeeds once, but the answer is lost
      And Chitra types the sign-up code
      When Chitra asks for the phone's status again three times
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-0.3 @assumed
    Scenario: A user whose phone TSG knew from the beginning is not told that it is registered
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      When Indu asks for the phone's status again
      Then Indu's phone is Register_Complete
      And Indu has never been notified that the phone is registered

    @assumed
    Scenario: A phone that was activated without the bank hearing of it is found, and the user is notified once
      Given Chitra, whose new phone is Register_Complete
      And asking the Auth Service to add a phone succeeds once, but the answer is lost
      And Chitra activates the phone
      When Chitra asks for the phone's status again three times
      Then Chitra's phone is Device_Activate
      And Chitra has been notified once that the phone is active

    @DR-0.2 @assumed
    Scenario: A phone that the bank has added on its own is active, and the user is not notified
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And the Auth Service has meanwhile added Indu's phone
      When Indu asks for the phone's status again
      Then Indu's phone is Device_Activate
      And Indu has never been notified that the phone is active

    @DR-0.3 @assumed
    Scenario: A phone that the bank has removed can be activated again
      Given Jai, who uses the web site from an active phone
      And Jai opens the app
      And the Auth Service has meanwhile removed Jai's phone
      When Jai asks for the phone's status again
      Then Jai's phone is Register_Complete
      And Jai can activate the phone
      And Jai has never been notified that the phone was not found

    @DR-0.1 @assumed
    Scenario: A phone that TSG no longer knows is not found, and the user is notified
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And TSG has unregistered Indu's phone
      When Indu asks for the phone's status again
      Then Indu's phone is Not_Found
      And Indu has been notified once that the phone was not found

    @DR-0.1 @documented
    Scenario: An active phone that neither system knows any more is not found, and the user is notified
      Given Jai, who uses the web site from an active phone
      And Jai opens the app
      And the bank has taken Jai's old phone out of service
      When Jai asks for the phone's status again
      Then Jai's phone is Not_Found
      And Jai has been notified once that the phone was not found
      And Jai can ask to add the phone

    @DR-0.1 @assumed
    Scenario: The user is notified each time that a phone is no longer found
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And TSG has unregistered Indu's phone
      And Indu asks for the phone's status again
      And TSG has registered Indu's phone
      And Indu asks for the phone's status again
      And TSG has unregistered Indu's phone
      And 60 seconds pass
      When Indu asks for the phone's status again
      Then Indu's phone is Not_Found
      And Indu has been notified twice that the phone was not found

    @assumed
    Scenario Outline: An outage of <system> leaves a phone that is <status> as it was
      Given Chitra, whose new phone is <status>
      And asking <request> fails
      When Chitra tries to ask for the phone's status
      Then Chitra is told to try again later
      And Chitra's phone is <status>
      And Chitra has been notified once that the phone was not found

      @DR-0.5
      Examples: The Auth Service is out
        | system           | request                           | status              |
        | the Auth Service | the Auth Service about a phone    | Sign_Up_In_Progress |
        | the Auth Service | the Auth Service whose a phone is | Register_Complete   |
        | the Auth Service | the Auth Service about a phone    | Device_Activate     |

      @DR-0.6
      Examples: TSG is out
        | system | request           | status              |
        | TSG    | TSG about a phone | Sign_Up_In_Progress |
        | TSG    | TSG about a phone | Sign_Up_Complete    |
        | TSG    | TSG about a phone | Register_Complete   |

    @assumed
    Scenario: An answer that arrives after an activation does not undo it
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And asking TSG about a phone takes a while once
      When Indu asks for the phone's status again, and activates the phone before the answer
      Then Indu's phone is Device_Activate
      And Indu has been notified once that the phone is active

  Rule: TSG says of a registered phone of which make it is

    @assumed
    Scenario: The back office asks TSG about a phone
      Given Indu, who uses the web site from a phone that only TSG knows
      When the back office asks TSG about Indu's phone
      Then TSG says of which make Indu's phone is

  Rule: Where TSG wants a name and a password, its key alone opens nothing

    @assumed
    Scenario: A back office that comes with the key alone is refused
      Given the bank's rule is that TSG lets the bank in by another name and a password
      And Indu, who uses the web site from a phone that only TSG knows
      When the back office asks TSG to register Indu's phone
      Then TSG refuses the back office
