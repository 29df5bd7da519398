"""A Cymmetri for tests: a world, a bank and a mail gateway that answer as told, and a customer who takes the steps."""

from simulators.cymmetri.app import create_app
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply, UpstreamFailure

NOW = "2026-01-05T09:00:00Z"
BASE = "/ciamregsrvc/webRegistration/"
PASSWORD = "Tr0mbone!x"
NO_CODE = "000000"
"""A code that is never sent under the tests' seeds."""
CARD_NUMBER = "4111111111111111"
DEBIT = {"mfaType": "DEBIT_CARD", "cardLast4": "1111", "expiry": "1230", "pin": "1357"}
CREDIT = {"mfaType": "CREDIT_CARD", "cardLast4": "2222", "expiry": "1130", "cvv": "246"}
ASHA = {
    "cif": "100000001", "legalName": "Asha Rao", "email": "Asha.Rao@example.test", "mobile": "+919000000001",
    "status": "active", "dateOfBirth": "1990-01-01",
}  # fmt: skip
BINA = ASHA | {"cif": "100000002", "legalName": "Bina Das", "email": "bina@example.test", "mobile": "+919000000002"}
CHITRA = {
    "cif": "100000003", "userId": "Chitra.K", "password": "Gr4nite#oak", "legalName": "Chitra Kaul",
    "email": "chitra@example.test", "mobile": "+919000000003", "cardNumbers": ["5555 5555 5555 4444"],
}  # fmt: skip


class Bank:
    """Answers as CBS does. ``down`` makes it unreachable; ``odd`` is the answer to everything."""

    def __init__(self):
        self.customers = [dict(ASHA), dict(BINA)]
        self.cards = {ASHA["cif"]: [("DEBIT", "active"), ("CREDIT", "active")], BINA["cif"]: [("DEBIT", "active")]}
        self.verdicts = {}
        self.user_ids = {}
        self.down = False
        self.odd = None
        self.asked = []
        self.before_answer = None

    def answer(self, method, path, body):
        self.asked.append((method, path, body))
        if self.before_answer:
            self.before_answer(path)
        if self.down:
            raise UpstreamFailure("cbs", "could not be reached")
        if self.odd is not None:
            return self.odd
        parts = path.split("/")
        if path == "/cbs/customers/search":
            return 200, {"customers": [c for c in self.customers if self._fits(c, body)]}
        if path == "/cbs/cards/verify":
            return 200, {"code": self._verified(body)}
        if parts[2] == "user-ids":
            held = {user_id.casefold() for user_id in self.user_ids.values()}
            return (200, {"userId": parts[3]}) if parts[3].casefold() in held else (404, {"code": "USER_ID_NOT_FOUND"})
        if parts[4] == "cards":
            listed = self.cards.get(parts[3], [])
            return 200, {"cards": [{"cardId": "c", "type": t, "maskedNumber": "x", "status": s} for t, s in listed]}
        return 200, {"userId": self.user_ids.get(parts[3])}

    def _fits(self, customer, wanted):
        if "cardNumber" in wanted:
            return wanted["cardNumber"] == CARD_NUMBER and customer["cif"] == ASHA["cif"]
        ((by, value),) = wanted.items()
        return (customer[by] or "").casefold() == value.casefold()

    def _verified(self, reply):
        factor, proof = (DEBIT, "pin") if reply["type"] == "DEBIT" else (CREDIT, "cvv")
        right = (reply["panLast4Digits"], reply["expiryDate"], reply[proof]) == tuple(
            factor[k] for k in ("cardLast4", "expiry", proof)
        )
        return self.verdicts.get(reply["type"], "00") if right else "55"


class Post:
    """Takes messages in: those with a code, and ``notices``. ``down`` makes it unreachable; ``status`` it answers."""

    def __init__(self):
        self.down = False
        self.status = 201
        self.messages = []
        self.notices = []
        self.keys = []

    def answer(self, body, headers):
        if self.down:
            raise UpstreamFailure("mailroom", "could not be reached")
        if self.status == 201:
            (self.messages if "code" in body else self.notices).append(body)
            self.keys.append(headers["Idempotency-Key"])
        return self.status, {}


