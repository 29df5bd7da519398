Feature: Device registration, step 3: Register the device on Entersekt
  A user who has signed up need do nothing: the bank registers the user on TSG by the subject that it kept. The document
  says: only after a successful sign-up; the phone is then registered with TSG and has an emCertID there, the user is
  notified, and the status is Register_Complete. That a failure can be tried again is implied. Assumed are lost answers
  and phones that were revoked in between.

  Rule: A completed sign-up is registered

    @DR-3.1 @documented
    Scenario: The phone is registered as soon as the sign-up is complete
      Given Chitra, who is adding a new phone by text message
      When Chitra types the sign-up code
      Then the phone of Chitra is Register_Complete
      And the bank has once asked TSG to register a phone
      And Chitra has once been notified that the phone is registered

    @DR-3.2 @documented
    Scenario: A phone whose sign-up is not complete is not registered
      Given Chitra, who is adding a new phone by text message
      When Chitra asks to have the phone registered
      Then Chitra is told that it is too early for that
      And the phone of Chitra is Sign_Up_In_Progress
      And the bank has never asked TSG to register a phone

  Rule: A failure leaves the sign-up complete, to be tried again

    @DR-3.3 @implied
    Scenario: TSG fails to register the phone
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      When Chitra types the sign-up code
      Then the phone of Chitra is Sign_Up_Complete
      And Chitra has never been notified that the phone is registered
      And Chitra can ask to have the phone registered

    @DR-3.3 @implied
    Scenario: A second try registers the phone, once
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then the phone of Chitra is Register_Complete
      And the bank has twice asked TSG to register a phone
      And Chitra has once been notified that the phone is registered

    @DR-3.4 @assumed
    Scenario: A phone whose registration was not heard of is found registered
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone works once, but the answer is lost
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then the phone of Chitra is Register_Complete
      And the bank has once asked TSG to register a phone
      And Chitra has once been notified that the phone is registered

    @DR-3.5 @assumed
    Scenario: A phone that was revoked in between is refused for good
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      And Chitra types the sign-up code
      And TSG has revoked the phone of Chitra
      When Chitra asks to have the phone registered
      Then Chitra is told that the phone has been revoked
      And the phone of Chitra is Not_Found
