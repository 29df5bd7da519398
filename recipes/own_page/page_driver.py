"""Plays the sandbox's features through Acme's own page: where its fields are, and what its words mean."""

import re
from datetime import datetime
from typing import Any

from registration_sandbox.drivers import Page, Person, Surroundings
from registration_sandbox.drivers.browser import Browser
from registration_sandbox.drivers.notices import NO_ANSWER, PageNotice
from registration_sandbox.drivers.pages import AppSelectors, SiteSelectors
from registration_sandbox.drivers.vocabulary import Reason
from registration_sandbox.drivers.words import CYMMETRI_REASONS, meaning

LEFT = re.compile(r"(\d+) tries are left")
ENDS = re.compile(r"Come back after (\S+)\.")


class AcmePage(Browser):
    """One person at Acme's page. It is a web site only: there is no app."""

    site = SiteSelectors(
        heading="#where", notice="#told:not([hidden])", text="body",
        identity_kind="#identity [name=type]", identity="#identity [name=value]", start="#identity button",
        code="#code [name=otp]", confirm_code="#code button >> nth=0", another_code="#again",
        card_kind="#card [name=mfaType]", last4="#card [name=cardLast4]", expiry="#card [name=expiry]",
        pin="#card [name=pin]", cvv="#card [name=cvv]", give_card="#card button",
        user_id="#user [name=userId]", save_user_id="#user button",
        password="#password [name=password]", check_password="#password button",
        password_once="#confirm [name=password]", password_twice="#confirm [name=confirmPassword]",
        set_password="#confirm button", log_in=None, log_in_user=None, log_in_password=None, own_user_id=None,
    )  # fmt: skip
    app = AppSelectors(log_in_user=None, log_in=None)
    titles = {
        "Who are you?": None,
        "You are registered already": Page.LOG_IN,
        "We have mailed you a code": Page.EMAIL_CODE,
        "We have texted you a code": Page.MOBILE_CODE,
        "Your card, please": Page.PROOF,
        "How shall we call you?": Page.USER_ID,
        "Your new password": Page.PASSWORD,
        "Type it twice": Page.CONFIRMATION,
        "Welcome to Acme Bank": Page.REGISTERED,
        "You are blocked": Page.BLOCKED,
    }

    def __init__(self, person: Person, surroundings: Surroundings) -> None:
        super().__init__(person, surroundings)
        self.api = surroundings.wire.urls["orchestrator"]

    def address(self, **chosen: str) -> str:
        return f"{self.surroundings.url}/?world={self.surroundings.world}&api={self.api}"

    def settle(self) -> None:
        self.page.locator("body[data-busy=no]").wait_for()

    def press(self, selector: str | None, what: str) -> None:
        before = self.page.evaluate("document.body.dataset.acts ?? '0'")
        self.find(selector, what).click()
        self.page.wait_for_function("before => (document.body.dataset.acts ?? '0') !== before", arg=before)

    def read_notice(self, selector: str) -> PageNotice | None:
        told = self.page.locator(selector)
        if not told.count():
            return None
        code = told.get_attribute("data-code") or ""
        return PageNotice(NO_ANSWER if code == "no-answer" else code, told.inner_text(), (), good=False)

    def reason_of(self, notice: PageNotice) -> Reason | None:
        return meaning(CYMMETRI_REASONS, notice.title.rpartition(".")[2].upper().replace("-", "_"), "code of the page")

    def facts_of(self, notice: PageNotice) -> dict[str, Any]:
        left, ends = LEFT.search(notice.text), ENDS.search(notice.text)
        return {
            "message": notice.text,
            "verbatim": False,
            "later": "later" in notice.text,
            "attempts_left": int(left[1]) if left else None,
            "block_ends": datetime.fromisoformat(ends[1]) if ends else None,
        }
