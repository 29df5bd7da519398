"""The features' phrases about what people do and see, beside the vocabulary that drivers share."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from registration_sandbox.drivers.people import Card, Identity, Person
from registration_sandbox.drivers.vocabulary import Field, IdentityKind, Page, Proof, Via
from steps.support.customer import wrong

TIMES = {
    "zero times": 0, "once": 1, "twice": 2, "three times": 3, "four times": 4, "five times": 5, "six times": 6,
    "eight times": 8, "ten times": 10,
}  # fmt: skip

CHANNELS = {channel.value: channel for channel in (Via.EMAIL, Via.TEXT)}
DEEDS = {"a push": "push", "a poll": "poll"}
"""What completes a sign-up, as the history of a registration tells it."""

SCRIPTS = {"Latin": "m", "Kannada": "\u0c95"}
"""A letter of each."""

MESSAGE_KINDS = {
    "emails": {"channel": "email"}, "text messages": {"channel": "sms"}, "sign-up codes": {"purpose": "sign-up-code"},
}  # fmt: skip
CLIENT_MESSAGES = {"an email": Via.EMAIL, "a text message": Via.TEXT}
BOUNDS = {"before": "until", "after": "since"}
"""Of an exchange of the journal, and how the journal is asked for what stands there."""

NEWEST, FIRST, SECOND = -1, 0, 1
ADDRESSES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "email address in capitals": ("email", str.upper),
    "email address with spaces around it": ("email", "  {}  ".format),
    "mobile number with spaces and dashes": ("mobile", lambda number: f"{number[:3]} {number[3:8]}-{number[8:]}"),
    "mobile number without its country code": ("mobile", lambda number: number[3:]),
}
"""How a tester may write to whom a message went."""

CODES = {
    "mailed": (Via.EMAIL, NEWEST),
    "first mailed": (Via.EMAIL, FIRST),
    "second mailed": (Via.EMAIL, SECOND),
    "texted": (Via.TEXT, NEWEST),
    "first texted": (Via.TEXT, FIRST),
    "second texted": (Via.TEXT, SECOND),
}
CARDS = {"debit card": Proof.DEBIT_CARD, "credit card": Proof.CREDIT_CARD}
VIAS: Mapping[str, tuple[Via, str | None]] = {
    **{via.value: (via, None) for via in Via},
    "somebody else's email address": (Via.EMAIL, "somebody.else@example.test"),
    "somebody else's mobile number": (Via.TEXT, "+919999999999"),
}
"""How a sign-up code is to come, and to which contact if not to the registered one."""

CONTACTS = {"email address": Via.EMAIL, "mobile number": Via.TEXT}
POINTS = {page.value: page for page in Page}

PROOFS = {
    "a debit card": {Proof.DEBIT_CARD},
    "a credit card": {Proof.CREDIT_CARD},
    "a debit card or a credit card": {Proof.DEBIT_CARD, Proof.CREDIT_CARD},
    "nothing": set(),
}

IdentityOf = Callable[[Person], Identity]


def _known_by(kind: IdentityKind, spell: Callable[[str], str] = str) -> IdentityOf:
    """Return how a person says what they are known by, in a spelling of their own."""

    def say(person: Person) -> Identity:
        known = person.identity(kind)
        return replace(known, value=known.value and spell(known.value))

    return say


def in_groups_of_four(number: str, gap: str) -> str:
    """Return a card's number as it stands on the card."""
    return gap.join(number[place : place + 4] for place in range(0, len(number), 4))


def other_card_that_ends_alike(number: str) -> str:
    """Return another card's number that ends alike: two digits changed places, which the check digit allows."""
    place = next(each for each in range(len(number) - 6) if number[each] != number[each + 2])
    before, one, between, other, rest = number[:place], *number[place : place + 3], number[place + 3 :]
    return f"{before}{other}{between}{one}{rest}"


