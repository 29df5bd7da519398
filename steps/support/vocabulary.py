"""The features' vocabulary: each phrase that a sentence may be filled with, and what it stands for."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from behave import register_type

from steps.support.careless_site import FORGED, NONE
from steps.support.mailbox import EMAIL, TEXT
from steps.support.people import CREDIT, DEBIT, KINDS, KINDS_WITH
from steps.support.phone import QR
from steps.support.web_visit import WebVisit

NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
TIMES = {"never": 0, "once": 1, "twice": 2, "three times": 3, "four times": 4, "five times": 5}
UNITS = {"second": "seconds", "minute": "minutes", "hour": "hours", "day": "days"}

CHANNELS = {"email": EMAIL, "text message": TEXT}
NEWEST, FIRST = -1, 0
CODES = {
    "mailed": (EMAIL, NEWEST),
    "first mailed": (EMAIL, FIRST),
    "texted": (TEXT, NEWEST),
    "first texted": (TEXT, FIRST),
}
CARDS = {"debit card": DEBIT, "credit card": CREDIT}
VIAS: dict[str, tuple[str, str | None]] = {
    "email": (EMAIL, None),
    "text message": (TEXT, None),
    "QR code": (QR, None),
    "somebody else's email address": (EMAIL, "somebody.else@example.test"),
    "somebody else's mobile number": (TEXT, "+919999999999"),
}
"""How a sign-up code is to come, and to which contact if not to the registered one."""

CONTACTS = {"email address": "maskedEmail", "mobile number": "maskedMobile"}

POINTS = {
    "to log in": ("Login_Required", None),
    "for the mailed code": ("Email_Otp_Sent", "verify-email-otp"),
    "for the texted code": ("Mobile_Otp_Sent", "verify-mobile-otp"),
    "for proof of identity": ("Mobile_Verified", "authenticate"),
    "to choose a user id": ("Authenticated", "save-user-id"),
    "to choose a password": ("User_Id_Saved", "validate-password"),
    "to confirm the password": ("Password_Validated", "set-password"),
}
"""What the web site asks of a person: the registration's status, and what the person can do in it."""

FACTORS = {
    "a debit card": ["DEBIT_CARD"],
    "a credit card": ["CREDIT_CARD"],
    "a debit card or a credit card": ["CREDIT_CARD", "DEBIT_CARD"],
    "nothing": [],
}

DETAILS = {
    "the last digits": "cardLast4",
    "the expiry date": "expiry",
    "the PIN": "pin",
    "the security code": "cvv",
}

REASONS = {
    "the bank knows no such person": "USER_NOT_FOUND",
    "access is blocked": "USER_BLOCKED",
    "it should be tried again later": "UPSTREAM_UNAVAILABLE",
    "an email address must be registered first": "EMAIL_NOT_REGISTERED",
    "a mobile number must be registered first": "MOBILE_NOT_REGISTERED",
    "registering online is not possible": "CUSTOMER_NOT_ELIGIBLE",
    "the code is wrong": "INVALID_OTP",
    "the code has expired": "OTP_EXPIRED",
    "no further code can be sent": "RESEND_LIMIT_REACHED",
    "the card details are wrong": "AUTHENTICATION_FAILED",
    "that proof is not possible": "FACTOR_NOT_AVAILABLE",
    "the user id is taken": "USER_ID_ALREADY_EXISTS",
    "the user id breaks a rule": "INVALID_USER_ID",
    "the password breaks a rule": "PASSWORD_POLICY_VIOLATION",
    "the passwords differ": "PASSWORD_MISMATCH",
    "logging in comes first": "NOT_LOGGED_IN",
    "it is not theirs to ask": "NOT_YOUR_REGISTRATION",
    "the bank has registered another": "CONTACT_NOT_REGISTERED",
    "the phone's status must be determined first": "UNKNOWN_REGISTRATION",
    "the proof is not accepted": "UNAUTHORIZED",
    "another step comes first": "STEP_OUT_OF_ORDER",
    "it is too early for that": "ACTION_NOT_ALLOWED",
    "the phone has been revoked": "DEVICE_REVOKED",
    "the phone is no longer registered": "DEVICE_NOT_REGISTERED",
    "the phone belongs to somebody else": "DEVICE_OF_ANOTHER_USER",
}
"""What a person is told when something is refused, and the reason behind it."""

BROKEN_RULES = {
    "is too short": "MIN_LENGTH",
    "is too long": "MAX_LENGTH",
    "has too few digits": "MIN_DIGITS",
    "has too few special characters": "MIN_SPECIALS",
    "has too few letters": "MIN_ALPHA",
    "has too few capital letters": "MIN_UPPER",
    "has too few small letters": "MIN_LOWER",
    "has a character that is not allowed": "DISALLOWED_CHARACTER",
    "is one that everybody guesses": "BLACKLISTED",
    "is the user id": "EQUALS_LOGIN_ID",
    "contains a name of the customer": "CONTAINS_NAME",
    "was used before": "PASSWORD_HISTORY",
}

PHONE_REASONS = {
    "the sign-up code is wrong": "SIGN_UP_CODE_INVALID",
    "the sign-up code has expired": "SIGN_UP_CODE_EXPIRED",
    "the sign-up code was used already": "SIGN_UP_CODE_USED",
    "there were too many attempts": "TOO_MANY_ATTEMPTS",
}

