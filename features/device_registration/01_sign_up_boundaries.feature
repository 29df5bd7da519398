Feature: Device registration, step 1: Sign up the user on Entersekt, at its boundaries
  The bank wants no sign-up code to reach anybody but its user, and no user to be left without one. So each limit of
  step 1 is tried from both sides: how a contact may be written, what code TSG is asked for and for how long, what
  becomes of an earlier code, and what each outage leaves behind. The document says that the code goes to the registered
  email address or mobile number, and that the bank sets its complexity; the rest is assumed.

  Rule: Only the registered contact is accepted, whichever way it is written

    Background:
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone

    @DR-1.1 @assumed
    Scenario Outline: A user who gives <what is given> is sent a code by email
      When Chitra asks to add the phone, and gives <what is given>
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by email

      Examples:
        | what is given                           |
        | the email address in capitals           |
        | the email address with spaces around it |

    @DR-1.2 @assumed
    Scenario: A user who gives the mobile number with spaces and dashes is sent a code by text message
      When Chitra asks to add the phone, and gives the mobile number with spaces and dashes
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by text message

    @DR-1.4 @assumed
    Scenario Outline: A user who gives <what is given> is refused
      When Chitra asks to add the phone, and gives <what is given>
      Then Chitra is told that the bank has another contact on record
      And Chitra's phone is Not_Found
      And the bank has never asked TSG for a sign-up code

      Examples:
        | what is given                               | why                               |
        | the mobile number with another country code | the rest of it is right           |
        | the mobile number without its last digit    | it only begins like the right one |
        | the mobile number with a wrong last digit   | it is nearly the right one        |
        | the email address with a letter too many    | it only ends like the right one   |
        | the mobile number as an email address       | a number is not an email address  |
        | an email address of 400 letters             | nobody has one that is as long    |
        | a mobile number of 400 digits               | nobody has one that is as long    |

    @assumed
    Scenario: A user who gives no email address is refused
      When Chitra asks to add the phone, and gives no email address
      Then Chitra is told that what was entered is not valid
      And the bank has never asked TSG for a sign-up code

    @assumed
    Scenario Outline: The sign-up stays in progress when the user asks for another code and gives <what>
      Given Chitra asks to add the phone by email
      When Chitra asks to add the phone, and gives <what>
      Then Chitra is told that <reason>
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to void a sign-up code

      @DR-1.4
      Examples: A contact that is not the registered one
        | what                                     | reason                                 |
        | the email address with a letter too many | the bank has another contact on record |
        | the mobile number without its last digit | the bank has another contact on record |

      Examples: No contact at all
        | what             | reason                            |
        | no email address | what was entered is not valid     |

    @DR-1.4 @assumed
    Scenario: A wrong contact leaves the code in hand valid
      Given Chitra asks to add the phone by email
      And Chitra asks to add the phone by somebody else's email address
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG for a sign-up code once

  Rule: The registered contact is the one that Cymmetri has when the user logs in

    Background:
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone

    @assumed
    Scenario Outline: After the next login the code goes to the new <contact>
      Given Cymmetri has been given another <contact> of Chitra's
      And Chitra logs in to the app
      When Chitra asks to add the phone by <channel>
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by <channel>
      And Chitra has been sent no codes to the former <contact>

      @DR-1.1
      Examples:
        | contact       | channel |
        | email address | email   |

      @DR-1.2
      Examples:
        | contact       | channel      |
        | mobile number | text message |

    @DR-1.4 @assumed
    Scenario: Before the next login the new email address is not the registered one yet
      Given Cymmetri has been given another email address of Chitra's
      When Chitra asks to add the phone by email
      Then Chitra is told that the bank has another contact on record
      And the bank has never asked TSG for a sign-up code

  Rule: Another customer's contact is refused

    @DR-1.4 @assumed
    Scenario Outline: Another customer's <contact> is sent no code
      Given Jai, who uses the web site from an active phone
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone, and gives Jai's <contact>
      Then Chitra is told that the bank has another contact on record
      And the bank has never asked TSG for a sign-up code
      And Jai has been sent no code by <channel>

      Examples:
        | contact       | channel      |
        | email address | email        |
        | mobile number | text message |

  Rule: The code is as the bank asks for it, whatever TSG would give on its own

    Background:
      Given the bank's rule is that TSG itself would give longer codes that are valid for an hour

    @DR-1.1 @documented
    Scenario Outline: The sign-up code has <characters> where that is the bank's rule
      Given the bank's rule is that a sign-up code has <characters>
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then the latest code sent to Chitra by email has <characters>

      Examples:
        | characters            | why                                 |
        | eight digits          | TSG would give twenty characters    |
        | four digits           | the shortest code that TSG can give |
        | 32 letters and digits | the longest code that TSG can give  |

    @assumed
    Scenario Outline: The code by <channel> is said to be valid for as long as it is
      Given the bank's rule is that a sign-up code is valid for <long>
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by <channel>
      Then the latest code sent to Chitra by <channel> is said to be valid for <minutes> minutes

      @DR-1.1
      Examples:
        | channel | long            | minutes |
        | email   | ten minutes     | 10      |
        | email   | fifteen minutes | 15      |
        | email   | two minutes     | 2       |
        | email   | 24 hours        | 1440    |
        | email   | 25 hours        | 1500    |

      @DR-1.2
      Examples:
        | channel      | long            | minutes |
        | text message | ten minutes     | 10      |
        | text message | fifteen minutes | 15      |

    @assumed
    Scenario Outline: A user who asks for the code by <channel> is told that it comes by that
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by <channel>
      Then Chitra is told "<channel in the app's words>"

      Examples:
        | channel      | channel in the app's words |
        | email        | email                      |
        | text message | SMS                        |

    @DR-1.1 @assumed
    Scenario Outline: Below two minutes the code is said to be valid for so many seconds
      Given the bank's rule is that a sign-up code is valid for <long>
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra has been notified by email with the words "<seconds> seconds"

      Examples:
        | long        | seconds |
        | 119 seconds | 119     |
        | one minute  | 60      |

    @DR-2.4 @assumed
    Scenario: The code expires after the bank's ten minutes, not after TSG's hour
      Given the bank's rule is that a sign-up code is valid for ten minutes
      And Chitra, who is adding a new phone by email
      And 10 minutes pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And TSG has not pushed anything

    @DR-2.4 @DR-2.12 @assumed
    Scenario: A code that is valid for one minute expires after one minute
      Given the bank's rule is that a sign-up code is valid for one minute
      And Chitra, who is adding a new phone by email
      And 60 seconds pass
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code has expired
      And Chitra's phone is Not_Found
      And TSG has not pushed anything

  Rule: TSG gives no code that is longer than it gives, and the user can try again

    Background:
      Given the bank's rule is that a sign-up code has twelve letters and digits

    @DR-1.1 @assumed
    Scenario: The bank asks for a code that is as long as TSG gives at most
      Given the bank's rule is that TSG gives codes of twelve characters at most
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then the latest code sent to Chitra by email has twelve letters and digits

    @DR-1.5 @assumed
    Scenario: The bank asks for a longer code
      Given the bank's rule is that TSG gives codes of eleven characters at most
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra has been sent no code by email

    @DR-1.1 @assumed
    Scenario: When TSG gives longer codes, the user can be sent one
      Given the bank's rule is that TSG gives codes of eleven characters at most
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And Chitra asks to add the phone by email
      And the bank's rule has become that TSG gives codes of twelve characters at most
      When Chitra asks to add the phone by email
      Then the latest code sent to Chitra by email has twelve letters and digits

  Rule: TSG gives no code that is shorter than it gives, either

    Background:
      Given the bank's rule is that TSG gives codes of eight characters at least

    @DR-1.1 @assumed
    Scenario: The bank asks for a code that is as short as TSG gives at least
      Given the bank's rule is that a sign-up code has eight digits
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then the latest code sent to Chitra by email has eight digits

    @DR-1.5 @assumed
    Scenario: The bank asks for a shorter code
      Given the bank's rule is that a sign-up code has seven digits
      And Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra has been sent no code by email

  Rule: An earlier code is void as soon as there is another one

    @DR-1.6 @assumed
    Scenario Outline: The code that came by <first> is void once another comes by <second>
      Given Chitra, who is adding a new phone by <first>
      And Chitra asks to add the phone by <second>
      When Chitra types the first code that came by <first>
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Sign_Up_In_Progress
      And TSG has not pushed anything

      Examples:
        | first        | second       |
        | email        | text message |
        | text message | email        |
        | email        | QR code      |
        | email        | email        |

    @DR-1.6 @assumed
    Scenario: The newest of three codes works
      Given Chitra, who is adding a new phone by email
      And Chitra asks to add the phone by text message
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to void a sign-up code twice

    @DR-1.6 @assumed
    Scenario: Starting again does not void the code of somebody else
      Given Chitra, who is adding a new phone by email
      And Jai, who is adding a new phone by email
      And Chitra asks to add the phone by email
      When Jai types the sign-up code
      Then Jai's phone is Register_Complete
      And Chitra's phone is Sign_Up_In_Progress

    @assumed
    Scenario: Of two codes that are asked for at once the later one counts, and the other is never sent
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking TSG for a sign-up code takes a while once
      And Chitra asks to add the phone by email, and at once by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been sent no code by email
      And the bank has asked TSG to void a sign-up code once

    @assumed
    Scenario: Of two codes that are asked for at once, the failure of the earlier one does not end the later sign-up
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking TSG for a sign-up code takes too long once
      And Chitra asks to add the phone by email, and at once by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been sent no code by email

  Rule: A request that the app repeats under the same number takes effect once

    Background:
      Given Chitra, who already uses the web site
      And Jai, who uses the web site from an active phone
      And Chitra opens the app on a new phone
      And Chitra's app sends its requests under the number "17"

    @DR-1.1 @assumed
    Scenario: A request for a code is repeated
      Given Chitra asks to add the phone by email
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by email
      And the bank has asked TSG for a sign-up code once

    @DR-1.1 @assumed
    Scenario: A request for a code that is repeated after another login is known all the same
      Given Chitra asks to add the phone by email
      And Chitra logs in to the app
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by email
      And the bank has asked TSG for a sign-up code once

    @DR-1.1 @assumed
    Scenario: A request that failed in an outage is made again when it is repeated
      Given asking TSG for a sign-up code fails once
      And Chitra asks to add the phone by email
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by email

    @assumed
    Scenario: The same request in other words is another one
      Given Chitra asks to add the phone by email
      When Chitra asks to add the phone by text message
      Then Chitra is told that the number stands for another request
      And the bank has asked TSG for a sign-up code once

    @assumed
    Scenario: A request for something else is another one
      Given Chitra asks for the phone's status again
      When Chitra asks to have the phone registered
      Then Chitra is told that the number stands for another request

    @DR-3.2 @assumed
    Scenario: When the bank knows the request no more, its number is free again
      Given the bank's rule has become that requests are known by their number for ten minutes
      And Chitra asks for the phone's status again
      And 10 minutes pass
      When Chitra asks to have the phone registered
      Then Chitra is told that it is too early for that

    @DR-1.6 @assumed
    Scenario: A number that differs in a capital letter is another one
      Given Chitra's app sends its requests under the number "a-17"
      And Chitra asks to add the phone by email
      And Chitra's app sends its requests under the number "A-17"
      When Chitra asks to add the phone by email
      Then Chitra has been sent two sign-up codes by email
      And the bank has asked TSG to void a sign-up code once

    @DR-0.4 @assumed
    Scenario: Another user who finds out the number is not given the answer
      Given Chitra asks for the phone's status again
      And Jai's app sends its requests under the number "17"
      When Jai finds Chitra's registration, and tries to ask for the phone's status
      Then Jai is told that the registration is somebody else's
      And Jai is not told whose phone it is

    @DR-1.1 @assumed
    Scenario: The number of another user's app is another one
      Given Jai opens the app on a new phone
      And Jai's app sends its requests under the number "17"
      And Jai asks to add the phone by email
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra has been sent one sign-up code by email
      And Jai has been sent one sign-up code by email

  Rule: A request that was refused is refused again under the same number

    @DR-1.9 @assumed
    Scenario: A request for a code is refused again although there is room by now
      Given Kiran, who uses the web site from five active phones
      And Kiran opens the app on a new phone
      And Kiran's app sends its requests under the number "17"
      And Kiran asks to add the phone by email
      And the Auth Service has meanwhile removed the oldest of Kiran's phones
      When Kiran asks to add the phone by email
      Then Kiran is told that the bank allows no more phones
      And the bank has never asked TSG for a sign-up code

  Rule: When TSG gives no code, nothing is sent and the user can try again

    Background:
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone

    @DR-1.5 @assumed
    Scenario Outline: The user is sent nothing when asking TSG for a sign-up code <goes wrong>
      Given asking TSG for a sign-up code <goes wrong>
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra has been sent no code by email

      Examples:
        | goes wrong                                   |
        | gets no connection                           |
        | returns garbage                              |
        | returns half an answer                       |
        | returns an answer without what was asked for |
        | is refused once                              |
        | succeeds once, but the answer is lost        |

    @DR-1.5 @assumed
    Scenario Outline: The user can try again when asking TSG for a sign-up code <went wrong>
      Given asking TSG for a sign-up code <went wrong>
      And Chitra asks to add the phone by email
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been sent one sign-up code by email

      Examples:
        | went wrong                            |
        | fails once                            |
        | succeeds once, but the answer is lost |

    @DR-1.5 @assumed
    Scenario: While an earlier code cannot be voided, no other is issued, and the phone is Not_Found
      Given Chitra asks to add the phone by email
      And asking TSG to void a sign-up code fails once
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And the bank has asked TSG for a sign-up code once
      And Chitra has been sent one sign-up code by email

    @DR-1.5 @assumed
    Scenario: Once the earlier code can be voided, another is issued
      Given Chitra asks to add the phone by email
      And asking TSG to void a sign-up code fails once
      And Chitra asks to add the phone by email
      When Chitra asks to add the phone by email
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra's first sign-up code no longer works

  Rule: A code that may not have reached the user is void

    Background:
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone

    @DR-1.7 @assumed
    Scenario Outline: The code is void when sending it by <channel> <goes wrong>
      Given asking the mail gateway to deliver <goes wrong>
      When Chitra asks to add the phone by <channel>
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra can ask to add the phone
      And the bank has asked TSG to void a sign-up code once

      Examples:
        | channel      | goes wrong         |
        | email        | gets no connection |
        | email        | is refused         |
        | text message | fails              |
        | text message | gets no connection |

    @DR-1.7 @assumed
    Scenario: A code that arrived although its delivery failed does not work
      Given asking the mail gateway to deliver succeeds once, but the answer is lost
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Not_Found
      And TSG has not pushed anything

    @DR-1.7 @assumed
    Scenario: A code that can be neither delivered nor voided does not register a phone
      Given asking the mail gateway to deliver succeeds once, but the answer is lost
      And asking TSG to void a sign-up code fails
      And Chitra asks to add the phone by email
      When Chitra types the sign-up code
      Then Chitra's phone is Not_Found
      And the bank has never asked TSG to register a phone
      And Chitra has never been notified that the phone is registered

    @DR-1.7 @assumed
    Scenario: A code that could be neither delivered nor voided is voided before the next one is issued
      Given asking the mail gateway to deliver succeeds once, but the answer is lost
      And asking TSG to void a sign-up code fails once
      And Chitra asks to add the phone by email
      And Chitra asks to add the phone by email
      When Chitra types the first code that came by email
      Then the phone tells Chitra that the sign-up code is wrong
      And Chitra's phone is Sign_Up_In_Progress
      And the bank has asked TSG to void a sign-up code twice

    @DR-1.7 @assumed
    Scenario: The user can try again when messages can be sent
      Given asking the mail gateway to deliver fails once
      And Chitra asks to add the phone by email
      And Chitra asks to add the phone by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And Chitra has been sent one sign-up code by text message
      And Chitra has been sent no code by email

    @assumed
    Scenario Outline: A sign-up that is begun again, and comes to no code, is over: <what> <goes wrong>
      Given Chitra asks to add the phone by email
      And asking <what> <goes wrong>
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra's first sign-up code no longer works

      @DR-1.5
      Examples:
        | what                   | goes wrong         |
        | TSG for a sign-up code | gets no connection |

      @DR-1.7
      Examples:
        | what                        | goes wrong         |
        | the mail gateway to deliver | gets no connection |

    @DR-1.3 @assumed
    Scenario: A QR code needs no mail gateway
      Given asking the mail gateway to deliver fails
      When Chitra asks to add the phone by QR code
      Then Chitra's phone is Sign_Up_In_Progress
      And Chitra is shown a QR code

  Rule: When the Auth Service is out, no code is asked for

    @assumed
    Scenario Outline: The user is sent nothing when asking the Auth Service <what> <goes wrong>
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking the Auth Service <what> <goes wrong>
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And the bank has never asked TSG for a sign-up code

      Examples:
        | what            | goes wrong                                   |
        | about a contact | fails                                        |
        | about a contact | gets no connection                           |
        | about a contact | returns garbage                              |
        | about a contact | returns an answer without what was asked for |
        | about a contact | finds no such page                           |
        | for the phones  | fails                                        |
        | for the phones  | gets no connection                           |
        | for the phones  | returns garbage                              |
        | for the phones  | returns an answer without what was asked for |
        | for the phones  | finds no such page                           |

  Rule: How many phones a user may have is the bank's rule

    Background:
      Given the bank's rule is that a user may have two phones
      And Jai, who uses the web site from an active phone

    @DR-1.1 @assumed
    Scenario: Where two phones are allowed, the second can be added
      Given Jai opens the app on a new phone
      When Jai asks to add the phone by email
      Then Jai's phone is Sign_Up_In_Progress

    @assumed
    Scenario: Where two phones are allowed, the third is refused
      Given Jai registers a phone by email
      And Jai opens the app on a new phone
      When Jai asks to add the phone by text message
      Then Jai is told that the bank allows no more phones
      And Jai is told of two phones
      And the bank has asked TSG for a sign-up code once

    @DR-1.1 @assumed
    Scenario: A phone that the Auth Service has meanwhile added is not one too many
      Given Jai opens the app on a new phone
      And the Auth Service has meanwhile added Jai's phone
      When Jai asks to add the phone by email
      Then Jai's phone is Sign_Up_In_Progress

  Rule: A code in hand is good although another one is refused for one phone too many

    @DR-1.9 @assumed
    Scenario: The sign-up stays in progress
      Given Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      And Lata asks to add the phone by email
      And the Auth Service has meanwhile added another phone of Lata's
      When Lata asks to add the phone by email
      Then Lata is told that the bank allows no more phones
      And Lata's phone is Sign_Up_In_Progress
      And the bank has never asked TSG to void a sign-up code

    @DR-2.1 @assumed
    Scenario: The phone is not added, but registered
      Given the bank's rule is that TSG pushes sign-ups
      And Lata, who uses the web site from four active phones
      And Lata opens the app on a new phone
      And Lata asks to add the phone by email
      And the Auth Service has meanwhile added another phone of Lata's
      And Lata asks to add the phone by email
      When Lata types the sign-up code
      Then Lata's phone is Register_Complete
      And the bank has asked TSG for a sign-up code once

  Rule: Other users' phones are not counted

    @DR-1.1 @assumed
    Scenario: A user can add a phone although somebody else has as many as the bank allows
      Given Kiran, who uses the web site from five active phones
      And Jai, who uses the web site from an active phone
      And Jai opens the app on a new phone
      When Jai asks to add the phone by email
      Then Jai's phone is Sign_Up_In_Progress

  Rule: TSG gives codes of the form that it is asked for

    @assumed
    Scenario Outline: A back office that asks for a code <of a form> is given <one>
      When the back office asks TSG for a sign-up code <of a form>
      Then the back office is given a code that has <one>

      Examples:
        | of a form                    | one                       | why                                         |
        | of the usual form            | eight digits              | TSG's own rule decides both                 |
        | of letters and digits        | eight letters and digits  | TSG's own rule decides the length alone     |
        | of twelve characters         | twelve digits             | TSG's own rule decides the characters alone |
        | of twelve letters and digits | twelve letters and digits | nothing is left to decide                   |

  Rule: Until a code has expired, TSG gives it to nobody else

    Background:
      Given the bank's rule is that TSG gives codes of one digit

    @assumed
    Scenario: Codes that are void are not given again
      When the back office asks TSG for ten sign-up codes, and voids each at once
      Then no two codes of the back office are the same

    @assumed
    Scenario: When each of the codes that there are is void, TSG has none to give
      Given the back office asks TSG for ten sign-up codes, and voids each at once
      And just under 10 minutes pass
      When the back office asks TSG for a sign-up code of the usual form
      Then TSG refuses the back office

    @assumed
    Scenario: When the void codes have expired, TSG gives one of them again
      Given the back office asks TSG for ten sign-up codes, and voids each at once
      And 10 minutes pass
      When the back office asks TSG for a sign-up code of the usual form
      Then the back office is given a code that has one digit

  Rule: A sign-up code that the mail gateway does not take has not been sent, however the gateway says so

    @DR-1.7 @assumed
    Scenario Outline: Asking the mail gateway to deliver <how>
      Given Chitra, who already uses the web site
      And Chitra opens the app on a new phone
      And asking the mail gateway to deliver <how>
      When Chitra asks to add the phone by email
      Then Chitra is told to try again later
      And Chitra's phone is Not_Found
      And Chitra has been sent no code by email

      Examples:
        | how                |
        | is refused         |
        | finds no such page |