HOW_TO_START: Mapping[str, IdentityOf] = {
    **{f"by {kind}": _known_by(kind) for kind in IdentityKind},
    "again": _known_by(IdentityKind.CUSTOMER_NUMBER),
    "without naming the browser": lambda one: replace(one.identity(IdentityKind.CUSTOMER_NUMBER), browser=None),
    "without saying who is asking": lambda one: replace(one.identity(IdentityKind.CUSTOMER_NUMBER), value=None),
    "with only spaces for the browser": lambda one: replace(one.identity(IdentityKind.CUSTOMER_NUMBER), browser="  "),
    "with only spaces for the customer number": _known_by(IdentityKind.CUSTOMER_NUMBER, lambda _: "  "),
    "by the customer number with spaces around it": _known_by(IdentityKind.CUSTOMER_NUMBER, "  {}  ".format),
    "by the mobile number without its country code": _known_by(IdentityKind.MOBILE, lambda number: number[3:]),
    "by the mobile number with spaces and dashes": _known_by(
        IdentityKind.MOBILE, lambda number: f"{number[:3]} {number[3:8]}-{number[8:]}"
    ),
    "by the email address in capitals": _known_by(IdentityKind.EMAIL, str.upper),
    "by the email address in small letters": _known_by(IdentityKind.EMAIL, str.lower),
    "by the email address with spaces around it": _known_by(IdentityKind.EMAIL, "  {}  ".format),
    "by the card number in groups of four": _known_by(IdentityKind.CARD, lambda number: in_groups_of_four(number, " ")),
    "by the card number with dashes in it": _known_by(IdentityKind.CARD, lambda number: in_groups_of_four(number, "-")),
    "by the card number in place of the customer number": lambda one: replace(
        one.identity(IdentityKind.CUSTOMER_NUMBER), value=one.identity(IdentityKind.CARD).value
    ),
    "by the card number in groups of four in place of the customer number": lambda one: replace(
        one.identity(IdentityKind.CUSTOMER_NUMBER),
        value=in_groups_of_four(one.identity(IdentityKind.CARD).value or "", " "),
    ),
    "by the card number with dashes in place of the customer number": lambda one: replace(
        one.identity(IdentityKind.CUSTOMER_NUMBER),
        value=in_groups_of_four(one.identity(IdentityKind.CARD).value or "", "-"),
    ),
    "by the customer number, with the card number as well": lambda one: replace(
        one.identity(IdentityKind.CUSTOMER_NUMBER), spare=one.identity(IdentityKind.CARD).value
    ),
    "by the card number, with the customer number as well": lambda one: replace(
        one.identity(IdentityKind.CARD), spare=one.identity(IdentityKind.CUSTOMER_NUMBER).value
    ),
    "by a mobile number with letters in it": lambda _: Identity(IdentityKind.MOBILE, "98x76"),
    "by a mobile number that is too short": lambda _: Identity(IdentityKind.MOBILE, "+9190"),
    "by an email address without an @": lambda _: Identity(IdentityKind.EMAIL, "asha.example.test"),
    "by an email address without a dot after the @": lambda _: Identity(IdentityKind.EMAIL, "asha@example"),
    "by the number of another card with the same last four digits": _known_by(
        IdentityKind.CARD, other_card_that_ends_alike
    ),
    "by a card number with a wrong last digit": _known_by(IdentityKind.CARD, wrong),
    "by a card number with a letter in it": _known_by(IdentityKind.CARD, lambda number: f"{number[:-1]}O"),
    "by a card number of eleven digits": lambda _: Identity(IdentityKind.CARD, "0" * 11),
    "by a card number of twelve digits": lambda _: Identity(IdentityKind.CARD, "0" * 12),
    "by a card number of nineteen digits": lambda _: Identity(IdentityKind.CARD, "0" * 19),
    "by a card number of twenty digits": lambda _: Identity(IdentityKind.CARD, "0" * 20),
}
"""How a person says who they are."""

OUTCOMES = {"a success": False, "a refusal": True}
WORKING = {"still works": True, "no longer works": False}

