"""A run of both flows with many refusals and mistakes, and every secret that was in it."""

import base64
import io
import sqlite3
import tomllib
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.handset.keys import key_of
from simulators.kit.seeds import derive_int
from tests.support.registrant import BASE, PASSWORD, Registrant, other
from tests.support.world import Request, World

SEED = "the-seed-of-a-world-in-which-nothing-leaks"
PEOPLE = [
    {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}, "former_passwords": ["Former1!pass"]},
    {"name": "Bilal", "cbs": {"user_id": "bilal.at.the.bank"}},
    {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}, {"model": "iPhone 17"}]},
    {"name": "Gita", "cbs": {"status": "dormant"}},
]
WRONG_PASSWORDS = ("Wr0ng-at-login!", "weak-one", "Not4confirmed!", "Half0fABody!")
WRONG_CODES = ("73519264", "Z7Q2K9XW")


class WholeRun:
    """Plays once; ``secrets`` says what must be found nowhere afterwards, each with its name."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.sandbox = sandbox
        self.world = World(sandbox, {"seed": SEED, "personas": PEOPLE})
        self.registrations: dict[str, str | None] = {}
        self.secrets: dict[str, str] = {"seed": SEED}
        self._passwords()
        self._cards()
        self._credentials()
        self._private_keys()
        self._web_through_the_middleware()
        self._web_with_mistakes()
        self._logins()
        self._devices()
        self._misplaced()
        for message in self.world.messages():
            if message["code"]:
                self._keep(f"{message['purpose']} {message['id']}", message["code"])

    def _keep(self, name: str, secret: str) -> str:
        self.secrets[name] = secret
        return secret

    def _passwords(self) -> None:
        self._keep("password", PASSWORD)
        for number, wrong in enumerate((*WRONG_PASSWORDS, "Former1!pass")):
            self._keep(f"password {number}", wrong)
        self._keep("Chitra's password", self.world.personas["Chitra"]["password"])

    def _cards(self) -> None:
        for name, persona in self.world.personas.items():
            for card in persona["cards"]:
                for field in ("number", "pin", "cvv", "expiry"):
                    self._keep(f"{field} of {name}'s {card['type']}", card[field])

    def _credentials(self) -> None:
        self.secrets |= self.world.ask("orchestrator", "GET", "/_sandbox/credentials").body
        kept = tomllib.loads((self.sandbox.data_dir / "secrets.toml").read_text("utf-8"))
        self.secrets |= kept
        self._keep("push key", kept["tsg_push_secret"].removeprefix("whsec_"))

    def _private_keys(self) -> None:
        phones = {f"phone {number}": key_of(SEED, number) for number in range(1, 5)}
        for name, key in phones.items():
            private = key.private_numbers().private_value
            der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
            self._keep(f"{name}, key in hex", f"{private:064x}")
            self._keep(f"{name}, key in decimal", str(private))
            self._keep(f"{name}, key in base64", base64.b64encode(private.to_bytes(32, "big")).decode())
            self._keep(f"{name}, key in PEM", base64.b64encode(der).decode()[40:80])
        self._keep("the CA's key", f"{derive_int(SEED, 'tsg-ca-key'):x}")

    def _acts(self, registration: str, action: str, token: str | None = None, **fields: Any) -> Any:
        path = f"/registrations/{registration}/actions/{action}"
        return self.world.ask("orchestrator", "POST", path, fields, token).body

    def _begins(self, **identity: str) -> str:
        body = {"flow": "web", "deviceId": "browser", **identity}
        made = self.world.ask("orchestrator", "POST", "/registrations", body)
        assert made.status == 201, made.text
        self.registrations[made.body["id"]] = None
        return str(made.body["id"])

    def _web_through_the_middleware(self) -> None:
        asha = self.world.personas["Asha"]
        code = self.world.client.code
        id = self._begins(type="CARD", cardNumber=asha["cards"][0]["number"])
        right = code(asha["email"], "email-otp", "email")
        self._acts(id, "verify-email-otp", otp=self._keep("wrong email OTP", other(right)))
        self.world.advance("PT31S")
        self._acts(id, "resend-email-otp")
        self._acts(id, "verify-email-otp", otp=code(asha["email"], "email-otp", "email"))
        right = code(asha["mobile"], "mobile-otp", "sms")
        self._acts(id, "verify-mobile-otp", otp=self._keep("wrong mobile OTP", other(right)))
        self._acts(id, "verify-mobile-otp", otp=right)
        self._acts(id, "list-factors")
        debit, credit = asha["cards"]
        card = {"mfaType": "DEBIT_CARD", "cardLast4": debit["last4"], "expiry": debit["expiry"]}
        self._acts(id, "authenticate", **card, pin=self._keep("wrong PIN", other(debit["pin"])))
        card = {"mfaType": "CREDIT_CARD", "cardLast4": credit["last4"], "expiry": credit["expiry"]}
        self._acts(id, "authenticate", **card, cvv=self._keep("wrong CVV", other(credit["cvv"])))
        self._acts(id, "authenticate", **card, cvv=credit["cvv"])
        self._acts(id, "save-user-id", userId="asha.unseen")
        self._acts(id, "validate-password", password=WRONG_PASSWORDS[1])
        self._acts(id, "validate-password", password="Former1!pass")
        self._acts(id, "validate-password", password=PASSWORD)
        self._acts(id, "set-password", password=PASSWORD, confirmPassword=WRONG_PASSWORDS[2])
        done = self._acts(id, "set-password", password=PASSWORD, confirmPassword=PASSWORD)
        assert done["status"] == "Registered", done

    def _web_with_mistakes(self) -> None:
        """Have Bilal drive Cymmetri directly, badly, while things break."""
        world, bilal = self.world, Registrant(self.world, "Bilal")
        for effect in ({"status": 418, "body": {"success": False}}, {"garbage": True}, {"truncate": True},
                       {"reset": True}, {"lose_response": True}):  # fmt: skip
            world.fault("cbs", "POST", "/cbs/customers/search", effect)
            world.send(bilal.check())
        bilal.at_email()
        code = bilal.email_code()
        self._keep("first staged token", str(bilal.token))
        for body in ({"otp": int(code)}, {"otp": {"value": code}}, [{"otp": code}], [code], code, {"OTP": code}):
            world.send(bilal.request("VerifyEmailOtp", body))
        world.send(bilal.request(f"VerifyEmailOtp?otp={code}&token={bilal.token}", {}))
        world.fault("mailroom", "POST", "/messages", {"status": 500, "body": {}})
        world.send(bilal.request("VerifyEmailOtp", {"otp": code}))
        world.advance("PT1H")
        bilal.at_card()
        self._keep("card-stage token", str(bilal.token))
        for operation, body in (("saveuserid", {"userId": "bilal.early"}), ("setIbPassword", {"password": PASSWORD})):
            world.send(bilal.request(operation, body))
        world.fault("cbs", "POST", "/cbs/cards/verify", {"garbage": True})
        world.send(bilal.request("authenticateUser", bilal.card_details()))
        bilal.does("authenticateUser", bilal.card_details())
        world.send(bilal.request("existingUserId", method="GET"))
        bilal.does("saveuserid", {"userId": "bilal.at.the.bank"})
        self._keep("password-stage token", str(bilal.token))
        world.send(Registrant(world, "Gita").check())

    def _logins(self) -> None:
        world, chitra = self.world, self.world.personas["Chitra"]
        for user, password in ((chitra["username"], WRONG_PASSWORDS[0]), ("nobody", WRONG_PASSWORDS[0])):
            world.ask("auth_service", "POST", "/auth/login", {"username": user, "password": password})
        right = {"userId": chitra["username"], "password": chitra["password"]}
        told = world.ask("cymmetri", "POST", "/ciamauthsrvc/login", right).body
        self._keep("login token", told["token"])
        self._keep("refresh token", told["refreshToken"])
        world.ask("cymmetri", "GET", "/ciamauthsrvc/userinfo", token=told["token"])
        right = {"username": chitra["username"], "password": chitra["password"]}
        self.token = self._keep("session", world.ask("auth_service", "POST", "/auth/login", right).body["token"])

    def _devices(self) -> None:
        world, chitra = self.world, self.world.personas["Chitra"]
        world.ask("orchestrator", "POST", "/registrations", {"flow": "device", "emCertID": "0" * 64}, "forged")
        first, second = (self._device(phone) for phone in chitra["handsets"])
        world.advance("PT1S")  # she is told that the phones are unknown, before the gateway fails
        world.fault("mailroom", "POST", "/messages", {"status": 503, "body": {}})
        self._acts(first, "sign-up", self.token, via="email", contact=chitra["email"])
        self._acts(first, "sign-up", self.token, via="email", contact="not@hers.example")
        self._acts(first, "sign-up", self.token, via="email", contact=chitra["email"])
        self._acts(first, "sign-up", self.token, via="sms", contact=chitra["mobile"])
        codes = [each["code"] for each in world.messages(purpose="sign-up-code")]
        phone = f"/handsets/{chitra['handsets'][0]['id']}/sign-up"
        for number, wrong in enumerate(WRONG_CODES):
            world.ask("handset", "POST", phone, {"code": self._keep(f"wrong sign-up code {number}", wrong)})
        for misbehaviour in ("wrong_key", "altered_body"):
            world.ask("handset", "POST", phone, {"code": codes[0], "misbehave": misbehaviour})
        world.ask("handset", "POST", phone, {"code": codes[0]})
        world.client.wait_for(first, "Register_Complete", self.token)
        self._acts(first, "activate", self.token)
        self._acts(second, "sign-up", self.token, via="qr")
        image = world.client.image(f"/registrations/{second}/sign-up-qr", self.token)
        payload = self._keep("QR payload", _read(image))
        code = self._keep("code in the QR image", payload.rpartition("code=")[2])
        phone = f"/handsets/{chitra['handsets'][1]['id']}"
        world.ask("handset", "PUT", f"{phone}/offline", {"offline": True})
        world.ask("handset", "POST", f"{phone}/sign-up", {"qr_payload": payload})
        world.ask("handset", "PUT", f"{phone}/offline", {"offline": False})
        world.client.wait_for(second, "Register_Complete", self.token)
        world.ask("handset", "POST", f"{phone}/sign-up", {"code": code})

    def _device(self, phone: dict[str, Any]) -> str:
        body = {"flow": "device", "emCertID": phone["emCertID"]}
        made = self.world.ask("orchestrator", "POST", "/registrations", body, self.token)
        assert made.status == 201, made.text
        self.registrations[made.body["id"]] = self.token
        return str(made.body["id"])

    def _misplaced(self) -> None:
        """Have secrets where a badly written program puts them: in query strings, paths, odd bodies, wrong fields."""
        world, asha = self.world, self.world.personas["Asha"]
        number, api_key = asha["cards"][1]["number"], self.secrets["SANDBOX_TSG_API_KEY"]
        spaced = self._keep("card number with spaces", " ".join(number[n : n + 4] for n in range(0, 16, 4)))
        for body in ({"cardNumber": number}, {"cardNumber": spaced}):
            world.ask("cbs", "POST", "/cbs/customers/search", body)
        identities: list[dict[str, str]] = [
            {"type": "CARD", "cardNumber": spaced},
            {"type": "CARD", "id": number},
            {"type": "CIF", "id": number},
            {"type": "CIF", "id": spaced},
            {"type": number, "id": "x"},
        ]
        for identity in identities:
            world.send(Request("cymmetri", "POST", f"{BASE}/checkIdentity", {"deviceId": "browser", **identity}))
            world.ask("orchestrator", "POST", "/registrations", {"flow": "web", "deviceId": "browser", **identity})
        query = f"?password={PASSWORD}&api_key={api_key}&cvv={asha['cards'][1]['cvv']}&cardNumber={number}"
        paths = {
            "cbs": "/cbs/customers/1/cards",
            "auth_service": "/users/nobody",
            "handset": "/handsets",
            "orchestrator": f"/registrations/{next(iter(self.registrations))}",
            "mailroom": "/messages",
        }
        for service, path in paths.items():
            world.ask(service, "GET", path + query)
        world.ask("cbs", "GET", f"/cbs/customers/{number}/cards")
        codes = [*WRONG_CODES, self.secrets["code in the QR image"]]
        for code in codes:
            world.ask("tsg", "DELETE", f"/tsg/sign_up/{code}")
            world.ask("tsg", "DELETE", f"/tsg/sign_up/{code}", token=api_key)
        world.fault("tsg", "DELETE", "/tsg/sign_up/*", {"status": 500, "body": {}})
        world.ask("tsg", "DELETE", f"/tsg/sign_up/{codes[0]}", token=api_key)
        for path in (f"{BASE}/setIbPassword", "/ciamauthsrvc/login"):
            world.send(Request("cymmetri", "POST", path, raw='{"password": "' + WRONG_PASSWORDS[3]))
            form = "password=" + WRONG_PASSWORDS[3]
            world.send(Request("cymmetri", "POST", path, raw=form, media_type="application/x-www-form-urlencoded"))


def _read(image: bytes) -> str:
    """Read a QR image as a camera does."""
    import zxingcpp
    from PIL import Image

    return str(zxingcpp.read_barcodes(Image.open(io.BytesIO(image)))[0].text)


def tables(sandbox: RunningSandbox, *names: str) -> Iterator[tuple[str, str]]:
    """Yield every row of tables of these names, of every service, as text."""
    for path in sorted(sandbox.data_dir.glob("*.sqlite3")):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for name in there.intersection(names):
                for row in database.execute(f"SELECT * FROM {name}"):
                    yield f"{name} of {path.stem}", "\n".join(cell for cell in row if isinstance(cell, str))
