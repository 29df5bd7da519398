"""The people's phones, with the app's SDK in them, as the handset service plays them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from urllib3 import encode_multipart_formdata

from registration_sandbox.drivers.reading import facts_of
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.words import PHONE_REASONS, reason_of
from simulators.kit.clock import stamp, wall_now
from steps.support.bank import Bank


@dataclass
class Phone:
    """A phone; ``seen`` is the last thing that its SDK reported."""

    bank: Bank
    id: str
    em_cert_id: str
    seen: Seen = NOTHING

    @classmethod
    def buy(cls, bank: Bank, model: str, owner: str) -> Self:
        """Return a new phone: it makes a key and gets its emCert from TSG."""
        made = bank.wire.ask("handset", "POST", "/handsets", {"os": "Android", "model": model, "owner": owner})
        assert not made.refused, f"{owner} got no phone: {made}"
        return cls(bank, made.body["id"], made.body["emCertID"])

    def type_code(self, code: str, **more: Any) -> Seen:
        """Type a code; ``more`` is what ``POST /handsets/{id}/sign-up`` takes beside it."""
        return self._sign_up({"code": code, **more})

    def type_code_at(self, code: str, clock_error: timedelta) -> Seen:
        """Type a code while the phone's clock is ahead of the world's, or behind; afterwards it is set again."""
        now = (self.bank.clock.shown() or wall_now()) + clock_error
        self.bank.wire.control("POST", f"/worlds/{self.bank.id}/clock", {"set": stamp(now)}, service="handset")
        return self.type_code(code)

    def is_registered(self) -> bool:
        """Tell whether TSG tells the phone that it is registered."""
        self.bank.settle()
        return bool(self.bank.wire.ask("handset", "GET", f"/handsets/{self.id}").body["registered"])

    def made_as(self) -> dict[str, str]:
        """Return the operating system and the model of the phone."""
        shown = self.bank.wire.ask("handset", "GET", f"/handsets/{self.id}").body
        return {name: shown[name] for name in ("os", "model")}

    def last_event(self) -> str:
        """Return what last happened on the phone, in the handset service's words."""
        self.bank.settle()
        return str(self.bank.wire.ask("handset", "GET", f"/handsets/{self.id}").body["last_event"])

    def connect(self, *, offline: bool) -> None:
        """Take the phone off the network, or back on it."""
        reply = self.bank.wire.ask("handset", "PUT", f"/handsets/{self.id}/offline", {"offline": offline})
        assert not reply.refused, f"the phone stays as it was: {reply}"
        self.bank.stir_by_phone()

    def scan(self, image: bytes) -> Seen:
        data, content_type = encode_multipart_formdata({"qr": ("qr.png", image, "image/png")})
        return self._sign_up(data=data, headers={"Content-Type": content_type})

    def _sign_up(self, form: Any = None, **more: Any) -> Seen:
        reply = self.bank.wire.ask("handset", "POST", f"/handsets/{self.id}/sign-up", form, **more)
        self.seen = Seen(reason=reason_of(reply, PHONE_REASONS), **facts_of({}, reply)) if reply.status else NOTHING
        self.bank.stir_by_phone()
        self.bank.settle()
        return self.seen