TYPINGS: Mapping[str, Callable[[str], str]] = {
    "with a space in the middle": lambda code: f"{code[:3]} {code[3:]}",
    "with a dash in the middle": lambda code: f"{code[:3]}-{code[3:]}",
    "with a long dash in the middle": lambda code: f"{code[:3]}\u2013{code[3:]}",
    "with a non-breaking space in the middle": lambda code: f"{code[:3]}\u00a0{code[3:]}",
    "with spaces around it": "  {}  ".format,
    "with a line break after it": "{}\n".format,
    "without its last digit": lambda code: code[:-1],
    "with a digit too many": "{}0".format,
    "with a letter for its first digit": lambda code: f"O{code[1:]}",
    "in Devanagari digits": lambda code: "".join(chr(0x966 + int(digit)) for digit in code),
    "as spaces only": lambda code: " " * len(code),
    "as nothing at all": lambda _: "",
}
"""How a person types a code that came: what autofill leaves, and what cannot be a code."""


PASSWORDS: Mapping[str, Callable[[Person], str]] = {
    "the family name at its start": lambda one: f"{one.family_name}-Kite#27",
    "the family name at its end": lambda one: f"Kite#27-{one.family_name}",
    "the family name in capitals": lambda one: f"Kite#27-{one.family_name.upper()}",
    "the name, its accents typed apart": lambda one: unicodedata.normalize("NFD", f"Kite#27-{one.name}"),
    "a double quotation mark": lambda _: 'Violet"Kite#27',
}
"""Passwords that depend on who chooses them, or that no sentence can quote."""


def _other_debit_card(person: Person) -> Card:
    """Return the second of a person's two debit cards."""
    return [card for card in map(Card.of, person.cards) if card.kind is Proof.DEBIT_CARD][1]


CARD_SLIPS: Mapping[str, Callable[[Person], Card]] = {
    "the PIN of the credit card for its security code": lambda one: replace(
        one.card(Proof.CREDIT_CARD), cvv=one.card(Proof.CREDIT_CARD).pin
    ),
    "the debit card as a credit card, with its PIN for the security code": lambda one: replace(
        one.card(Proof.DEBIT_CARD), kind=Proof.CREDIT_CARD, cvv=one.card(Proof.DEBIT_CARD).pin
    ),
    "the details of the other debit card": _other_debit_card,
    "the other debit card with the PIN of the first one": lambda one: replace(
        _other_debit_card(one), pin=one.card(Proof.DEBIT_CARD).pin
    ),
    "the PIN of the replaced card with the digits of the new one": lambda one: replace(
        one.card(Proof.DEBIT_CARD), pin=one.unusable_card().pin
    ),
    "the replaced card with the PIN of the new one": lambda one: replace(
        one.unusable_card(), pin=one.card(Proof.DEBIT_CARD).pin
    ),
    "the expiry date of the replaced card with the digits of the new one": lambda one: replace(
        one.card(Proof.DEBIT_CARD), expiry=one.unusable_card().expiry
    ),
}
"""Which details people give of several cards, and which they mix up."""

NEWS = {
    "the phone was not found": "device-not-found",
    "the phone is registered": "device-registered",
    "the phone is active": "device-activated",
    "access is blocked": "user-blocked",
    "the registration is complete": "registered",
}
"""What a person is notified of, and the purpose of the notification."""

UNMISTAKABLE = "[2-9A-HJ-NP-Z]"
"""A letter or digit that is taken for no other, as I is for 1, and O for nought."""

CODE_SHAPES = {
    "six digits": r"[0-9]{6}",
    "one digit": r"[0-9]",
    "four digits": r"[0-9]{4}",
    "eight digits": r"[0-9]{8}",
    "twelve digits": r"[0-9]{12}",
    "eight letters and digits": rf"(?=.*[A-Z]){UNMISTAKABLE}{{8}}",
    "32 letters and digits": rf"(?=.*[A-Z]){UNMISTAKABLE}{{32}}",
    "twelve letters and digits": rf"(?=.*[A-Z]){UNMISTAKABLE}{{12}}",
}

PAGES = {"the page for the mailed code": "VerifyEmailOtp", "the page for either code": "/otp/verifyOtp"}
"""Where the document says that a code is verified: its pages for the two codes show each other's addresses."""

CARD_DETAILS = {detail.value: detail for detail in (Field.LAST_DIGITS, Field.EXPIRY, Field.PIN, Field.SECURITY_CODE)}
