Feature: Journey: A customer goes digital
  A customer of the bank who has never used the web site registers there, logs in to the app with the new user id, and
  adds phones. The journey runs through both documents from end to end, to show that their steps fit together; it
  assumes nothing beyond them.

  @WR-11.1 @DR-4.1 @documented
  Scenario: A new customer registers, and adds a phone by text message and a second one by QR code
    Given Asha, a customer of the bank who has never used the web site
    And Asha has registered on the web site as "lotus.pond"
    And Asha registers a phone by text message
    When Asha registers a phone by QR code
    Then Asha's phone is Device_Activate
    And Asha has two phones on the Auth Service
    And Asha has been notified twice that the phone is active