class Cymmetri:
    def __init__(self, settings, policies=None, people=None, seed=7):
        self.app = create_app(settings)
        self.service = service_of(self.app)
        self.service.client.send = self._send
        self.client = self.app.test_client()
        self.bank, self.post = Bank(), Post()
        self.put_world(policies, people, seed)

    def put_world(self, policies=None, people=None, seed=7, world="default"):
        part = {"seed": seed, "clock": {"set": NOW, "frozen": True}, "policies": policies or {}}
        part["people"] = {"accounts": [CHITRA]} if people is None else people
        made = self.client.put(f"/_sandbox/worlds/{world}", json=part)
        assert made.status_code in (200, 201), made.text
        return made

    def _send(self, service, method, path, *, body=None, headers=None, **_):
        status, answer = (
            self.post.answer(body, headers) if service == "mailroom" else self.bank.answer(method, path, body)
        )
        return Reply(service, status, answer, {})

    def call(self, operation, body=None, token=None, method="POST"):
        path = operation if operation.startswith("/") else BASE + operation
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        json = {"json": {} if body is None else body} if method == "POST" else {}
        return CymmetriReply(self.app.test_client().open(path, method=method, headers=headers, **json))

    def set_clock(self, instant):
        assert self.client.post("/_sandbox/worlds/default/clock", json={"set": instant}).status_code == 200

    def settle(self):
        """Do what is due."""
        self.advance("PT0S")

    def set_policies(self, **cymmetri):
        change = {"policies": cymmetri}
        assert self.client.patch("/_sandbox/worlds/default/policies", json=change).status_code == 200

    def decisions(self, path):
        """Return what was decided in the newest exchange at a path."""
        exchanges = self.client.get(f"/_sandbox/worlds/default/journal?path={path}").json["exchanges"]
        return exchanges[-1]["decisions"]

    def advance(self, duration):
        assert self.client.post("/_sandbox/worlds/default/clock", json={"advance": duration}).status_code == 200

    def check(self, type="CIF", id=ASHA["cif"], **more):
        return self.call("checkIdentity", {"deviceId": "d-1", "type": type, "id": id, **more})

    @property
    def code(self):
        return self.post.messages[-1]["code"]

    @property
    def searches(self):
        return [path for _, path, _ in self.bank.asked if path == "/cbs/customers/search"]

    def change(self, cif=ASHA["cif"], **changed):
        """Have the bank change a customer."""
        self.bank.customers = [c | changed if c["cif"] == cif else c for c in self.bank.customers]

    @property
    def accounts(self):
        return self.client.get("/_sandbox/worlds/default/people").json["accounts"]

    def at_email(self, **identity):
        return self.check(**identity).token

    def at_mobile(self, **identity):
        token = self.at_email(**identity)
        return self.call("VerifyEmailOtp", {"otp": self.code}, token).token

    def at_card(self, **identity):
        token = self.at_mobile(**identity)
        return self.call("VerifyMobileOtp", {"otp": self.code}, token).token

    def at_user_id(self, **identity):
        return self.call("authenticateUser", DEBIT, self.at_card(**identity)).token

    def at_password(self, user_id="asha.rao", **identity):
        return self.call("saveuserid", {"userId": user_id}, self.at_user_id(**identity)).token

    def at_set(self, user_id="asha.rao", **identity):
        return self.call("validatePassword", {"password": PASSWORD}, self.at_password(user_id, **identity)).token

    def set_password(self, token, password=PASSWORD, confirm=None):
        return self.call("setIbPassword", {"password": password, "confirmPassword": confirm or password}, token)

    def log_in(self, user_id, password):
        return self.call("/ciamauthsrvc/login", {"userId": user_id, "password": password})


class CymmetriReply:
    """An answer of Cymmetri's."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.body = response.json
        self.data = self.body.get("data") or {}
        self.meta = self.body.get("errorMeta") or {}
        self.branches = response.headers.get("Sandbox-Branch", "")
        self.token = self.data.get("token")

    @property
    def reason(self):
        code = self.body["errorCode"]
        return code and code.partition(".")[2]

    def __iter__(self):
        """Status, reason and branches, to be compared at once."""
        return iter((self.status, self.reason, self.branches))


def other(code):
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"
