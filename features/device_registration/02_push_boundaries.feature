Feature: Device registration, step 2: TSG's push, at its boundaries
  The bank wants to take every push that is really TSG's, and no other, and TSG wants none to be lost. So each limit is
  tried from both sides: what the bank checks, and how often TSG tries. Pushes are signed by the Standard Webhooks
  specification, which allows clocks to differ by five minutes; the document only asks for an external_reference that is
  not empty. That the bank checks the rest, and that TSG tries again with growing gaps for a day, is assumed.

  Background:
    Given the bank's rule is that TSG pushes sign-ups

  Rule: A push is taken if TSG signed exactly this, by a clock that is off by five minutes at most

    Background:
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code

    @DR-2.1 @assumed
    Scenario Outline: A push is taken that arrives <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then Chitra's phone is Register_Complete
      And TSG has Chitra's phone registered

      Examples:
        | how                                                | why                                      |
        | as TSG signed it                                   | nothing is wrong with it                 |
        | 300 seconds after it was signed                    | five minutes are just allowed            |
        | 300 seconds before the time at which it was signed | TSG's clock may be ahead by five minutes |
        | with a foreign signature before TSG's              | TSG may be about to change its secret    |

    @DR-2.9 @assumed
    Scenario Outline: A push is rejected that arrives <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone
      And Chitra has never been notified that the phone is registered

      Examples:
        | how                                                | why                                      |
        | 301 seconds after it was signed                    | one second more than five minutes        |
        | 301 seconds before the time at which it was signed | TSG's clock is ahead by too much         |
        | without its time                                   | it could be of any age                   |
        | without its id                                     | the id is part of what is signed         |
        | with a time that cannot be read                    | it could be of any age                   |
        | with an id other than the one signed               | the id is part of what is signed         |
        | with a credential other than the one signed        | what was signed is not what arrived      |
        | signed with another key                            | only TSG and the bank have the right key |
        | with a signature of an unknown version             | only version 1 is agreed                 |

    @DR-2.8 @assumed
    Scenario Outline: A push is rejected that comes <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | how                         |
        | with no credential          |
        | with a blank subject_id     |
        | with a number as subject_id |

    @assumed
    Scenario Outline: A push is rejected that brings a credential with nothing in it: <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | how                                       |
        | with a blank text as credential           |
        | with an empty set of values as credential |

    @assumed
    Scenario Outline: A push is rejected that comes <how>, although everything else in it is right
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | how                                       | why                                   |
        | as one about an authentication            | TSG pushes other things than sign-ups |
        | as one that does not say what it is about | it could be about anything            |

    @DR-2.6 @assumed
    Scenario Outline: A push is rejected that comes <how>
      When the push about Chitra's phone reaches the middleware <how>
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | how                                 | why                                       |
        | with no external_reference          | even though only one sign-up is under way |
        | with a number as external_reference | an external_reference is a text           |

    @DR-2.1 @assumed
    Scenario Outline: A push that is rejected does not stand in the way of the right one
      Given the push about Chitra's phone reaches the middleware <how>
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

      Examples:
        | how                             |
        | signed with another key         |
        | 301 seconds after it was signed |
        | with no credential              |

  Rule: A push takes effect once, however often it comes

    @DR-2.10 @assumed
    Scenario: The same push that is delivered by somebody else has no second effect
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      And the push about Chitra's phone reaches the middleware as TSG signed it
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.10 @assumed
    Scenario Outline: A push that comes again when the phone is <status> changes nothing
      Given Chitra, whose new phone is <status>
      When the push about Chitra's phone reaches the middleware as TSG signed it
      Then the middleware has accepted the push
      And Chitra's phone is <status>
      And Chitra has been notified once that the phone is registered

      Examples:
        | status            | why                                |
        | Register_Complete | the first push has done everything |
        | Device_Activate   | the status does not move back      |

    @DR-2.10 @assumed
    Scenario: A push that comes three times is acknowledged each time
      Given Chitra, who is adding a new phone by email
      And TSG's push is sent three times
      When Chitra types the sign-up code
      Then the middleware has accepted the push
      And TSG has pushed the sign-up to the middleware three times
      And Chitra's phone is Register_Complete

    @DR-2.10 @assumed
    Scenario: A push that comes again after the user has started another sign-up does not complete that one
      Given Chitra, whose new phone is Register_Complete
      And TSG has unregistered Chitra's phone
      And Chitra asks for the phone's status again
      And Chitra asks to add the phone by text message
      When TSG sends its first push again
      Then the middleware has accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And TSG does not have Chitra's phone registered

    @DR-2.10 @assumed
    Scenario: A push about a phone that was found registered before it came is acknowledged, and changes nothing
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And Chitra types the sign-up code
      And TSG has registered Chitra's phone
      And Chitra asks for the phone's status again
      When 5 minutes pass
      Then TSG has been told once that a push was taken
      And Chitra's phone is Register_Complete
      And the bank has never asked TSG to register a phone

    @DR-1.1 @assumed
    Scenario: A push that is overtaken has not come before the next one
      Given Chitra, who is adding a new phone by email
      And TSG's push is overtaken by the next one
      When Chitra types the sign-up code
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG has never pushed a sign-up to the middleware

    @DR-2.1 @assumed
    Scenario: The pushes of two users that overtake each other complete both sign-ups
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by text message
      And TSG's push is overtaken by the next one
      And Chitra types the sign-up code
      When Jai types the sign-up code
      Then Chitra's phone is Register_Complete
      And Jai's phone is Register_Complete
      And Chitra has been notified once that the phone is registered
      And Jai has been notified once that the phone is registered

  Rule: Of several copies of a push, one that is taken is enough

    @DR-2.1 @assumed
    Scenario Outline: A push that comes three times, where <what goes wrong>, is not sent again
      Given Chitra, who is adding a new phone by email
      And TSG's push is sent three times
      And asking the middleware to take a push <goes wrong>
      And Chitra types the sign-up code
      When 5 minutes pass
      Then TSG has pushed the sign-up to the middleware three times
      And Chitra's phone is Register_Complete

      Examples:
        | what goes wrong              | goes wrong                                 |
        | the first copy is not taken  | fails once                                 |
        | the second copy is not taken | fails once, but not before the second time |
        | only the first copy is taken | fails from the second time on              |

  Rule: A push says which one it is, and when it was sent

    @DR-2.11 @assumed
    Scenario: A push has the same number at every try, and each push another one
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And asking the middleware to take a push fails three times
      And Chitra types the sign-up code
      And Jai types the sign-up code
      When 5 minutes pass
      Then every try of the push had the same number, and each push another one

    @DR-2.9 @assumed
    Scenario: A push that is signed by the machine's clock tells the world's time all the same
      Given the bank's rule is that TSG signs its pushes by the machine's clock
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code
      Then TSG has signed its push by the machine's clock, and told the world's time with it

  Rule: A push completes the sign-up that it names, and no other

    @DR-2.7 @assumed
    Scenario: The external_reference of an earlier sign-up completes nothing
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by email
      And TSG's push has the external_reference of Chitra's first sign-up
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

    @DR-2.7 @assumed
    Scenario: A push of an earlier sign-up that comes after a later one was completed is no repetition of that push
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      And Chitra asks to add the phone by email
      And everything works again
      And Chitra types the sign-up code
      When 60 seconds pass
      Then TSG has been told once that a push was taken
      And Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-2.7 @assumed
    Scenario: The external_reference of a sign-up that another user has completed is no repetition of that push
      Given Jai, whose new phone is Register_Complete
      And Chitra, who is adding a new phone by email
      And TSG's push has the external_reference of Jai's sign-up
      When Chitra types the sign-up code
      Then Chitra's phone is Sign_Up_In_Progress
      And TSG does not have Chitra's phone registered

    @DR-2.8 @assumed
    Scenario: A push with an empty subject_id is rejected
      Given Chitra, who is adding a new phone by email
      And TSG's push has an empty subject_id
      When Chitra types the sign-up code
      Then the middleware has not accepted the push
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

  Rule: A code that was used in time counts, however late the bank learns of it

    @DR-2.11 @assumed
    Scenario: A push that arrives after the sign-up has lapsed still completes it
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And 9 minutes and 50 seconds pass
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete

    @DR-2.11 @assumed
    Scenario: A late push also completes a sign-up that follows an earlier one
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, whose new phone is Register_Complete
      And TSG has unregistered Chitra's phone
      And Chitra asks for the phone's status again
      And Chitra asks to add the phone by email
      And TSG's push is lost three times on its way
      And 9 minutes and 50 seconds pass
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete

    @assumed
    Scenario: A push that arrives before the bank has answered the user's request for a code completes the sign-up
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking the mail gateway to deliver succeeds once, but the answer is lost
      And asking TSG to void a sign-up code takes a while once
      When Chitra asks to add the phone by email, and types the code before the bank has answered
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @assumed
    Scenario: A push that arrives while the user is asking for another code completes the sign-up, and there is no other
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      And asking the Auth Service for the phones takes a while once
      When Chitra asks for another code by email, and TSG's push arrives before the bank has answered
      Then Chitra is told that the sign-up was completed meanwhile
      And Chitra's phone is Register_Complete
      And the bank has asked TSG for a sign-up code once

  Rule: TSG tries until the bank has taken the push, for a day at most, and not once more

    @DR-2.1 @assumed
    Scenario: A push that was taken is not sent again
      Given Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When 25 hours pass
      Then TSG has pushed the sign-up to the middleware once
      And Chitra has been notified once that the phone is registered

    @assumed
    Scenario Outline: A push that <meets trouble> is sent again
      Given Chitra, who is adding a new phone by email
      And asking the middleware to take a push <meets trouble>
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware twice
      And Chitra has been notified once that the phone is registered

      @DR-2.11
      Examples: The middleware is down
        | meets trouble           |
        | fails once              |
        | gets no connection once |

      Examples: The middleware is up, and does not accept it
        | meets trouble                 | why                                                 |
        | is refused once               | the bank may know the sign-up by the next time      |
        | is refused as forbidden once  | the bank may have the right secret by the next time |
        | is refused as a conflict once | what was in the way may be gone                     |
        | is redirected once            | only an acknowledgement ends the tries              |

    @DR-2.11 @assumed
    Scenario: A push that is tried again is signed again, or it would be too old
      Given Chitra, who is adding a new phone by email
      And asking the middleware to take a push fails
      And Chitra types the sign-up code
      And 9 minutes pass
      And everything works again
      When 10 minutes pass
      Then Chitra's phone is Register_Complete
      And Chitra has been notified once that the phone is registered

    @DR-2.11 @assumed
    Scenario: However long the middleware was down, TSG tries again within minutes
      Given Chitra, who is adding a new phone by email
      And asking the middleware to take a push fails
      And Chitra types the sign-up code
      And 6 hours pass
      And everything works again
      When 12 minutes pass
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @assumed
    Scenario: A push that is refused for good is not sent again
      Given Chitra, who is adding a new phone by email
      And asking the middleware to take a push is refused for good
      And Chitra types the sign-up code
      When 25 hours pass
      Then TSG has pushed the sign-up to the middleware once
      And the bank has never asked TSG to register a phone

    @DR-2.1 @assumed
    Scenario Outline: A push that <is wrong> is sent again, and taken when it is right
      Given Chitra, who is adding a new phone by email
      And TSG's push <is wrong>
      And Chitra types the sign-up code
      When 5 minutes pass
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the middleware twice

      Examples:
        | is wrong                               |
        | is once signed with the wrong key      |
        | once has an unknown external_reference |

    @DR-2.11 @assumed
    Scenario Outline: A push that is to be tried again after one second has been tried <how often> <by then>
      Given the bank's rule is that TSG's pushes are tried again after one second
      And Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      And <some time passes>
      When <more time passes>
      Then TSG has pushed the sign-up to the middleware <how often>

      Examples:
        | by then                 | some time passes | more time passes           | how often   | why                               |
        | before the second       | 0 seconds pass   | just under 1 second passes | once        | the first gap is not over         |
        | after the second        | 0 seconds pass   | 1 second passes            | twice       | the first gap is as the rule says |
        | before two seconds more | 1 second passes  | just under 2 seconds pass  | twice       | the second gap is twice the first |
        | after two seconds more  | 1 second passes  | 2 seconds pass             | three times | the second gap is twice the first |

    @DR-2.11 @assumed
    Scenario: What chance adds to a gap is added to the longest gap as well
      Given the bank's rule is that TSG's pushes are tried again after ten seconds, or up to twice as long by chance
      And Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      When 5 minutes pass
      Then TSG has waited more than 10 seconds, and at most 20 seconds, before each try

    @DR-2.11 @assumed
    Scenario: A push that never arrives is tried for a day
      Given the bank's rule is that TSG's pushes are tried again every hour
      And Chitra, who is adding a new phone by email
      And TSG's push is lost on its way
      And Chitra types the sign-up code
      When 30 hours pass
      Then TSG has tried for 24 hours, and no longer
      And the bank has never asked TSG to register a phone

    @DR-2.11 @assumed
    Scenario: Where the rule is that pushes are tried for two hours, a push is tried for no longer
      Given the bank's rule is that TSG's pushes are tried again every hour
      And the bank's rule is that TSG's pushes are tried for two hours
      And Chitra, who is adding a new phone by email
      And asking the middleware to take a push fails
      And Chitra types the sign-up code
      When 5 hours pass
      Then TSG has pushed the sign-up to the middleware three times

  Rule: An Auth Service that receives TSG's pushes checks each one before handing it on

    Background:
      Given the bank's rule is that TSG pushes sign-ups to the Auth Service
      And Chitra, who is adding a new phone by email

    @DR-2.13 @assumed
    Scenario: The Auth Service hands a push on once, and the phone is registered
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And TSG has pushed the sign-up to the Auth Service once
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.13 @assumed
    Scenario: The Auth Service leaves it to the middleware whether there must be a credential
      Given the bank's rule has become that a sign-up need not carry a credential
      When Chitra types the sign-up code, and the app sends no credential
      Then Chitra's phone is Register_Complete

    @DR-2.13 @assumed
    Scenario: A push that comes three times takes effect once by this route, too
      Given TSG's push is sent three times
      When Chitra types the sign-up code
      Then the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-2.9 @assumed
    Scenario Outline: A push that <cannot be trusted> is not handed on
      Given TSG's push <cannot be trusted>
      When Chitra types the sign-up code
      Then the Auth Service has not handed the push on
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | cannot be trusted            |
        | is signed with the wrong key |
        | is too old                   |

    @assumed
    Scenario Outline: A push that <lacks something> is not handed on
      Given TSG's push <lacks something>
      When Chitra types the sign-up code
      Then the Auth Service has not handed the push on
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      @DR-2.6
      Examples: Whose sign-up it is
        | lacks something                 |
        | has an empty external_reference |
        | has a blank external_reference  |
        | has no external_reference       |

      @DR-2.8
      Examples: Which phone it is
        | lacks something         |
        | lacks the subject_id    |
        | has an empty subject_id |

    @DR-2.9 @assumed
    Scenario Outline: A push is not handed on that arrives <how>
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      When the push about Chitra's phone reaches the Auth Service <how>
      Then the Auth Service has not handed the push on
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      Examples:
        | how                                                |
        | 301 seconds after it was signed                    |
        | 301 seconds before the time at which it was signed |
        | without its signature                              |
        | with a credential other than the one signed        |

    @assumed
    Scenario Outline: A push is not handed on that comes <how>
      When the push about Chitra's phone reaches the Auth Service <how>
      Then the Auth Service has not handed the push on
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

      @DR-2.6
      Examples: Whose sign-up it is cannot be told
        | how                                 |
        | with no external_reference          |
        | with a number as external_reference |

      @DR-2.8
      Examples: Which phone it is cannot be told
        | how                          |
        | with a blank subject_id      |
        | with a number as subject_id  |

    @assumed
    Scenario Outline: A push is not handed on that comes <how>, although everything else in it is right
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      When the push about Chitra's phone reaches the Auth Service <how>
      Then the Auth Service has not handed the push on
      And Chitra's phone is Sign_Up_In_Progress

      Examples:
        | how                                       |
        | as one about an authentication            |
        | as one that does not say what it is about |

    @DR-2.13 @assumed
    Scenario Outline: A push is handed on that arrives <how>
      Given TSG's push is lost on its way
      And Chitra types the sign-up code
      When the push about Chitra's phone reaches the Auth Service <how>
      Then Chitra's phone is Register_Complete

      Examples:
        | how                                                |
        | as TSG signed it                                   |
        | 300 seconds after it was signed                    |
        | 300 seconds before the time at which it was signed |

    @DR-2.7 @assumed
    Scenario: What the middleware refuses is refused to TSG as well
      Given TSG's push has an unknown external_reference
      When Chitra types the sign-up code
      Then TSG has not been told that the push was taken
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

  Rule: A push that cannot be trusted is not looked into

    @assumed
    Scenario Outline: What a push lacks is not told if it reaches <whom> <how>
      Given Chitra, who is adding a new phone by email
      When the push about Chitra's phone reaches <whom> <how>
      Then nothing is said of the push but that it cannot be trusted
      And Chitra's phone is Sign_Up_In_Progress

      Examples:
        | whom             | how                                                   |
        | the middleware   | without its signature, and with no external_reference |
        | the middleware   | signed 301 seconds ago, and with a blank subject_id   |
        | the Auth Service | without its signature, and with no external_reference |
        | the Auth Service | signed 301 seconds ago, and with a blank subject_id   |

    @assumed
    Scenario Outline: A push that was taken before is not taken from somebody who brings it <how>
      Given Chitra, who is adding a new phone by email
      And the push about Chitra's phone reaches the middleware as TSG signed it
      When the push about Chitra's phone reaches the middleware <how>
      Then nothing is said of the push but that it cannot be trusted

      Examples:
        | how                             |
        | without its signature           |
        | signed with another key         |
        | 301 seconds after it was signed |

  Rule: A push goes to whom the bank's rule names at that time

    @DR-2.13 @assumed
    Scenario: A push that was lost goes to the Auth Service once the bank has changed its rule
      Given Chitra, who is adding a new phone by email
      And TSG's push is lost three times on its way
      And Chitra types the sign-up code
      And the bank's rule has become that TSG pushes sign-ups to the Auth Service
      When 5 minutes pass
      Then TSG has pushed the sign-up to the Auth Service once
      And Chitra's phone is Register_Complete

  Rule: TSG waits as long as it is asked to, and never less than it would by itself

    Background:
      Given the bank's rule is that TSG pushes sign-ups to the Auth Service

    @DR-2.13 @assumed
    Scenario: While the middleware is down, the Auth Service asks TSG to wait for five seconds
      Given the bank's rule is that TSG's pushes are tried again after one second
      And Chitra, who is adding a new phone by email
      And asking the middleware to take a push gets no connection once
      And Chitra types the sign-up code
      When 60 seconds pass
      Then TSG has waited five seconds before the next try, as it was asked to
      And Chitra's phone is Register_Complete

    @DR-2.11 @assumed
    Scenario Outline: Though it is asked to wait for five seconds only, TSG has pushed <how often> when <time passes>
      Given the bank's rule is that TSG's pushes are tried again every hour
      And Chitra, who is adding a new phone by email
      And asking the middleware to take a push gets no connection once
      And Chitra types the sign-up code
      When <time passes>
      Then TSG has pushed the sign-up to the Auth Service <how often>

      Examples:
        | time passes              | how often | why                                          |
        | just under 1 hour passes | once      | its own pause is the longer one              |
        | 1 hour passes            | twice     | its own pause is over, and so is the other's |

  Rule: A push carries the credential that the app has sent, and changes nothing in it

    @assumed
    Scenario Outline: The app sends <a credential>
      Given the bank's rule is that TSG pushes to a receiver that asks for a minute's rest by the clock of the world
      And Chitra, who is adding a new phone by email
      When Chitra types the sign-up code, and the app sends <a credential>
      Then the receiver has been sent the credential as Chitra's app has sent it

      Examples:
        | a credential                      |
        | a text as its credential          |
        | a set of values as its credential |

  Rule: A receiver says in its own time until when TSG is to wait

    @DR-1.1 @assumed
    Scenario Outline: TSG sends the push to a receiver that asks for a minute's rest <by a clock> <how often> when <time passes>
      Given the bank's rule is that TSG pushes to a receiver that asks for a minute's rest <by a clock>
      And Chitra, who is adding a new phone by email
      And Chitra types the sign-up code
      When <time passes>
      Then the receiver has been sent the push <how often>

      Examples:
        | by a clock                | time passes     | how often |
        | by the clock of the world | 57 seconds pass | once      |
        | by the clock of the world | 62 seconds pass | twice     |
        | by a clock of its own     | 57 seconds pass | once      |
        | by a clock of its own     | 62 seconds pass | twice     |
