Feature: Device registration, step 3: Register the device on Entersekt
  Once the sign-up is complete, the bank registers the phone on TSG by the subject_id that it kept; the user has nothing
  to do. The document says: this happens only after a successful sign-up; the phone is then registered on TSG under its
  emCertID, the user is notified, and the status is Register_Complete. It is implied that a failure can be retried. What
  happens when an answer is lost, or the phone was revoked in between, is assumed.

  Rule: A completed sign-up is registered

    @DR-3.1 @documented
    Scenario: The phone is registered as soon as the sign-up is complete
      Given Chitra, who is adding a new phone by text message
      When Chitra types the sign-up code
      Then Chitra's phone is Register_Complete
      And TSG has Chitra's phone registered
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered
      And the bank has never asked the Auth Service to add a phone

    @DR-3.2 @documented
    Scenario: A phone whose sign-up is not complete is not registered
      Given Chitra, who is adding a new phone by text message
      When Chitra asks to have the phone registered
      Then Chitra is told that it is too early for that
      And Chitra's phone is Sign_Up_In_Progress
      And Chitra has never been notified that the phone is registered
      And the bank has never asked TSG to register a phone

  Rule: After a failure the sign-up stays complete, and registering can be retried

    @DR-3.3 @implied
    Scenario: A phone that TSG fails to register stays signed up, and the user is not notified
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      When Chitra types the sign-up code
      Then Chitra's phone is Sign_Up_Complete
      And TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered
      And Chitra can ask to have the phone registered

    @DR-3.3 @implied
    Scenario: A retry registers the phone once
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone fails once
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone twice
      And Chitra has been notified once that the phone is registered

    @DR-3.4 @assumed
    Scenario: A retry finds the phone registered when only the answer was lost
      Given Chitra, who is adding a new phone by text message
      And asking TSG to register a phone succeeds once, but the answer is lost
      And Chitra types the sign-up code
      When Chitra asks to have the phone registered
      Then Chitra's phone is Register_Complete
      And the bank has asked TSG to register a phone once
      And Chitra has been notified once that the phone is registered

    @DR-3.5 @assumed
    Scenario: A phone that was revoked in between is refused for good
      Given Chitra, whose new phone is Sign_Up_Complete
      And TSG has revoked Chitra's phone
      When Chitra asks to have the phone registered
      Then Chitra is told that the phone has been revoked
      And Chitra's phone is Not_Found
      And TSG does not have Chitra's phone registered
      And Chitra has never been notified that the phone is registered
