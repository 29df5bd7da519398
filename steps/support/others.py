"""Others who touch a person's phone: the institution behind the bank's back office, and somebody who forges."""

from dataclasses import dataclass
from typing import Any

from steps.support.bank import Bank
from steps.support.people import Person
from steps.support.phone import BankApp, Phone
from steps.support.talk import Answer

SERVICE_ID = "registration-sandbox"


@dataclass(frozen=True)
class Institution:
    """The institution, which deals with TSG and the Auth Service about a person's phone."""

    bank: Bank
    person: Person

    def at_tsg(self, dealing: str, phone: Phone) -> None:
        """Revoke or unregister a phone."""
        key = self.bank.talk.control("GET", "/credentials").body["SANDBOX_TSG_API_KEY"]
        form = {"service_id": SERVICE_ID, "subject_id": phone.em_cert_id, "reason": "reported lost"}
        self._done(self.bank.talk.ask("tsg", "POST", f"/tsg/{dealing}", form, headers={"X-API-Key": key}))

    def on_auth_service(self, phone: Phone) -> None:
        self._at_auth_service("PUT", phone)

    def off_auth_service(self, phone: Phone) -> None:
        self._at_auth_service("DELETE", phone)

    def _at_auth_service(self, method: str, phone: Phone) -> None:
        path = f"/users/{self.person.username}/devices/{phone.em_cert_id}"
        token = self.bank.actor(BankApp, self.person.name).token
        self._done(self.bank.talk.ask("auth_service", method, path, token=token))

    def _done(self, answer: Answer) -> None:
        assert not answer.refused, f"{self.person.name}'s phone was not dealt with: {answer}"


@dataclass(frozen=True)
class Forger:
    """Somebody who has seen a person's sign-up go by, and has no key to sign with."""

    bank: Bank
    person: Person

    def reference(self) -> str:
        """Return the external reference that the person's newest sign-up has at TSG."""
        begun = f"/registrations/{self.bank.actor(BankApp, self.person.name).registrations[-1]}/actions/sign-up"
        traces = {exchange["trace_id"] for exchange in self.bank.exchanges("orchestrator", "POST", begun)}
        asked = [each for each in self.bank.exchanges("tsg", "POST", "/tsg/sign_up") if each["trace_id"] in traces]
        return str(asked[-1]["request"]["external_reference"])

    def tell(self, phone: Phone) -> Answer:
        """Tell the middleware, unsigned, that the phone's sign-up is complete."""
        data: dict[str, Any] = {
            "service_id": SERVICE_ID,
            "subject_id": phone.em_cert_id,
            "external_reference": self.reference(),
            "credential": {"forged": True},
        }
        return self.bank.talk.ask("orchestrator", "POST", "/tsg/push", {"type": "sign_up", "data": data})
