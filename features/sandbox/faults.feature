@sandbox
Feature: The sandbox, faults: what a tester breaks on purpose
  A tester breaks requests on purpose, to see how a system copes, and says which: from which one on, how many, of which
  kind. Those requests are broken, and no others.

  Rule: The requests that the tester named are broken, and no others

    Scenario: Requests before the first one that was named are answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

    Scenario: The first request that was named is broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails from the second time on
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: After as many as were named the next request is answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code
      And the bank has asked core banking about a customer four times

    Scenario: The last request that was named is still broken
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails three times
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: Of two troubles with the same request the first comes first
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once
      And asking core banking about a customer finds nobody
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: A request that one trouble lets pass is broken by the next
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer finds nobody from the second time on
      And asking core banking about a customer fails
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: A push of TSG's is nothing that TSG is asked
      Given the bank's rule is that TSG pushes sign-ups
      And Chitra, who is adding a new phone by email
      And asking TSG to do anything fails once, but not before the second time
      When Chitra types the sign-up code
      Then Chitra's phone is Sign_Up_Complete

    Scenario: A request of another kind to the same system is answered as usual
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking to check a card fails
      And Asha is asked for proof of identity
      When Asha asks which proofs are possible
      Then Asha can use a debit card or a credit card as proof

    Scenario: A fault that lets a request pass fires as often afterwards as was named
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once, but not before the second time
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: A fault that has fired as often as was named lets everything pass
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking about a customer fails once, but not before the second time
      And Asha starts to register by customer number
      And Asha starts to register by customer number
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

    Scenario: How the tester writes the kind of request does not matter
      Given Asha, a customer of the bank who has never used the web site
      And a tester has written in small letters that asking core banking about a customer fails
      When Asha starts to register by customer number
      Then Asha is told to try again later

  Rule: In an address a question mark stands for one letter, and a star for any number of them

    Scenario Outline: A tester who has broken "<address>" breaks what is asked of "lotus.pond": <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And a tester has broken what core banking is asked at "<address>"
      When Asha chooses the user id "lotus.pond"
      Then Asha is told to try again later

      Examples:
        | address                   | why                                   |
        | /cbs/user-ids/lotus.pon?  | a question mark stands for one letter |
        | /cbs/user-ids/*pond       | a star stands for any number of them  |
        | /cbs/user-ids/lotus*pond  | for one as well                       |
        | /cbs/user-ids/lotus.pond* | and for none                          |
        | /cbs/*                    | a stroke is like any other            |

    Scenario Outline: A tester who has broken "<address>" does not break what is asked of "lotus.pond": <why>
      Given Asha, a customer of the bank who has never used the web site
      And Asha is asked to choose a user id
      And a tester has broken what core banking is asked at "<address>"
      When Asha chooses the user id "lotus.pond"
      Then Asha is asked to choose a password

      Examples:
        | address                   | why                                        |
        | /cbs/user-ids/lotus.pond? | a question mark does not stand for none    |
        | /cbs/user-ids/lotus?      | nor for several                            |
        | /cbs/user-ids/lotus-pond  | every other sign stands for itself         |
        | /cbs/user-ids/lotus       | the address does not only begin like this  |
        | /cbs/user-ids/*.ponds     | nor does it only end in nearly the same    |

  Rule: What the tester takes back is over, and nothing else

    Background:
      Given Asha, a customer of the bank who has never used the web site
      And asking core banking for the customer's user id fails
      And asking core banking about a customer fails

    Scenario: Another fault of the same system stays
      Given asking core banking for the customer's user id works again
      When Asha starts to register by customer number
      Then Asha is told to try again later

    Scenario: The fault that is taken back is over
      Given asking core banking about a customer works again
      When Asha starts to register by customer number
      Then Asha is asked for the mailed code

  Rule: Chance can be repeated

    Background:
      Given Asha, a customer of the bank who has never used the web site

    Scenario Outline: By <chance> the same requests fail in a world of <seed>
      When a tester has half of the requests fail by <chance>, here and in a world of <seed>
      Then the same requests fail in both worlds

      Examples:
        | chance                                | seed          |
        | the world's own chance                | the same seed |
        | a chance that the tester has given    | another seed  |
        | a chance of nought, given by a tester | another seed  |

    Scenario: By the world's own chance other requests fail in a world of another seed
      When a tester has half of the requests fail by the world's own chance, here and in a world of another seed
      Then other requests fail in the other world

    Scenario: Worlds of the seed nought have the same chance, too
      When a tester has half of the requests fail in two worlds of core banking whose seed is nought
      Then the same requests fail in both worlds
