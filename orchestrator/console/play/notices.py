"""What a customer sees on each branch: a headline, a sentence or two, and whether it went well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from orchestrator.console.words import counted, until

Tone = Literal["good", "wait", "stop"]
"""``good``: it went well. ``wait``: the customer can try again. ``stop``: it does not go on here."""

WRONG_CODE = ("wait", "That is not the right code", "Look for the newest message and type its code.")
EXPIRED = ("wait", "This code has expired", "Ask for another one below.")
BLOCKED_NOW = ("stop", "You are blocked", "There were too many wrong attempts.")
STILL_BLOCKED = ("stop", "You are blocked", "Even the right code does not help now.")
BEGIN_AGAIN = ("stop", "This page has expired", "Begin again from the first page.")
LATER = "Nothing is wrong with what you typed. Try again in a few minutes."
NO_MORE_CODES = ("wait", "No more codes can be sent", "The last one stays valid: type it, or begin again later.")
TOO_SOON = ("wait", "Another code so soon is not possible", "The one that you have stays valid.")
SENT_AGAIN = ("good", "Another code is on its way", "The earlier one no longer works.")
SENT_AGAIN_COUNTED = (
    "good",
    "Another code is on its way",
    "The earlier one no longer works; wrong attempts still count.",
)
CARD_RIGHT = ("good", "Thank you: your card was recognised", "")
CARD_WRONG = ("wait", "These card details are not right", "Look at your card and try again.")
BAD_PASSWORD = ("wait", "This password does not follow the rules", "")

SEEN: Mapping[str, tuple[Any, str, str]] = {
    "WR-1.1": ("good", "You use our web site already", "Log in below."),
    "WR-1.2": ("good", "Welcome: we have mailed you a code", "Type it below to show that the address is yours."),
    "WR-1.3": ("stop", "We do not know these details", "Check what you typed, or visit a branch of the bank."),
    "WR-1.4": ("stop", "You are blocked", ""),
    "WR-1.5": ("wait", "We cannot look you up just now", LATER),
    "WR-1.7": ("stop", "We have no email address of yours", "Update your contact details at a branch, then register."),
    "WR-1.8": ("wait", "The code could not be mailed", "Ask for another one below."),
    "WR-1.9": ("stop", "You cannot register online", "Please visit a branch of the bank."),
    "WR-2.1": ("good", "Your email address is confirmed", "Now type the code that we have sent to your mobile."),
    "WR-2.2": WRONG_CODE, "WR-2.3": BLOCKED_NOW, "WR-2.4": EXPIRED, "WR-2.5": WRONG_CODE, "WR-2.6": BEGIN_AGAIN,
    "WR-2.7": STILL_BLOCKED,
    "WR-2.8": ("stop", "We have no mobile number of yours",
               "Your email address is confirmed. Update your contact details at a branch, then go on."),
    "WR-3.1": SENT_AGAIN, "WR-3.2": TOO_SOON, "WR-3.3": NO_MORE_CODES, "WR-3.4": SENT_AGAIN_COUNTED,
    "WR-4.1": ("good", "Your mobile number is confirmed", "Now show that you are you, with one of your cards."),
    "WR-4.2": WRONG_CODE, "WR-4.3": BLOCKED_NOW, "WR-4.4": EXPIRED, "WR-4.5": WRONG_CODE, "WR-4.6": BEGIN_AGAIN,
    "WR-4.7": STILL_BLOCKED,
    "WR-5.1": SENT_AGAIN, "WR-5.2": TOO_SOON, "WR-5.3": NO_MORE_CODES, "WR-5.4": SENT_AGAIN_COUNTED,
    "WR-6.2": ("stop", "You have no card that can be used here", "Please visit a branch of the bank."),
    "WR-7.1": CARD_RIGHT, "WR-7.2": CARD_RIGHT, "WR-7.3": CARD_WRONG, "WR-7.4": BLOCKED_NOW,
    "WR-7.5": ("wait", "You cannot use this kind of card here", "Choose another one. This was not counted."),
    "WR-7.6": CARD_WRONG,
    "WR-7.7": ("wait", "We cannot check your card just now", f"{LATER} This was not counted."),
    "WR-9.1": ("good", "The user id is yours", "Now choose a password."),
    "WR-9.2": ("wait", "This user id is taken", "Choose another one."),
    "WR-9.4": ("good", "You keep your user id", "Now choose a password."),
    "WR-10.1": ("good", "A good password", "Type it twice to set it."),
    "WR-10.2": BAD_PASSWORD,
    "WR-11.1": ("good", "You are registered", "You can log in from now on."),
    "WR-11.2": BAD_PASSWORD,
    "WR-11.3": ("wait", "The two passwords are not the same", "Type both again."),
    "WR-11.4": ("wait", "A step is missing", "Choose a user id and a password first."),
    "WR-11.5": ("wait", "Your user id was taken meanwhile", "Choose another one."),
    "DR-0.1": ("wait", "Device not found on our records", "You can add this phone to your account."),
    "DR-0.2": ("good", "This phone is active", "There is nothing to register."),
    "DR-0.3": ("good", "This phone is registered already", "Activate it to use it with your account."),
    "DR-0.4": ("stop", "Please log in", "Nothing is told about phones to anybody else."),
    "DR-0.5": ("wait", "We cannot look your phone up just now", "Try again in a few minutes."),
    "DR-0.6": ("wait", "We cannot look your phone up just now", "Try again in a few minutes."),
    "DR-1.1": ("good", "A code is in your mail", "Type it on this phone."),
    "DR-1.2": ("good", "A code is in your text messages", "Type it on this phone."),
    "DR-1.3": ("good", "A QR code is on your screen", "Hold this phone before it."),
    "DR-1.4": ("wait", "That is not the contact that we have of you", "No code was sent."),
    "DR-1.5": ("wait", "No code can be had just now", "Try again in a few minutes."),
    "DR-1.7": ("wait", "The code could not be sent", "Try again in a few minutes."),
    "DR-1.8": ("wait", "A step is missing", "Open the app first."),
    "DR-2.1": ("good", "The code was right", "Your phone is being registered."),
    "DR-2.2": ("good", "The QR code was read", "Your phone is being registered."),
    "DR-2.12": ("wait", "The code has lapsed", "Ask for a new one."),
    "DR-2.13": ("good", "The code was right", "Your phone is being registered."),
    "DR-3.1": ("good", "Your phone is registered", "Activate it to use it with your account."),
    "DR-3.2": ("wait", "A step is missing", "Type the sign-up code first."),
    "DR-3.3": ("wait", "Your phone could not be registered just now", "Try again; nothing is lost."),
    "DR-3.4": ("good", "Your phone is registered", "Activate it to use it with your account."),
    "DR-3.5": ("stop", "This phone was revoked", "It must be set up anew before it can be added."),
    "DR-4.1": ("good", "Your phone is active", "You can use it with your account now."),
    "DR-4.2": ("good", "Your phone is active", "It was so already."),
    "DR-4.3": ("wait", "Your phone is no longer registered", "It was not activated. Ask for a new sign-up code."),
    "DR-4.4": ("stop", "This phone belongs to somebody else", "It was not added to your account."),
    "DR-4.5": ("wait", "Your phone could not be activated just now", "Try again; nothing is lost."),
}  # fmt: skip
"""What a customer sees on a branch. Branches that say how something failed have the middleware's own words."""

