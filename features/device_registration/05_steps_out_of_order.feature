Feature: Device registration: Steps out of order
  A phone goes from one status to the next, and each status has its own step, so that no phone becomes active without
  the steps before. The document gives the order. That a step which does not belong to the status is refused, that
  nothing moves then, and that the status can be asked for at any time is assumed. Each step is tried in each status.

  Rule: In each status a user can do what belongs to it

    @assumed
    Scenario Outline: With a phone that is <status>, a user can <do what>
      Given Chitra, whose new phone is <status>
      When Chitra tries to <do what>
      Then Chitra's phone is <then>
      And Chitra is not refused

      @DR-0.1
      Examples: Ask for the status of a phone that is not registered
        | status              | do what                    | then                |
        | Not_Found           | ask for the phone's status | Not_Found           |
        | Sign_Up_In_Progress | ask for the phone's status | Sign_Up_In_Progress |
        | Sign_Up_Complete    | ask for the phone's status | Sign_Up_Complete    |

      @DR-0.3
      Examples: Ask for the status of a registered one
        | status            | do what                    | then              |
        | Register_Complete | ask for the phone's status | Register_Complete |

      @DR-0.2
      Examples: Ask for the status of an active one
        | status          | do what                    | then            |
        | Device_Activate | ask for the phone's status | Device_Activate |

      @DR-1.1
      Examples: Ask for a code
        | status              | do what       | then                |
        | Not_Found           | add the phone | Sign_Up_In_Progress |
        | Sign_Up_In_Progress | add the phone | Sign_Up_In_Progress |

      @DR-3.3
      Examples: Have it registered
        | status           | do what                   | then              |
        | Sign_Up_Complete | have the phone registered | Register_Complete |

      @DR-4.1
      Examples: Activate it
        | status            | do what            | then            |
        | Register_Complete | activate the phone | Device_Activate |

  Rule: In each status everything else is refused, and nothing moves

    @assumed
    Scenario Outline: With a phone that is <status>, a user cannot <do what>
      Given Chitra, whose new phone is <status>
      When Chitra tries to <do what>
      Then Chitra is told that this does not come next
      And Chitra's phone is <status>
      And the bank has asked TSG for a sign-up code <codes>
      And the bank has asked TSG to register a phone <registrations>
      And the bank has asked the Auth Service to add a phone <activations>

      @DR-3.2
      Examples: Too early to register it
        | status              | do what                   | codes      | registrations | activations |
        | Not_Found           | have the phone registered | zero times | zero times    | zero times  |
        | Sign_Up_In_Progress | have the phone registered | once       | zero times    | zero times  |

      @DR-0.1
      Examples: Not_Found
        | status    | do what            | codes      | registrations | activations |
        | Not_Found | activate the phone | zero times | zero times    | zero times  |

      @DR-1.1
      Examples: Sign_Up_In_Progress
        | status              | do what            | codes | registrations | activations |
        | Sign_Up_In_Progress | activate the phone | once  | zero times    | zero times  |

      @DR-3.3
      Examples: Sign_Up_Complete
        | status           | do what            | codes | registrations | activations |
        | Sign_Up_Complete | add the phone      | once  | once          | zero times  |
        | Sign_Up_Complete | activate the phone | once  | once          | zero times  |

      @DR-3.1
      Examples: Register_Complete
        | status            | do what       | codes | registrations | activations |
        | Register_Complete | add the phone | once  | once          | zero times  |

      @DR-4.1
      Examples: Device_Activate
        | status          | do what            | codes | registrations | activations |
        | Device_Activate | add the phone      | once  | once          | once        |
        | Device_Activate | activate the phone | once  | once          | once        |

    @assumed
    Scenario Outline: With a phone that is <status>, asking again to have it registered changes nothing
      Given Chitra, whose new phone is <status>
      When Chitra tries to have the phone registered
      Then Chitra's phone is <status>
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

      @DR-3.1
      Examples:
        | status            |
        | Register_Complete |
        | Device_Activate   |

  Rule: Without having opened the app on a phone, a user can do nothing

    @assumed
    Scenario Outline: Before the phone's status was determined, a user cannot <do what>
      Given Chitra, who already uses the web site
      When Chitra tries to <do what>
      Then Chitra is told that the phone's status must be determined first
      And the bank has never asked TSG about a phone
      And the bank has never asked TSG for a sign-up code

      @DR-1.8
      Examples:
        | do what       |
        | add the phone |

      Examples:
        | do what                    |
        | ask for the phone's status |
        | have the phone registered  |
        | activate the phone         |
        | look at the registration   |
        | look at the history        |
