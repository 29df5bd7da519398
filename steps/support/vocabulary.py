"""The features' vocabulary about people: each phrase that a sentence may be filled with, and what it stands for."""

from steps.support.careless_site import FORGED, NONE
from steps.support.mailbox import EMAIL, TEXT
from steps.support.people import CREDIT, DEBIT
from steps.support.phone import QR
from steps.support.web_visit import WebVisit

TIMES = {"never": 0, "once": 1, "twice": 2, "three times": 3, "four times": 4, "five times": 5}

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
    "it should be tried again later": "UPSTREAM_UNAVAILABLE",
    "the sign-up code is wrong": "SIGN_UP_CODE_INVALID",
    "the sign-up code has expired": "SIGN_UP_CODE_EXPIRED",
    "the sign-up code was used already": "SIGN_UP_CODE_USED",
    "there were too many attempts": "TOO_MANY_ATTEMPTS",
    "the phone has been revoked": "SUBJECT_REVOKED",
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

CODE_SHAPES = {
    "six digits": r"[0-9]{6}",
    "eight digits": r"[0-9]{8}",
    "twelve letters and digits": r"[0-9A-Z]{12}",
}

PAGES = {"the page for the mailed code": "VerifyEmailOtp", "the page for either code": "/otp/verifyOtp"}
"""Where the document says that a code is verified: its pages for the two codes show each other's addresses."""
