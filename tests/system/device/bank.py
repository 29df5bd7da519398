"""A world in which users register their phones, and what its systems know of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registration_sandbox.client import Unexpected
from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.handset.camera import read_sign_up, read_text
from simulators.kit import clock
from tests.support.world import Request, Said, World

NINE = "2026-01-05T09:00:00Z"
START = {"set": NINE, "frozen": True}
PUSHED = "/tsg/push"
SIGN_UP_CODES = "/tsg/sign_up"
REGISTER = "/tsg/register"
SUBJECT_INFO = "/tsg/subject_info"
DEVICE = "/users/*/devices/*"
NOTIFICATIONS = "/users/*/notifications"
MESSAGES = "/messages"
LOSE = {"lose_response": True}
LONGEST_WAIT = 10.0


@dataclass(frozen=True)
class Phone:
    """A phone with the app in it."""

    id: str
    em_cert_id: str


class Bank(World):
    """A world whose clock stands still from nine o'clock on."""

    def __init__(
        self, sandbox: RunningSandbox, personas: Sequence[Mapping[str, Any]], policies: Mapping[str, Any]
    ) -> None:
        logged_in_for_long = {"auth_service": {"token_lifetime": "P30D"}}
        scenario = {
            "seed": 7,
            "clock": START,
            "personas": list(personas),
            "policies": {**logged_in_for_long, **policies},
        }
        super().__init__(sandbox, scenario)
        self._users: dict[str, User] = {}

    def user(self, name: str = "Chitra") -> "User":
        if name not in self._users:
            self._users[name] = User(self, name)
        return self._users[name]

    def settle(self) -> None:
        """Have everything done that is due."""
        self.advance("PT0S")

    def calls(self, service: str, method: str, path: str) -> list[dict[str, Any]]:
        """Return the calls that reached a service, oldest first, whatever became of their answers."""
        found = self.exchanges(service=service, path=path)
        return [exchange for exchange in found if exchange["method"] == method]

    def worked(self, service: str, method: str, path: str) -> int:
        """Return how many calls a service has done what it was asked for."""
        return sum(call["status"] in (200, 201, 202, 204) for call in self.calls(service, method, path))

    def branches(self) -> dict[str, int]:
        found = self.client.control("GET", "/coverage")["branches"]
        return {branch: taken["count"] for branch, taken in found.items()}

    def pushes(self) -> list[dict[str, Any]]:
        """Return the TSG's pushes, oldest first, as it keeps them."""
        return list(self._people("tsg")["pushes"])

    def subject(self, phone: Phone) -> str:
        """Return what a phone is to the TSG."""
        known = {subject["subject_id"]: subject["state"] for subject in self._people("tsg")["subjects"]}
        return str(known[phone.em_cert_id])

    def owners(self) -> dict[str, str]:
        """Return whose each device is on the Auth Service."""
        return {device["emCertID"]: device["username"] for device in self._people("auth_service")["devices"]}

    def revoke(self, phone: Phone) -> None:
        self._tell_tsg("/tsg/revoke", phone)

    def unregister(self, phone: Phone) -> None:
        self._tell_tsg("/tsg/unregister", phone)

    def _people(self, service: str) -> dict[str, Any]:
        return self.client.call(service, "GET", f"/_sandbox/worlds/{self.name}/people")

    def _tell_tsg(self, path: str, phone: Phone) -> None:
        key = self.client.call("orchestrator", "GET", "/_sandbox/credentials")["SANDBOX_TSG_API_KEY"]
        body = {"service_id": "registration-sandbox", "subject_id": phone.em_cert_id}
        self.client.call("tsg", "POST", path, body, token=key)


