"""The story that ``sandbox demo`` plays: a customer of the bank who has never used the web site gets two phones."""

from collections.abc import Callable
from typing import Any

from orchestrator.client import Sandbox, Unexpected

Chapter = Callable[[str], None]
Narrate = Callable[[str, dict[str, Any]], None]
SCENARIO = {"scenario": "new-customer"}
PERSONA = "Asha"


class Story:
    """Plays both flows end to end and has each step told. Raises Unexpected where the sandbox answers otherwise."""

    def __init__(self, sandbox: Sandbox, chapter: Chapter, narrate: Narrate) -> None:
        self._sandbox = sandbox
        self._chapter = chapter
        self._narrate = narrate

    def play(self) -> None:
        self._sandbox.control("PUT", "", SCENARIO)
        person = self._sandbox.persona(PERSONA)
        user_id, password = f"{person['name'].lower()}.at.the.bank", "Chai4two!now"
        self._chapter(f"{PERSONA}, a customer of the bank who has never used the web site, registers on the web")
        self._register(person, user_id, password)
        self._chapter(f"{PERSONA} logs in and registers a phone with a code sent by SMS")
        token = self._log_in(user_id, password)
        self._add_phone(person, token, "Pixel 9", "Android", "sms")
        self._chapter(f"{PERSONA} registers a second phone by scanning a QR code")
        self._add_phone(person, token, "iPhone 17", "iOS", "qr")
        self._chapter("Both phones are active")
        devices = self._sandbox.call("auth_service", "GET", f"/users/{user_id}/devices", token=token)["devices"]
        if len(devices) != 2:
            raise Unexpected(f"{PERSONA} has {len(devices)} devices at the Auth Service, not two.")
        self._narrate("The Auth Service lists both phones.", {})

    def _register(self, person: dict[str, Any], user_id: str, password: str) -> None:
        identity = {"flow": "web", "deviceId": "demo-browser", "type": "CIF", "id": person["cif"]}
        made = self._sandbox.call("orchestrator", "POST", "/registrations", identity)
        self._narrate("She gives her customer number; a code goes to her registered email.", made)
        act = self._acting(made["id"])
        act("verify-email-otp", "She enters the code from the email.", otp=self._otp(person, "email"))
        act("verify-mobile-otp", "She enters the code from the SMS.", otp=self._otp(person, "sms"))
        factors = act("list-factors", "She sees how she can prove who she is.")["last_outcome"]["details"]["factors"]
        if "DEBIT_CARD" not in factors:
            raise Unexpected(f"{PERSONA} should be able to use her debit card, not only {factors}.")
        card = next(card for card in person["cards"] if card["type"] == "DEBIT")
        details = {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"], "pin": card["pin"]}
        act("authenticate", "She gives the details of her debit card.", **details)
        act("existing-user-id", "The bank has no user id for her yet.")
        act("save-user-id", f"She chooses the user id {user_id}.", userId=user_id)
        act("validate-password", "She tries a password against the rules.", password=password)
        done = act("set-password", "She sets it.", password=password, confirmPassword=password)
        if done["status"] != "Registered":
            raise Unexpected(f"The registration is {done['status']}, not Registered.")

    def _log_in(self, user_id: str, password: str) -> str:
        session = self._sandbox.call("auth_service", "POST", "/auth/login", {"username": user_id, "password": password})
        self._narrate("She logs in with her new user id.", {})
        return str(session["token"])

    def _add_phone(self, person: dict[str, Any], token: str, model: str, os: str, via: str) -> None:
        phone = self._sandbox.call("handset", "POST", "/handsets", {"os": os, "model": model, "owner": person["name"]})
        self._narrate(f"Her new {model} makes a key and gets its emCert from the TSG.", {})
        made = self._sandbox.call(
            "orchestrator", "POST", "/registrations", {"flow": "device", "emCertID": phone["emCertID"]}, token=token
        )
        self._narrate("The bank's app asks for the device's status.", made)
        act = self._acting(made["id"], token)
        if via == "sms":
            act("sign-up", "She asks for a sign-up code by SMS.", via="sms", contact=person["mobile"])
            code = {"code": self._sandbox.code(person["mobile"], "sign-up-code", "sms")}
            told = "She types the code on the phone; the TSG pushes, the middleware registers the device."
        else:
            act("sign-up", "She asks for a QR code.", via="qr")
            code = {"qr_payload": self._qr_payload(made["id"], token)}
            told = "She scans the QR code with the phone; the TSG pushes, the middleware registers the device."
        self._sandbox.call("handset", "POST", f"/handsets/{phone['id']}/sign-up", code)
        self._narrate(told, self._sandbox.wait_for(made["id"], "Register_Complete", token))
        done = act("activate", "She activates the phone for her account.")
        if done["status"] != "Device_Activate":
            raise Unexpected(f"The device registration is {done['status']}, not Device_Activate.")

    def _qr_payload(self, registration: str, token: str) -> str:
        """Read the QR image as a camera does."""
        import io

        import zxingcpp
        from PIL import Image

        image = self._sandbox.image(f"/registrations/{registration}/sign-up-qr", token)
        read = zxingcpp.read_barcodes(Image.open(io.BytesIO(image)))
        if not read:
            raise Unexpected("The QR image cannot be read.")
        return str(read[0].text)

    def _otp(self, person: dict[str, Any], channel: str) -> str:
        to, purpose = (person["email"], "email-otp") if channel == "email" else (person["mobile"], "mobile-otp")
        return self._sandbox.code(to, purpose, channel)

    def _acting(self, registration: str, token: str | None = None) -> Callable[..., dict[str, Any]]:
        def act(action: str, told: str, **fields: Any) -> dict[str, Any]:
            after = self._sandbox.act(registration, action, token, **fields)
            self._narrate(told, after)
            return after

        return act
