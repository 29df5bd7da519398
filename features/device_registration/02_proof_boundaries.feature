Feature: Device registration, step 2: How a phone proves which phone it is, at its boundaries
  The bank wants to be sure which phone has sent a sign-up code. So a phone signs what it sends with the key of its
  certificate, and TSG believes only what was signed as a whole, lately, and was not sent before. Each limit is tried
  with a phone that a tester has made, which sends a code that is wrong: TSG says so to a phone that it believes. The
  document says nothing of it: all of this is assumed.

  Rule: TSG certifies a key only for the phone that has it

    @assumed
    Scenario: A phone that proves to have its key
      When a phone asks TSG for a certificate of its own key
      Then TSG certifies the key

    @assumed
    Scenario Outline: A phone that asks for <a key>
      When a phone asks TSG for a certificate of <a key>
      Then TSG does not certify the key

      Examples:
        | a key                       | why                                          |
        | a key that it does not have | it could pass for the phone that has the key |
        | a key of another kind       | the app's keys are of one kind               |

  Rule: A phone signs the whole of what it sends

    @DR-2.3 @assumed
    Scenario Outline: A sign-up code that is signed <in this manner> is looked at
      When a tester's own phone sends TSG a sign-up code that is signed <in this manner>
      Then TSG believes the phone

      Examples:
        | in this manner                |
        | as it should be               |
        | with its world in the address |

    @DR-2.14 @assumed
    Scenario Outline: A sign-up code that is signed <in this manner> is not looked at
      When a tester's own phone sends TSG a sign-up code that is signed <in this manner>
      Then TSG does not believe the phone

      Examples:
        | in this manner                          | why                                     |
        | without its method                      | it could be used for another request    |
        | without its address                     | it could be used for another request    |
        | without its body                        | it could be used with another code      |
        | as if its world were not in the address | what was signed is not what has arrived |

  Rule: What a phone has sent cannot be used again for as long as it would be believed, nor afterwards

    @DR-2.14 @assumed
    Scenario Outline: What was signed <by a clock> is sent again after <a time>
      Given a tester's own phone sends TSG a sign-up code that is signed <by a clock>
      When what the phone has sent is sent again after <a time>
      Then TSG does not believe the phone

      Examples:
        | by a clock                          | a time      | why                                          |
        | as it should be                     | 0 seconds   | it was sent before                           |
        | as it should be                     | 300 seconds | it is just fresh enough, and was sent before |
        | as it should be                     | 301 seconds | it is too old                                |
        | by a clock that is 300 seconds fast | 301 seconds | it is fresh for longer, and was sent before  |
        | by a clock that is 300 seconds fast | 600 seconds | it is just fresh enough, and was sent before |
        | by a clock that is 300 seconds fast | 601 seconds | it is too old                                |
        | by a clock that is 300 seconds slow | 0 seconds   | it is just fresh enough, and was sent before |