BROKEN_RULES = {
    "MIN_LENGTH": "It is too short.",
    "MAX_LENGTH": "It is too long.",
    "MIN_DIGITS": "It needs a digit.",
    "MIN_SPECIALS": "It needs a special character, as in ! or -.",
    "MIN_ALPHA": "It needs more letters.",
    "MIN_UPPER": "It needs a capital letter.",
    "MIN_LOWER": "It needs a small letter.",
    "DISALLOWED_CHARACTER": "It has a character that is not allowed: a blank, a quotation mark, <, > or \\.",
    "BLACKLISTED": "Too many people use it.",
    "EQUALS_LOGIN_ID": "It is your user id.",
    "CONTAINS_NAME": "It contains your name.",
    "PASSWORD_HISTORY": "You have used it before.",
}


@dataclass(frozen=True)
class Notice:
    """What a customer is told; ``exchange`` leads to why, ``branch`` is the one of the documents that was taken."""

    tone: Tone
    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    exchange: str = ""


def notice(
    branches: tuple[str, ...], message: str, details: Mapping[str, Any], *, went_well: bool, exchange: str = ""
) -> Notice:
    """Return what a customer sees of an answer: by its last branch that has words, else by what it says itself."""
    seen = next((SEEN[branch] for branch in reversed(branches) if branch in SEEN), None)
    if seen is None:
        tone: Tone = "good" if went_well else "wait"
        seen = (tone, message, "") if went_well else (tone, "That did not work", message)
    text = " ".join(part for part in (seen[2], *_told(details)) if part)
    points = tuple(BROKEN_RULES.get(str(rule), str(rule)) for rule in _list(details.get("violations")))
    return Notice(seen[0], seen[1], text, points, branches, exchange)


def _told(details: Mapping[str, Any]) -> list[str]:
    told = []
    for masked in ("maskedEmail", "maskedMobile"):
        if details.get(masked):
            told.append(f"It went to {details[masked]}.")
    if details.get("userId") and "flow" not in details and "•" in str(details["userId"]):
        told.append(f"Your user id is {details['userId']}.")
    if isinstance(details.get("attemptsLeft"), int) and not told:
        told.append(f"{counted(details['attemptsLeft'], 'attempt')} left.")
    if details.get("retryAfterSeconds") and "resendLeft" not in details:
        told.append(f"Wait {counted(int(details['retryAfterSeconds']), 'second')}.")
    if "blockedUntil" in details:
        ends = details["blockedUntil"]
        told.append(f"The block ends on {until(str(ends))}." if ends else "Visit a branch of the bank.")
    return told


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
