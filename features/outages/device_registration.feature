@docker @assumed
Feature: Outages: A system is down while a user adds a phone
  Systems stop, crash, hang or are cut off from the others, and come back. The document does not mention that. It is
  assumed that an outage is never read as Not_Found, that the user is asked to come back later and then continues at the
  same step, and that TSG repeats a push until it is accepted: one phone is added, and the user is notified once of each
  thing that was done.

  Rule: An outage is never read as Not_Found

    Scenario Outline: Cymmetri <is out> when a user logs in
      Given Chitra, who already uses the web site
      And Cymmetri <is out>
      When Chitra logs in to the app
      Then Chitra is told to try again later
      And Chitra's phone becomes active once Cymmetri is back

      Examples:
        | is out      |
        | has crashed |
        | hangs       |

    @DR-0.5
    Scenario Outline: The Auth Service <is out> when a user opens the app
      Given Chitra, who already uses the web site
      And Chitra has logged in to the app on a new phone
      And the Auth Service <is out>
      When Chitra opens the app
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And Chitra's phone becomes active once the Auth Service is back

      Examples:
        | is out      |
        | has stopped |
        | is cut off  |

    @DR-0.6
    Scenario Outline: TSG <is out> when a user opens the app
      Given Chitra, who already uses the web site
      And Chitra has logged in to the app on a new phone
      And TSG <is out>
      When Chitra opens the app
      Then Chitra is told to try again later
      And no registration has begun for Chitra
      And Chitra's phone becomes active once TSG is back

      Examples:
        | is out      |
        | has stopped |
        | has crashed |
        | hangs       |
        | is cut off  |

  Rule: Until a code is delivered, the phone stays Not_Found

    Scenario Outline: <system> <is out> when a user asks to add the phone
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And <system> <is out>
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone becomes active once <system> is back
      And Chitra has been notified once that the phone is active

      @DR-1.5
      Examples:
        | system | is out      |
        | TSG    | has stopped |
        | TSG    | has crashed |
        | TSG    | hangs       |
        | TSG    | is cut off  |

      @DR-1.7
      Examples:
        | system           | is out      |
        | the mail gateway | has stopped |
        | the mail gateway | has crashed |
        | the mail gateway | hangs       |
        | the mail gateway | is cut off  |

      Examples:
        | system           | is out      |
        | the Auth Service | has crashed |

  Rule: A sign-up that was started is completed once

    Scenario Outline: TSG <is out> when a user types the sign-up code
      Given Chitra, who is adding a new phone by text message
      And TSG <is out>
      When Chitra types the sign-up code
      Then the phone tells Chitra to try again later
      And Chitra's phone becomes active once TSG is back
      And Chitra has been notified once that the phone is registered
      And Chitra has been notified once that the phone is active

      Examples:
        | is out      |
        | has stopped |
        | has crashed |
        | hangs       |
        | is cut off  |

    Scenario Outline: The middleware <is out> when a user types the sign-up code
      Given Chitra, who is adding a new phone by text message
      And the middleware <is out>
      When Chitra types the sign-up code
      Then Chitra's phone becomes active once the middleware is back
      And Chitra has been notified once that the phone is registered
      And Chitra has been notified once that the phone is active

      Examples:
        | is out      |
        | has stopped |
        | has crashed |
        | hangs       |
        | is cut off  |

    Scenario Outline: The phone itself <is out> when a user types the sign-up code
      Given Chitra, who is adding a new phone by text message
      And the app's SDK <is out>
      When Chitra types the sign-up code
      Then the phone tells Chitra nothing
      And Chitra's phone becomes active once the app's SDK is back
      And Chitra has been notified once that the phone is active

      Examples:
        | is out      |
        | has crashed |
        | hangs       |

  Rule: A phone that TSG knows is registered and activated once

    @DR-3.3
    Scenario Outline: TSG <is out> when a user asks to have the phone registered
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      And Chitra types the sign-up code
      And TSG <is out>
      When Chitra asks to have the phone registered
      Then Chitra is told to try again later
      And Chitra's phone becomes active once TSG is back

      Examples:
        | is out      |
        | has stopped |
        | has crashed |
        | hangs       |
        | is cut off  |

    Scenario Outline: The Auth Service <is out> when a user activates the phone
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And the Auth Service <is out>
      When Indu activates the phone
      Then Indu is told to try again later
      And Indu's phone becomes active once the Auth Service is back
      And Indu has been notified once that the phone is active

      Examples:
        | is out      |
        | has stopped |
        | has crashed |
        | hangs       |
        | is cut off  |

    Scenario Outline: The middleware <is out> when a user activates the phone
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And the middleware <is out>
      When Indu activates the phone
      Then Indu gets no answer
      And Indu's phone becomes active once the middleware is back
      And Indu has been notified once that the phone is active

      Examples:
        | is out      |
        | has crashed |
        | hangs       |
        | is cut off  |

  Rule: A system that has restarted continues as if nothing had happened

    Scenario Outline: <system> has restarted before a user types the sign-up code
      Given Chitra, who is adding a new phone by text message
      And <system> has restarted
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

      Examples:
        | system           |
        | TSG              |
        | the middleware   |
        | the mail gateway |
        | the app's SDK    |

    Scenario Outline: <system> has restarted before a user activates the phone
      Given Indu, who uses the web site from a phone that only TSG knows
      And Indu opens the app
      And <system> has restarted
      When Indu activates the phone
      Then Indu's phone is Device_Activate
      And Indu has been notified once that the phone is active

      Examples:
        | system           |
        | the Auth Service |
        | TSG              |
        | the middleware   |
