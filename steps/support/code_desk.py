"""The back office of a bank, where it asks TSG itself for sign-up codes, voids them, and asks how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from registration_sandbox.drivers.wire import Reply
from steps.support.bank import Bank
from steps.support.others import SERVICE_ID

REFERENCE = "of-the-back-office"

DESKS = {"the back office": SERVICE_ID, "another bank": "another-bank"}
"""Who asks TSG for codes, and as which service TSG knows them."""

CODE_FORMS: Mapping[str, dict[str, Any]] = {
    "of the usual form": {},
    "of letters and digits": {"complexity": {"charset": "ALPHANUMERIC"}},
    "of twelve characters": {"complexity": {"length": 12}},
    "of twelve letters and digits": {"complexity": {"length": 12, "charset": "ALPHANUMERIC"}},
    "that is valid for one hour": {"expires_in": 3600},
}
"""What a back office asks of a code."""

STANDINGS = {
    "not yet used": "UNCLAIMED",
    "used": "CLAIMED",
    "expired": "EXPIRED",
    "void": "VOID",
    "unknown": "SIGN_UP_NOT_FOUND",
}
"""How a sign-up stands."""


@dataclass
class CodeDesk:
    """Asks for codes in the name of a service; ``codes`` are those that it was given, oldest first."""

    bank: Bank
    service_id: str
    codes: list[str] = field(default_factory=list)

    def request_code(self, **form: Any) -> Reply:
        """Ask for a code, which all have the same external_reference; return TSG's answer."""
        reply = self._ask("POST", "/sign_up", external_reference=REFERENCE, **form)
        if not reply.refused:
            self.codes.append(str(reply.body["sign_up_code"]))
        return reply

    def void_code(self) -> None:
        """Void the newest code."""
        reply = self._ask("DELETE", f"/sign_up/{self.codes[-1]}")
        assert not reply.refused, f"the code was not voided: {reply}"

    def find_standing(self) -> str:
        """Return how TSG says that the sign-up of the external_reference stands, or why it says nothing."""
        reply = self._ask("POST", "/poll_sign_up", external_reference=REFERENCE)
        return str(reply.body["error"] if reply.refused else reply.body["status"])

    def _ask(self, method: str, path: str, **form: Any) -> Reply:
        self.bank.open()
        headers = {"X-API-Key": self.bank.wire.control("GET", "/credentials").body["SANDBOX_TSG_API_KEY"]}
        body = {"service_id": self.service_id, **form} if method == "POST" else None
        return self.bank.wire.ask("tsg", method, f"/tsg{path}", body, headers=headers)
