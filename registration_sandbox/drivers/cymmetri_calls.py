"""The calls of Cymmetri's ciamregsrvc, with the staged token that its caller has at hand."""

from dataclasses import dataclass, field
from typing import Any

from orchestrator.flows.web_branches import list_expected
from registration_sandbox.drivers.channel import card_form, identity_form
from registration_sandbox.drivers.people import Card, Identity
from registration_sandbox.drivers.protocols import NoAnswer
from registration_sandbox.drivers.reading import facts_of
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.wire import NO_REPLY, Reply, Wire
from registration_sandbox.drivers.words import CYMMETRI_REASONS, reason_of

BASE = "/ciamregsrvc/webRegistration"
NO_TOKEN = ""


@dataclass
class CymmetriCalls:
    """A client of ciamregsrvc: ``token`` is the one from the previous step, ``reply`` the last answer."""

    wire: Wire
    token: str = NO_TOKEN
    reply: Reply = field(default_factory=lambda: NO_REPLY)

    def start(self, identity: Identity) -> Seen:
        return self.call("POST", "checkIdentity", identity_form(identity))

    def verify_email(self, code: str) -> Seen:
        return self.call("POST", "VerifyEmailOtp", {"otp": code})

    def verify_mobile(self, code: str) -> Seen:
        return self.call("POST", "VerifyMobileOtp", {"otp": code})

    def resend_email(self) -> Seen:
        return self.call("POST", "resendOtpEmail", {})

    def resend_mobile(self) -> Seen:
        return self.call("POST", "resendOtpMobile", {})

    def list_factors(self) -> Seen:
        return self.call("GET", "mfa/list")

    def authenticate(self, card: Card) -> Seen:
        return self.call("POST", "authenticateUser", card_form(card))

    def existing_user_id(self) -> Seen:
        return self.call("GET", "existingUserId")

    def save_user_id(self, user_id: str) -> Seen:
        return self.call("POST", "saveuserid", {"userId": user_id})

    def validate_password(self, password: str) -> Seen:
        return self.call("POST", "validatePassword", {"password": password})

    def set_password(self, password: str, confirmation: str) -> Seen:
        return self.call("POST", "setIbPassword", {"password": password, "confirmPassword": confirmation})

    def call(self, method: str, operation: str, form: Any = None) -> Seen:
        """Make one call with the token at hand, and keep the token of the next step.

        ``operation`` is a name below webRegistration, or a whole path.
        """
        path = operation if operation.startswith("/") else f"{BASE}/{operation}"
        expected = list_expected(operation)
        self.reply = self.wire.ask_cymmetri(method, path, form, token=self.token or None, expected=expected)
        if self.reply.status == 0:
            return NOTHING
        data = self.data
        if isinstance(data.get("token"), str):
            self.token = data["token"]
        return see(self.reply, data)

    @property
    def data(self) -> dict[str, Any]:
        """What the last answer hands over, also beside an error."""
        found = self.reply.body.get("data")
        return found if isinstance(found, dict) else {}


def see(reply: Reply, data: dict[str, Any]) -> Seen:
    """Return what a person sees of an answer of Cymmetri's. Raises UnknownWord, and NoAnswer without an envelope."""
    if not isinstance(reply.body.get("success"), bool):
        raise NoAnswer(f"this is no envelope of Cymmetri's: {reply}")
    refused = reply.refused or not reply.body["success"]
    meta = reply.body.get("errorMeta")
    facts = {**data, **(meta if isinstance(meta, dict) else {})}
    reason = reason_of(reply, CYMMETRI_REASONS, refused=refused)
    return Seen(reason=reason, **facts_of(facts, reply))
