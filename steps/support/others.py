"""The institution behind the bank's back office, which deals with TSG and the Auth Service about people's phones."""

from dataclasses import dataclass
from typing import Any

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.vocabulary import Via
from registration_sandbox.drivers.wire import Reply
from steps.observers.handset import Phone
from steps.observers.mailbox import CHANNELS
from steps.support.bank import Bank

SERVICE_ID = "registration-sandbox"


@dataclass(frozen=True)
class Institution:
    """The institution, which deals with TSG and the Auth Service about a person's phone."""

    bank: Bank
    person: Person

    def tell_tsg(self, dealing: str, phone: Phone) -> None:
        """Revoke, unregister or register a phone."""
        reason = {} if dealing == "register" else {"reason": "reported lost"}
        self._done_by_tsg(dealing, subject_id=phone.em_cert_id, **reason)

    def add_to_auth_service(self, phone: Phone) -> None:
        self._at_auth_service("PUT", f"/{phone.em_cert_id}")

    def remove_from_auth_service(self, phone: Phone) -> None:
        self._at_auth_service("DELETE", f"/{phone.em_cert_id}")

    def devices(self) -> list[str]:
        """Return the emCertIDs of the devices that the Auth Service holds as the person's."""
        return [device["emCertID"] for device in self._at_auth_service("GET", "").body["devices"]]

    def when_added(self) -> list[str]:
        """Return when each of the person's devices was added, in the order of the Auth Service's list."""
        return [device["addedAt"] for device in self._at_auth_service("GET", "").body["devices"]]

    def notify(self, channel: Via, purpose: str) -> Reply:
        """Have the Auth Service send the person a message by one channel."""
        message = {"purpose": purpose, "subject": "News", "body": "News of your bank.", "channel": CHANNELS[channel]}
        headers = self._key("SANDBOX_AUTH_SERVICE_API_KEY")
        path = f"/users/{self.person.username}/notifications"
        return self.bank.wire.ask("auth_service", "POST", path, message, headers=headers)

    def credential_of(self, reference: str) -> Any:
        """Return the credential that TSG holds of a sign-up."""
        return self._done_by_tsg("poll_sign_up", external_reference=reference).body.get("credential")

    def issue_code(self) -> str:
        """Return a sign-up code that nobody has asked for by the middleware."""
        return str(self._done_by_tsg("sign_up", external_reference="of-the-back-office").body["sign_up_code"])

    def ask_tsg(self, call: str, **form: Any) -> Reply:
        """Ask TSG for something in the name of the institution."""
        headers = self._key("SANDBOX_TSG_API_KEY")
        return self.bank.wire.ask("tsg", "POST", f"/tsg/{call}", {"service_id": SERVICE_ID, **form}, headers=headers)

    def fetch_certificate(self, phone: Phone) -> Reply:
        """Ask TSG for the certificate of a phone, with those that it rests on."""
        headers = self._key("SANDBOX_TSG_API_KEY")
        return self.bank.wire.ask("tsg", "GET", f"/tsg/subjects/{phone.em_cert_id}/emcert", headers=headers)

    def _done_by_tsg(self, call: str, **form: Any) -> Reply:
        return self._expect_success(self.ask_tsg(call, **form))

    def _at_auth_service(self, method: str, device: str) -> Reply:
        path = f"/users/{self.person.username}/devices{device}"
        headers = self._key("SANDBOX_AUTH_SERVICE_API_KEY")
        return self._expect_success(self.bank.wire.ask("auth_service", method, path, headers=headers))

    def _key(self, name: str) -> dict[str, str]:
        return {"X-API-Key": self.bank.wire.control("GET", "/credentials").body[name]}

    def _expect_success(self, reply: Reply) -> Reply:
        assert not reply.refused, f"{self.person.name}'s phone was not dealt with: {reply}"
        return reply
