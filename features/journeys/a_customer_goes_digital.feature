Feature: Journey: A customer goes digital
  A customer of the bank who has never used the web site registers there, logs in with what was chosen, and adds phones.
  Both documents are walked from end to end, on one customer. Each step stands on its own feature; here it is shown that
  they fit together. Nothing is assumed beyond what those features assume.

  @WR-11.1 @DR-4.1 @documented
  Scenario: A new customer registers, and adds a phone by text message and a second one by QR code
    Given Asha, a customer of the bank who has never used the web site
    And Asha has registered on the web site as "lotus.pond"
    And Asha registers a phone by text message
    When Asha registers a phone by QR code
    Then the phone of Asha is Device_Activate
    And the Auth Service knows two phones of Asha
    And Asha has twice been notified that the phone is active
