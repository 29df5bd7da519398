"""What stands where on pages, and what is to be seen there; the defaults are the console's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registration_sandbox.drivers.protocols import CannotDo
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Page, PhoneStatus, Reason

Selector = str | None


@dataclass(frozen=True)
class SiteSelectors:
    """Where things are on the web site's pages; the defaults are the console's."""

    heading: str = "#site-title"
    notice: str = "#site-notice"
    text: str = "#site"
    identity_kind: Selector = "#identity-type"
    identity: Selector = "#identity"
    start: Selector = "#site-check-identity button.main"
    code: Selector = "#site-code input[name=otp]"
    confirm_code: Selector = "#site-code button.main"
    another_code: Selector = "#site form[id^=site-resend-] button"
    card_kind: Selector = "#factor"
    last4: Selector = "#last4"
    expiry: Selector = "#expiry"
    pin: Selector = "#pin"
    cvv: Selector = "#cvv"
    give_card: Selector = "#site-authenticate button.main"
    user_id: Selector = "#user-id"
    save_user_id: Selector = "#site-save-user-id button.main"
    password: Selector = "#new-password"
    check_password: Selector = "#site-validate-password button.main"
    password_once: Selector = "#password-once"
    password_twice: Selector = "#password-twice"
    set_password: Selector = "#site-set-password button.main"
    log_in_user: Selector = "#user-name"
    log_in_password: Selector = "#log-in-password"
    log_in: Selector = "#site-log-in button.main"
    own_user_id: Selector = "#site .browser-page p > strong"


@dataclass(frozen=True)
class AppSelectors:
    """Where things are on the phone's pages; the defaults are the console's."""

    notice: str = "#phone-notice"
    text: str = "#phone"
    log_in_user: Selector = "#app-user"
    log_in_password: Selector = "#app-password"
    log_in: Selector = "#phone-log-in button.main"
    log_out: Selector = "#phone-log-out button"
    open: Selector = "#phone-open button"
    contact: Selector = "#contact"
    send: Selector = "#phone-act-sign-up button[value={via}]"
    more_codes: Selector = "#phone-again"
    qr_code: Selector = "#phone figure.screen img"
    check: Selector = "#phone-act-check button"
    register: Selector = ".handset #phone-act-register button"
    activate: Selector = ".handset #phone-act-activate button"
    out_of_turn: Selector = "#phone-hardware form[id='phone-act-{act}'] button"
    more_acts: Selector = "#phone-hardware"
    removable: Selector = ".devices input[name=emCertID]"


TITLES: Mapping[str, Page | None] = {
    "Register for the web site": None,
    "Log in": Page.LOG_IN,
    "Confirm your email address": Page.EMAIL_CODE,
    "Confirm your mobile number": Page.MOBILE_CODE,
    "Show that you are you": Page.PROOF,
    "Choose a user id": Page.USER_ID,
    "Choose a password": Page.PASSWORD,
    "Set your password": Page.CONFIRMATION,
    "Welcome": Page.REGISTERED,
    "You are blocked": Page.BLOCKED,
}
"""The headings of the console's pages; ``None`` is the one on which nothing has begun."""

STATUSES = {
    ".handset #phone-act-activate": PhoneStatus.REGISTERED,
    ".handset #phone-act-register": PhoneStatus.SIGNED_UP,
    ".handset #phone-code": PhoneStatus.IN_PROGRESS,
    ".handset #phone-act-sign-up": PhoneStatus.NOT_FOUND,
    ".handset .big-tick": PhoneStatus.ACTIVE,
}
"""What the console's phone shows at each status; looked for in this order."""


HIDDEN = {
    "resends_left": "how many more codes can be sent",
    "code_length": "how long a code is",
    "code_minutes": "how long a code is valid",
}
"""What the console's pages do not show."""


class PageSeen(Seen):
    """What a person sees on a page. To look for what no page shows raises CannotDo: it is *not tried*."""

    def __getattribute__(self, name: str) -> Any:
        if name in HIDDEN:
            raise CannotDo(f"the pages do not show {HIDDEN[name]}")
        value = super().__getattribute__(name)
        if name == "retry_after" and value is None and super().__getattribute__("reason") is Reason.NO_MORE_CODES:
            raise CannotDo("the pages do not show when codes can be sent again")
        if name == "attempts_left" and value is None and super().__getattribute__("reason") is None:
            raise CannotDo("the pages do not show how many attempts are left before one was wrong")
        return value


class Remembered(Seen):
    """What a person sees who has written nothing on a page yet: there is nothing to look at."""

    went_well = True

    def __getattribute__(self, name: str) -> Any:
        if name in ("reason", "refused", "message", "everything", "place"):
            raise CannotDo("the phone asks for user id and password when the app is opened")
        return super().__getattribute__(name)