class User:
    """A logged-in user of the bank, with phones."""

    def __init__(self, bank: Bank, name: str) -> None:
        self.bank = bank
        self.persona: dict[str, Any] = bank.personas[name]
        self.username: str = self.persona["username"]
        body = {"username": self.username, "password": self.persona["password"]}
        self.token = str(bank.client.call("auth_service", "POST", "/auth/login", body)["token"])

    def phone(self) -> Phone:
        body = {"os": "Android", "model": "Pixel 9", "owner": self.persona["name"]}
        made = self.bank.client.call("handset", "POST", "/handsets", body)
        return Phone(made["id"], made["emCertID"])

    def open(self, phone: Phone) -> "Registration":
        body = {"flow": "device", "emCertID": phone.em_cert_id}
        made = self.bank.client.call("orchestrator", "POST", "/registrations", body, token=self.token)
        return Registration(self, phone, str(made["id"]))

    def adds(self, phone: Phone | None = None, via: str = "sms") -> "Registration":
        """Begin a phone's registration and its sign-up."""
        registration = self.open(phone or self.phone())
        assert registration.sign_up(via).status == 200
        return registration

    def codes(self, via: str = "sms") -> list[str]:
        """Return the sign-up codes that came, newest first."""
        return [message["code"] for message in self.bank.messages(self.contact(via), "sign-up-code")]

    def contact(self, via: str) -> str:
        return str(self.persona["email" if via == "email" else "mobile"])

    def told(self, purpose: str) -> list[dict[str, Any]]:
        """Return the notifications that came by email or SMS, newest first."""
        return [message for message in self.bank.messages(purpose=purpose) if message["to"] in self._contacts()]

    def devices(self) -> list[str]:
        answer = self.bank.client.call("auth_service", "GET", f"/users/{self.username}/devices", token=self.token)
        return [device["emCertID"] for device in answer["devices"]]

    def _contacts(self) -> set[str]:
        return {str(self.persona["email"]), str(self.persona["mobile"])}


class Registration:
    """The registration of a user's phone."""

    def __init__(self, user: User, phone: Phone, id: str) -> None:
        self.user = user
        self.phone = phone
        self.id = id

    def request(self, action: str, **fields: Any) -> Request:
        return Request("orchestrator", "POST", f"/registrations/{self.id}/actions/{action}", fields, self.user.token)

    def act(self, action: str, **fields: Any) -> Said:
        return self.user.bank.send(self.request(action, **fields))

    def sign_up_request(self, via: str = "sms") -> Request:
        contact = {} if via == "qr" else {"contact": self.user.contact(via)}
        return self.request("sign-up", via=via, **contact)

    def sign_up(self, via: str = "sms") -> Said:
        return self.user.bank.send(self.sign_up_request(via))

    def types(self, code: str | None = None, phone: Phone | None = None) -> Said:
        """Type a sign-up code into a phone: the newest, unless another is given, and have it done what is due then."""
        typed = self.type_request(code or self.user.codes()[0], phone)
        answer = self.user.bank.send(typed)
        self.user.bank.settle()
        return answer

    def shown(self) -> str | None:
        """Return the code in the QR image that is shown, if one is."""
        try:
            image = self.user.bank.client.image(f"/registrations/{self.id}/sign-up-qr", self.user.token)
        except Unexpected:
            return None
        return read_sign_up(read_text(image))[0]

    def type_request(self, code: str, phone: Phone | None = None) -> Request:
        return Request("handset", "POST", f"/handsets/{(phone or self.phone).id}/sign-up", {"code": code})

    def signed_up(self) -> "Registration":
        """Go on to where the phone is registered on the TSG."""
        assert self.types().status == 200
        assert self.status == "Register_Complete"
        return self

    @property
    def now(self) -> dict[str, Any]:
        return self.user.bank.client.call("orchestrator", "GET", f"/registrations/{self.id}", token=self.user.token)

    @property
    def status(self) -> str:
        return str(self.now["status"])

    @property
    def told(self) -> str | None:
        """Return the branch of the last outcome."""
        branch: str | None = self.now["last_outcome"]["branch"]
        return branch

    @property
    def path(self) -> list[str]:
        """Return the statuses that the registration has been through, each once where it stayed."""
        return [entry["after"] for entry in self.history if entry["before"] != entry["after"]]

    @property
    def history(self) -> list[dict[str, Any]]:
        path = f"/registrations/{self.id}/history"
        return list(self.user.bank.client.call("orchestrator", "GET", path, token=self.user.token)["history"])


def wait_for(happened: Callable[[], bool]) -> None:
    """Return once something has happened in the sandbox that may be looked at, but not waited for."""
    deadline = clock.monotonic() + LONGEST_WAIT
    while not happened():
        assert clock.monotonic() < deadline, f"it did not happen within {LONGEST_WAIT:.0f} seconds"
        clock.pause(0.01)
