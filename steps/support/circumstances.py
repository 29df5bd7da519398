"""The features' vocabulary about the systems: what they ask of each other, what goes wrong, and the bank's rules."""

from typing import Any

BANK = frozenset({"orchestrator", "cymmetri", "auth_service"})
ASKERS = {"the bank": BANK, "TSG": frozenset({"tsg"})}

DEALINGS = {"revoked": "revoke", "unregistered": "unregister"}

OUT_OF_USE = {"old": "unregister", "lost": "revoke"}
"""A phone that a person no longer uses, and what TSG is told of it: a lost one must never come back."""

REQUESTS = {
    "core banking about a customer": ("cbs", "POST", "/cbs/customers/search"),
    "core banking to check a card": ("cbs", "POST", "/cbs/cards/verify"),
    "the mail gateway to deliver": ("mailroom", "POST", "/messages"),
    "TSG about a phone": ("tsg", "POST", "/tsg/subject_info"),
    "TSG for a sign-up code": ("tsg", "POST", "/tsg/sign_up"),
    "TSG to void a sign-up code": ("tsg", "DELETE", "/tsg/sign_up/*"),
    "TSG to register a phone": ("tsg", "POST", "/tsg/register"),
    "the Auth Service about a phone": ("auth_service", "GET", "/users/*/devices/*"),
    "the Auth Service to add a phone": ("auth_service", "PUT", "/users/*/devices/*"),
    "the middleware to take in a sign-up": ("orchestrator", "POST", "/tsg/push"),
}
"""What one system asks of another: the asked system, method and path."""

TROUBLES: dict[str, dict[str, Any]] = {
    "fails": {"effect": {"status": 503}},
    "fails once": {"effect": {"status": 503}, "times": 1},
    "fails three times": {"effect": {"status": 503}, "times": 3},
    "finds nobody there": {"effect": {"reset": True}},
    "takes too long": {"effect": {"hang": True}},
    "brings nonsense": {"effect": {"garbage": True}},
    "works once, but the answer is lost": {"effect": {"lose_response": True}, "times": 1},
}

PUSH_TROUBLES: dict[str, dict[str, Any]] = {
    "lacks the reference": {"tamper": {"field": "external_reference", "value": ""}},
    "carries an unknown reference": {"tamper": {"field": "external_reference", "value": "never-issued"}},
    "lacks the phone's id": {"tamper": {"field": "subject_id", "remove": True}},
    "lacks the credential": {"tamper": {"field": "credential", "remove": True}},
    "is signed by somebody else": {"bad_signature": True},
    "is too old": {"stale_timestamp": True},
    "arrives three times": {"duplicate": 3},
}

RULES: dict[str, dict[str, Any]] = {
    "a code has the usual length": {},
    "a code has more digits": {"cymmetri": {"otp": {"digits": 8}}},
    "a sign-up code has the usual length": {},
    "a sign-up code has more variety": {"orchestrator": {"sign_up": {"length": 12, "charset": "ALPHANUMERIC"}}},
    "each code has its own page": {"cymmetri": {"document_paths": False}},
    "Cymmetri's refusals look like successes": {"cymmetri": {"errors_as_200": True}},
    "former passwords may come back": {"cymmetri": {"password": {"history": 0}}},
    "only the validated password can be set": {"cymmetri": {"password": {"must_be_validated_one": True}}},
    "three wrong attempts block for 30 minutes": {
        "cymmetri": {"otp": {"max_attempts": 3}, "card": {"max_attempts": 3}, "block": "PT30M"}
    },
    "three wrong attempts block for good": {
        "cymmetri": {"otp": {"max_attempts": 3}, "card": {"max_attempts": 3}, "block": "permanent"}
    },
    "a code holds for five minutes": {"cymmetri": {"otp": {"lifetime": "PT5M"}}},
    "three further codes can be sent, 30 seconds apart": {
        "cymmetri": {"otp": {"max_resends": 3, "resend_after": "PT30S"}}
    },
    "a password has four letters or more": {"cymmetri": {"password": {"min_alpha": 4}}},
    "a sign-up code holds for ten minutes": {"orchestrator": {"sign_up": {"lifetime": "PT10M"}}},
    "a phone must wait after five wrong sign-up codes": {"tsg": {"guesses": {"per_phone": 5}}},
    "a further code brings back all attempts": {"cymmetri": {"otp": {"resend_resets_attempts": True}}},
    "TSG tells the Auth Service of sign-ups": {"tsg": {"push_receiver": "auth_service"}},
}
"""The bank's rules that a scenario rests on, as policies by service."""
