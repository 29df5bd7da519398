"""The driver ``ciamregsrvc``: web registration by Cymmetri's own calls, with no middleware between."""

from dataclasses import dataclass, replace
from typing import ClassVar

from registration_sandbox.drivers import login
from registration_sandbox.drivers.cymmetri_calls import CymmetriCalls
from registration_sandbox.drivers.people import Card, Identity, Person
from registration_sandbox.drivers.protocols import Unable
from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.surroundings import Surroundings
from registration_sandbox.drivers.vocabulary import Page, Possibility, Reason

POSSIBLE = {
    Page.EMAIL_CODE: {Possibility.ENTER_CODE, Possibility.ANOTHER_CODE},
    Page.MOBILE_CODE: {Possibility.ENTER_CODE, Possibility.ANOTHER_CODE},
    Page.PROOF: {Possibility.SEE_PROOFS, Possibility.GIVE_PROOF},
    Page.USER_ID: {Possibility.SEE_USER_ID, Possibility.CHOOSE_USER_ID},
    Page.PASSWORD: {Possibility.SEE_USER_ID, Possibility.CHOOSE_USER_ID, Possibility.CHOOSE_PASSWORD},
    Page.CONFIRMATION: {
        Possibility.SEE_USER_ID,
        Possibility.CHOOSE_USER_ID,
        Possibility.CHOOSE_PASSWORD,
        Possibility.CONFIRM_PASSWORD,
    },
}
"""What Cymmetri lets a client do at each step."""


@dataclass
class Visit:
    """A registration as the client holds it: the page that it shows, its calls with their token, and if it is over."""

    calls: CymmetriCalls
    page: Page = Page.EMAIL_CODE
    is_over: bool = False


class Ciamregsrvc(Unable):
    """One person, registering by a client that keeps to the order of Cymmetri's steps."""

    holds_tokens: ClassVar[bool] = True

    def __init__(self, person: Person, surroundings: Surroundings) -> None:
        self.person = person
        self.wire = surroundings.wire
        self.visits: list[Visit] = []
        self.visit: Visit | None = None

    def start(self, identity: Identity) -> Seen:
        calls = CymmetriCalls(self.wire)
        answer = calls.start(identity)
        self.visit = None
        known = calls.data.get("flow") == "LOGIN"
        if known or calls.token:
            self.visit = Visit(calls, Page.LOG_IN if known else Page.EMAIL_CODE)
            self.visits.append(self.visit)
        if answer.reason is Reason.CODE_NOT_SENT and self.visit:
            answer = replace(answer, reason=None)
        return self._show(answer)

    def see_site(self) -> Seen:
        if self.visit is None:
            raise AssertionError(f"no registration of {self.person.name} is under way")
        return self._show(Seen())

    def enter_code(self, code: str) -> Seen:
        visit = self._visit
        if visit.page is Page.EMAIL_CODE:
            answer = visit.calls.verify_email(code)
            sent_nothing = answer.reason is Reason.CODE_NOT_SENT
            return self._move_on(answer, Page.MOBILE_CODE, although=sent_nothing and "token" in visit.calls.data)
        return self._move_on(visit.calls.verify_mobile(code), Page.PROOF)

    def ask_for_another_code(self) -> Seen:
        calls, page = self._visit.calls, self._visit.page
        return self._move_on(calls.resend_email() if page is Page.EMAIL_CODE else calls.resend_mobile(), page)

    def ask_for_proofs(self) -> Seen:
        return self._move_on(self._visit.calls.list_factors(), self._visit.page)

    def give_card(self, card: Card) -> Seen:
        return self._move_on(self._visit.calls.authenticate(card), Page.USER_ID)

    def ask_for_user_id(self) -> Seen:
        return self._move_on(self._visit.calls.existing_user_id(), self._visit.page)

    def choose_user_id(self, user_id: str) -> Seen:
        return self._move_on(self._visit.calls.save_user_id(user_id), Page.PASSWORD)

    def choose_password(self, password: str) -> Seen:
        return self._move_on(self._visit.calls.validate_password(password), Page.CONFIRMATION)

    def set_password(self, password: str, confirmation: str) -> Seen:
        answer = self._move_on(self._visit.calls.set_password(password, confirmation), Page.REGISTERED)
        if answer.reason is Reason.USER_ID_TAKEN:
            self._visit.page = Page.USER_ID
        return answer

    def go_back_to_first_attempt(self) -> Seen:
        first = self.visits[0]
        ask = {
            Page.EMAIL_CODE: first.calls.resend_email,
            Page.MOBILE_CODE: first.calls.resend_mobile,
            Page.PROOF: first.calls.list_factors,
        }.get(first.page, first.calls.existing_user_id)
        return ask()

    def log_in_to_site(self, user_id: str, password: str) -> Seen:
        return login.to_site(self.wire, user_id, password)

    @property
    def _visit(self) -> Visit:
        if self.visit is None:
            raise AssertionError(f"no registration of {self.person.name} is under way")
        return self.visit

    def _move_on(self, answer: Seen, page: Page, *, although: bool = False) -> Seen:
        """Show the page where a success leads; a refusal leaves the person where they are, but for a block."""
        if answer.answered and (although or not answer.refused):
            self._visit.page = page
        elif answer.reason is Reason.BLOCKED:
            self._visit.page = Page.BLOCKED
        elif answer.reason is Reason.NO_MOBILE:
            self._visit.is_over = True
        return self._show(answer)

    def _show(self, answer: Seen) -> Seen:
        """Return an answer with the page where it leaves the person."""
        if self.visit is None or not answer.answered:
            return answer
        page = self.visit.page
        possible = () if self.visit.is_over else POSSIBLE.get(page, ())
        return replace(answer, place=page, possible=frozenset(possible), registration=True)
