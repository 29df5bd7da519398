"""The features' phrases about the systems: what they ask of each other, and what goes wrong."""

from typing import Any

from registration_sandbox.drivers.cymmetri_calls import BASE
from steps.observers.journals import Request

SEED_OF_EQUAL_CODES = 577423
"""The seed of a world whose first two codes of six digits would be equal if the fake did not look out for that."""

DEALINGS = {"revoked": "revoke", "unregistered": "unregister", "registered": "register"}
DEMANDS = {call: call for call in DEALINGS.values()}

OUT_OF_USE = {"old": "unregister", "lost": "revoke"}
"""A phone that a person no longer uses, and what TSG is told of it: a lost one must never come back."""

REQUESTS = {
    "core banking about a customer": Request("cbs", "POST", "/cbs/customers/search"),
    "core banking for the cards": Request("cbs", "GET", "/cbs/customers/*/cards"),
    "core banking for the customer's user id": Request("cbs", "GET", "/cbs/customers/*/user-id"),
    "core banking to check a card": Request("cbs", "POST", "/cbs/cards/verify"),
    "core banking whose a user id is": Request("cbs", "GET", "/cbs/user-ids/*"),
    "the mail gateway to deliver": Request("mailroom", "POST", "/messages"),
    "TSG about a phone": Request("tsg", "POST", "/tsg/subject_info"),
    "TSG for a sign-up code": Request("tsg", "POST", "/tsg/sign_up"),
    "TSG to void a sign-up code": Request("tsg", "DELETE", "/tsg/sign_up/*"),
    "TSG to register a phone": Request("tsg", "POST", "/tsg/register"),
    "TSG how a sign-up stands": Request("tsg", "POST", "/tsg/poll_sign_up"),
    "TSG to take a sign-up code": Request("tsg", "POST", "/sdk/signup"),
    "TSG whether a phone is registered": Request("tsg", "GET", "/sdk/status"),
    "TSG for a phone's certificate": Request("tsg", "GET", "/tsg/subjects/*/emcert"),
    "TSG to unregister a phone": Request("tsg", "POST", "/tsg/unregister"),
    "TSG to revoke a phone": Request("tsg", "POST", "/tsg/revoke"),
    "TSG anything": Request("tsg", "POST", "/tsg/*"),
    "TSG to do anything": Request("tsg", "POST", "*"),
    "Cymmetri to check an identity": Request("cymmetri", "POST", f"{BASE}/checkIdentity"),
    "Cymmetri to check the mailed code": Request("cymmetri", "POST", f"{BASE}/VerifyEmailOtp"),
    "Cymmetri to check the texted code": Request("cymmetri", "POST", f"{BASE}/VerifyMobileOtp"),
    "Cymmetri which proofs are possible": Request("cymmetri", "GET", f"{BASE}/mfa/list"),
    "Cymmetri to check a card": Request("cymmetri", "POST", f"{BASE}/authenticateUser"),
    "Cymmetri to hold a user id": Request("cymmetri", "POST", f"{BASE}/saveuserid"),
    "Cymmetri to check a password": Request("cymmetri", "POST", f"{BASE}/validatePassword"),
    "Cymmetri to set the password": Request("cymmetri", "POST", f"{BASE}/setIbPassword"),
    "Cymmetri which user id the bank holds": Request("cymmetri", "GET", f"{BASE}/existingUserId"),
    "Cymmetri to log somebody in": Request("cymmetri", "POST", "/ciamauthsrvc/login"),
    "Cymmetri who has logged in": Request("cymmetri", "GET", "/ciamauthsrvc/userinfo"),
    "the middleware to take a push": Request("orchestrator", "POST", "/tsg/push"),
    "the Auth Service who is logged in": Request("auth_service", "POST", "/auth/introspect"),
    "the Auth Service whose a phone is": Request("auth_service", "GET", "/devices/*"),
    "the Auth Service about a contact": Request("auth_service", "POST", "/users/*/contacts/verify"),
    "the Auth Service for the phones": Request("auth_service", "GET", "/users/*/devices"),
    "the Auth Service to notify somebody": Request("auth_service", "POST", "/users/*/notifications"),
    "the Auth Service about a phone": Request("auth_service", "GET", "/users/*/devices/*"),
    "the Auth Service to add a phone": Request("auth_service", "PUT", "/users/*/devices/*"),
    "the Auth Service to remove a phone": Request("auth_service", "DELETE", "/users/*/devices/*"),
    "the Auth Service about a user": Request("auth_service", "GET", "/users/*"),
}