HOW_TO_START: dict[str, tuple[str, dict[str, str | None]]] = {
    "by customer number": ("CIF", {}),
    "by mobile number": ("MOBILE", {}),
    "by email address": ("EMAIL", {}),
    "by card number": ("CARD", {}),
    "again": ("CIF", {}),
    "without naming the browser": ("CIF", {"deviceId": None}),
    "without saying who asks": ("CIF", {"id": None}),
    "by shoe size": ("CIF", {"type": "SHOE_SIZE"}),
    "by a mobile number with letters in it": ("MOBILE", {"id": "98x76"}),
    "by a card number with a digit too few": ("CARD", {"cardNumber": "400000123"}),
}
"""By what a person says who they are, and what is changed in the form then; ``None`` leaves a field out."""

FIELDS = {
    "the browser": "deviceId",
    "the identity": "id",
    "the kind of identity": "type",
    "the card number": "cardNumber",
}

OPENINGS = {"on a new phone": True, "without logging in": False}
COMPLETIONS = {
    "types the sign-up code": False,
    "scans the QR code": False,
    "types the sign-up code on another phone": True,
}
APP_ACTIONS = {"asks to have the phone registered": "register", "activates the phone": "activate"}

WORKING = {"still works": True, "no longer works": False}

TOKENS = {
    "with the proof of the step before": None,
    "without a proof of the step before": NONE,
    "with a forged proof of the step before": FORGED,
}

STATUSES = {
    status: status
    for status in ("Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate")
}
"""The statuses of device registration, as the document spells them."""

DEALINGS = {"revoked": "revoke", "unregistered": "unregister"}
BANK = frozenset({"orchestrator", "cymmetri", "auth_service"})
ASKERS = {"the bank": BANK, "TSG": frozenset({"tsg"})}

QUESTIONS = {
    "for a further code": WebVisit.ask_for_another_code,
    "which proofs are possible": WebVisit.ask_for_factors,
    "which user id the bank holds": WebVisit.ask_for_user_id,
}

POSSIBILITIES = {
    "ask for a further code": {"resend-email-otp", "resend-mobile-otp"},
    "ask to add the phone": {"sign-up"},
    "ask to have the phone registered": {"register"},
    "activate the phone": {"activate"},
}
"""What a person can do next, and the actions that do it."""

NEWS = {
    "the phone was not found": "device-not-found",
    "the phone is registered": "device-registered",
    "the phone is active": "device-activated",
}

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


def choice(phrases: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parameter type that is one of the phrases and converts to what the phrase stands for."""

    def convert(text: str) -> Any:
        return phrases[text]

    longest_first = sorted(phrases, key=len, reverse=True)
    convert.pattern = "|".join(map(re.escape, longest_first))  # type: ignore[attr-defined]
    return convert


def shaped(pattern: str, convert: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a parameter type that has a shape."""

    def converted(text: str) -> Any:
        return convert(text)

    converted.pattern = pattern  # type: ignore[attr-defined]
    return converted


def duration(text: str) -> timedelta:
    """Return ``30 seconds`` or ``1 minute`` as a duration."""
    number, unit = text.split()
    return timedelta(**{UNITS[unit.removesuffix("s")]: int(number)})


def block_end(text: str) -> str | None:
    """Return the time of day at which a block ends; ``None`` for one that does not."""
    return None if text == "for good" else text.removeprefix("until ")


def shown_user_id(text: str) -> str | None:
    return None if text == "no user id" else text.split('"')[1]


def later(text: str) -> timedelta:
    return duration(text.removesuffix(" later").strip()) if text else timedelta()


def count(text: str) -> int:
    return NUMBERS[text.split(maxsplit=1)[0]]


def register() -> None:
    """Register every parameter type under the name that the sentences use."""
    numbers = "|".join(NUMBERS)
    units = "|".join(UNITS)
    register_type(
        Name=shaped(r"[A-Z][a-z]+", str),
        Text=shaped(r'[^"]*', str),
        Duration=shaped(rf"\d+ (?:{units})s?", duration),
        Later=shaped(rf"(?: \d+ (?:{units})s? later)?", later),
        BlockEnd=shaped(r"for good|until \d\d:\d\d", block_end),
        ShownUserId=shaped(r'no user id|the user id "[^"]*"', shown_user_id),
        Codes=shaped(rf"(?:{numbers}) (?:sign-up )?codes?", count),
        Attempts=shaped(rf"(?:{numbers}) attempts?(?: is| are)?", count),
        Phones=shaped(rf"(?:{numbers}) phones?", count),
        Rules=shaped(rf"(?:{numbers}) broken rules?", count),
        Times=choice(TIMES),
        Channel=choice(CHANNELS),
        Code=choice(CODES),
        Card=choice(CARDS),
        Via=choice(VIAS),
        Contact=choice(CONTACTS),
        Kind=choice(KINDS),
        KindWith=choice(KINDS_WITH),
        HowToStart=choice(HOW_TO_START),
        Point=choice(POINTS),
        Question=choice(QUESTIONS),
        Factors=choice(FACTORS),
        Detail=choice(DETAILS),
        Reason=choice(REASONS),
        PhoneReason=choice(PHONE_REASONS),
        Field=choice(FIELDS),
        Token=choice(TOKENS),
        BrokenRule=choice(BROKEN_RULES),
        Opening=choice(OPENINGS),
        Completion=choice(COMPLETIONS),
        AppAction=choice(APP_ACTIONS),
        Working=choice(WORKING),
        Status=choice(STATUSES),
        Dealing=choice(DEALINGS),
        Asker=choice(ASKERS),
        Possibility=choice(POSSIBILITIES),
        News=choice(NEWS),
        Request=choice(REQUESTS),
        Trouble=choice(TROUBLES),
        PushTrouble=choice(PUSH_TROUBLES),
        Rule=choice(RULES),
    )
