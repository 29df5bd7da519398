"""What a person can see and do, in one vocabulary: the sentences of the features and every driver use these words.

A driver maps its system's own words to them. ``Reason`` is also what ``branches.yaml`` gives as a branch's reason.
"""

from enum import StrEnum


class Page(StrEnum):
    """Where a person is on the web site: what it asks for."""

    LOG_IN = "to log in"
    EMAIL_CODE = "for the mailed code"
    MOBILE_CODE = "for the texted code"
    PROOF = "for proof of identity"
    USER_ID = "to choose a user id"
    PASSWORD = "to choose a password"  # noqa: S105
    CONFIRMATION = "to confirm the password"
    REGISTERED = "for nothing more"
    BLOCKED = "to come back when the block is over"


class PhoneStatus(StrEnum):
    """How far a phone's registration is, as the document spells it; in the order in which it goes well."""

    NOT_FOUND = "Not_Found"
    IN_PROGRESS = "Sign_Up_In_Progress"
    SIGNED_UP = "Sign_Up_Complete"
    REGISTERED = "Register_Complete"
    ACTIVE = "Device_Activate"


Place = Page | PhoneStatus


class Possibility(StrEnum):
    """What a person can do next."""

    ENTER_CODE = "enter the code"
    ANOTHER_CODE = "ask for another code"
    SEE_PROOFS = "ask which proofs are possible"
    GIVE_PROOF = "give proof of identity"
    SEE_USER_ID = "ask which user id the bank holds"
    CHOOSE_USER_ID = "choose a user id"
    CHOOSE_PASSWORD = "choose a password"  # noqa: S105
    CONFIRM_PASSWORD = "confirm the password"  # noqa: S105
    ADD_PHONE = "ask to add the phone"
    REGISTER_PHONE = "ask to have the phone registered"
    ACTIVATE_PHONE = "activate the phone"
    CHECK_PHONE = "ask for the phone's status"


ASKED_FOR = {
    Page.EMAIL_CODE: Possibility.ENTER_CODE,
    Page.MOBILE_CODE: Possibility.ENTER_CODE,
    Page.PROOF: Possibility.GIVE_PROOF,
    Page.USER_ID: Possibility.CHOOSE_USER_ID,
    Page.PASSWORD: Possibility.CHOOSE_PASSWORD,
    Page.CONFIRMATION: Possibility.CONFIRM_PASSWORD,
}
"""What a page that asks for something must let a person do."""


class Reason(StrEnum):
    """Why a person is refused."""

    TRY_LATER = "it should be tried again later"
    UNKNOWN_ANSWER = "the bank was given an answer that it does not know"
    MALFORMED = "what was entered is not valid"
    NOT_LOGGED_IN = "logging in comes first"

    USER_NOT_FOUND = "the bank knows no such person"
    SHARED_CONTACT = "several customers share that contact"
    NO_EMAIL = "an email address must be registered first"
    NO_MOBILE = "a mobile number must be registered first"
    NOT_ELIGIBLE = "registering online is not possible"
    BLOCKED = "access is blocked"
    TOO_MANY_CODES = "too many codes have been sent"

    WRONG_CODE = "the code is wrong"
    CODE_EXPIRED = "the code has expired"
    CONTACT_CHANGED = "the contact was changed after the code was sent"
    CODE_NOT_SENT = "the code could not be sent"
    TOO_SOON = "another code cannot be sent yet"
    NO_MORE_CODES = "no more codes can be sent"
    TIMED_OUT = "the registration has timed out"
    NO_SUCH_PAGE = "there is no such page"
    TOKEN_REJECTED = "the token is not accepted"  # noqa: S105
    OUT_OF_ORDER = "another step comes first"

    WRONG_CARD = "the card details are wrong"
    PROOF_NOT_POSSIBLE = "that proof is not possible"
    USER_ID_TAKEN = "the user id is taken"
    BAD_USER_ID = "the user id breaks a rule"
    BAD_PASSWORD = "the password breaks a rule"  # noqa: S105
    PASSWORDS_DIFFER = "the passwords differ"
    WRONG_CREDENTIALS = "the user id or the password is wrong"

    NOT_THEIRS = "the registration is somebody else's"
    STATUS_FIRST = "the phone's status must be determined first"
    TOO_EARLY = "it is too early for that"
    OTHER_CONTACT = "the bank has another contact on record"
    BEGUN_AGAIN = "the sign-up was begun again"
    ALREADY_COMPLETED = "the sign-up was completed meanwhile"
    NUMBER_USED = "the number stands for another request"
    TOO_MANY_PHONES = "the bank allows no more phones"
    PHONE_REVOKED = "the phone has been revoked"
    PHONE_NOT_REGISTERED = "the phone is no longer registered"
    PHONE_OF_ANOTHER = "the phone belongs to somebody else"

    WRONG_SIGN_UP_CODE = "the sign-up code is wrong"
    SIGN_UP_CODE_EXPIRED = "the sign-up code has expired"
    SIGN_UP_CODE_USED = "the sign-up code has already been used"
    TOO_MANY_ATTEMPTS = "there were too many attempts"
    PHONE_NOT_PROVEN = "the phone cannot prove which phone it is"


class BrokenRule(StrEnum):
    """A rule of the bank's that a password breaks."""

    TOO_SHORT = "is too short"
    TOO_LONG = "is too long"
    FEW_DIGITS = "has too few digits"
    FEW_SPECIALS = "has too few special characters"
    FEW_LETTERS = "has too few letters"
    FEW_CAPITALS = "has too few capital letters"
    FEW_SMALL_LETTERS = "has too few small letters"
    BAD_CHARACTER = "has a character that is not allowed"
    EVERYBODYS = "is too easy to guess"
    USER_ID = "is the user id"
    NAME = "contains a name of the customer"
    USED_BEFORE = "was used before"
    NOT_VALIDATED = "is not the one that was validated"


class Proof(StrEnum):
    """By which a customer can prove who they are."""

    DEBIT_CARD = "a debit card"
    CREDIT_CARD = "a credit card"


class Field(StrEnum):
    """What a person filled in, or left out, in a form."""

    BROWSER = "the browser"
    IDENTITY = "the identity"
    IDENTITY_KIND = "the kind of identity"
    CARD_NUMBER = "the card number"
    CODE = "the code"
    LAST_DIGITS = "the last digits"
    EXPIRY = "the expiry date"
    PIN = "the PIN"
    SECURITY_CODE = "the security code"


class IdentityKind(StrEnum):
    """By what a person says who they are; ``SHOE_SIZE`` stands for what no bank knows anybody by."""

    CUSTOMER_NUMBER = "customer number"
    MOBILE = "mobile number"
    EMAIL = "email address"
    CARD = "card number"
    SHOE_SIZE = "shoe size"


class Via(StrEnum):
    """How a sign-up code comes to a person."""

    EMAIL = "email"
    TEXT = "text message"
    QR = "QR code"