TROUBLES: dict[str, dict[str, Any]] = {
    "fails": {"effect": {"status": 503}},
    "fails once": {"effect": {"status": 503}, "times": 1},
    "fails three times": {"effect": {"status": 503}, "times": 3},
    "fails ten times": {"effect": {"status": 503}, "times": 10},
    "breaks down once": {"effect": {"status": 500}, "times": 1},
    "fails from the second time on": {"effect": {"status": 503}, "after": 1},
    "fails once, but not before the second time": {"effect": {"status": 503}, "after": 1, "times": 1},
    "fails twice": {"effect": {"status": 503}, "times": 2},
    "gets no connection": {"effect": {"reset": True}},
    "gets no connection once": {"effect": {"reset": True}, "times": 1},
    "finds no such page": {"effect": {"status": 404}},
    "is refused": {"effect": {"status": 400}},
    "is refused once": {"effect": {"status": 400}, "times": 1},
    "is refused as unauthorized": {"effect": {"status": 401}},
    "is refused as forbidden once": {"effect": {"status": 403}, "times": 1},
    "is refused as a conflict once": {"effect": {"status": 409}, "times": 1},
    "is redirected once": {"effect": {"status": 307}, "times": 1},
    "is refused for good": {"effect": {"status": 410}, "times": 1},
    "takes a while": {"effect": {"delay": {"ms": 400}}},
    "takes a while once": {"effect": {"delay": {"ms": 800}}, "times": 1},
    "takes too long": {"effect": {"hang": True}},
    "takes too long once": {"effect": {"hang": True}, "times": 1},
    "returns garbage": {"effect": {"garbage": True}},
    "returns half an answer": {"effect": {"truncate": True}},
    "returns an answer without what was asked for": {"effect": {"status": 200, "body": {}}},
    "returns a success that says nothing": {"effect": {"status": 200, "body": {"success": True, "data": {}}}},
    "returns a success that says nothing once": {
        "effect": {"status": 200, "body": {"success": True, "data": {}}},
        "times": 1,
    },
    "fails, and calls that a success": {"effect": {"status": 500, "body": {"success": True, "data": {}}}},
    "is refused, and calls that a success": {"effect": {"status": 409, "body": {"success": True, "data": {}}}},
    "is refused once in words that nobody knows": {
        "effect": {"status": 409, "body": {"success": False, "errorCode": "REGSRVC.MOON_IS_FULL"}},
        "times": 1,
    },
    "returns a success that says that the user id or the password is wrong": {
        "effect": {"status": 200, "body": {"success": False, "errorCode": "AUTHSRVC.INVALID_CREDENTIALS"}}
    },
    "returns a success that says that access is blocked": {
        "effect": {"status": 200, "body": {"success": False, "errorCode": "AUTHSRVC.USER_BLOCKED"}}
    },
    "is refused with the vendor's own code for a wrong password": {
        "effect": {"status": 400, "body": {"success": False, "errorCode": "AUTHSRVC.ACCESS_DENIED"}}
    },
    "is refused with the vendor's own code for a blocked user": {
        "effect": {"status": 403, "body": {"success": False, "errorCode": "AUTHSRVC.USER_LOCKED"}}
    },
    "finds nobody": {"effect": {"status": 200, "body": {"customers": []}}},
    "finds nobody from the second time on": {"effect": {"status": 200, "body": {"customers": []}}, "after": 1},
    "returns an unknown verdict": {"effect": {"status": 200, "body": {"code": "99"}}},
    "returns a customer without a date of birth": {
        "effect": {
            "status": 200,
            "body": {
                "customers": [
                    {"cif": "1", "legalName": "Asha", "status": "active", "email": "asha@example.test", "mobile": None}
                ]
            },
        }
    },
    "succeeds once, but the answer is lost": {"effect": {"lose_response": True}, "times": 1},
}

PUSH_TROUBLES: dict[str, dict[str, Any]] = {
    "has an empty external_reference": {"effect": {"tamper": {"field": "external_reference", "value": ""}}},
    "has a blank external_reference": {"effect": {"tamper": {"field": "external_reference", "value": "  "}}},
    "has an unknown external_reference": {
        "effect": {"tamper": {"field": "external_reference", "value": "never-issued"}}
    },
    "lacks the subject_id": {"effect": {"tamper": {"field": "subject_id", "remove": True}}},
    "lacks the credential": {"effect": {"tamper": {"field": "credential", "remove": True}}},
    "is signed with the wrong key": {"effect": {"bad_signature": True}},
    "is too old": {"effect": {"stale_timestamp": True}},
    "is sent three times": {"effect": {"duplicate": 3}},
    "is lost three times on its way": {"effect": {"drop": True}, "times": 3},
    "is lost once on its way": {"effect": {"drop": True}, "times": 1},
    "is lost on its way": {"effect": {"drop": True}},
    "is overtaken by the next one": {"effect": {"reorder": True}, "times": 1},
    "has no external_reference": {"effect": {"tamper": {"field": "external_reference", "remove": True}}},
    "has an empty subject_id": {"effect": {"tamper": {"field": "subject_id", "value": ""}}},
    "is once signed with the wrong key": {"effect": {"bad_signature": True}, "times": 1},
    "once has an unknown external_reference": {
        "effect": {"tamper": {"field": "external_reference", "value": "never-issued"}},
        "times": 1,
    },
}
