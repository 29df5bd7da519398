"""The middleware with a bank around it that answers as told: Auth Service, TSG and mail gateway in one object."""

import json
from datetime import UTC, datetime, timedelta

from orchestrator.app import create_app
from simulators.kit.scheduling import due
from simulators.kit.web.app import service_of
from simulators.kit.wire import webhooks
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.conftest import PUSH_SECRET, settings_in

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
PHONE, OTHER = "ab" * 32, "cd" * 32
EMAIL, MOBILE = "asha@example.test", "+919876543210"
DOWN = UpstreamFailure("somebody", "could not be reached")


class Bank:
    """What the systems around the middleware know, and what they were asked.

    ``fail`` has a call answered otherwise; ``meanwhile`` has something happen while a call is being answered.
    """

    def __init__(self):
        self.users = {"token-asha": "asha", "token-jai": "jai"}
        self.owners = {}
        self.max_devices = 5
        self.on_tsg = {}
        self.codes = {}
        self.completion = "push"
        self.expires_in = None
        self.polled = {"status": "UNCLAIMED"}
        self.asked = []
        self.bodies = []
        self.messages = []
        self.notified = []
        self._drawn = 0
        self._failures = []
        self._meanwhile = []

    def send(self, service, method, path, *, body=None, headers=None, **_):
        self.asked.append((service, method, path))
        self.bodies.append(body)
        self.headers = headers
        for act in self._taken(self._meanwhile, service, method, path):
            act()
        for outcome in self._taken(self._failures, service, method, path):
            if isinstance(outcome, Exception):
                raise UpstreamFailure(service, str(outcome))
            return Reply(service, *outcome, {})  # type: ignore[call-arg]
        status, answer = getattr(self, f"_{service}")(method, path.strip("/").split("/"), body or {})
        return Reply(service, status, answer, {})

    def fail(self, service, method, path, outcome=DOWN, times=1):
        """Answer the next calls to a path that begins like this with ``(status, body)``, or not at all."""
        self._failures += [(service, method, path, outcome)] * times

    def meanwhile(self, service, method, path, act):
        self._meanwhile.append((service, method, path, act))

    def calls(self, service, method="", path=""):
        return [each for each in self.asked if each[0] == service and method in each[1] and path in each[2]]

    def _taken(self, planned, service, method, path):
        found = next((p for p in planned if p[:2] == (service, method) and path.startswith(p[2])), None)
        if found is None:
            return []
        planned.remove(found)
        return [found[3]]

    def _auth_service(self, method, parts, body):
        match method, parts:
            case "POST", ["auth", "introspect"]:
                user = self.users.get(body["token"])
                return 200, {"active": True, "username": user} if user else {"active": False}
            case "GET", ["devices", device]:
                owner = self.owners.get(device)
                return (200, {"username": owner}) if owner else (404, {"error": "DEVICE_NOT_FOUND"})
            case "GET", ["users", user, "devices"]:
                devices = [{"emCertID": each, "addedAt": "2026-01-05T09:00:00Z"} for each in self._devices_of(user)]
                return 200, {"devices": devices, "maxDevices": self.max_devices}
            case "GET", ["users", user, "devices", device]:
                return (200, {}) if self.owners.get(device) == user else (404, {"error": "DEVICE_NOT_FOUND"})
            case "PUT", ["users", user, "devices", device]:
                owner = self.owners.get(device)
                if owner:
                    return (200, {}) if owner == user else (409, {"error": "DEVICE_OF_ANOTHER_USER"})
                if len(self._devices_of(user)) >= self.max_devices:
                    return 409, {"error": "DEVICE_LIMIT_REACHED"}
                self.owners[device] = user
                return 201, {}
            case "POST", ["users", _, "contacts", "verify"]:
                return 200, {"registered": body in ({"email": EMAIL}, {"mobile": MOBILE})}
            case "POST", ["users", user, "notifications"]:
                self.notified.append((user, body["purpose"], self.headers["Idempotency-Key"]))
                return 202, {}
        raise AssertionError((method, parts))

    def _devices_of(self, user):
        return [device for device, owner in self.owners.items() if owner == user]

    def _tsg(self, method, parts, body):
        match method, parts:
            case "POST", ["tsg", "subject_info"]:
                known = self.on_tsg.get(body["subject_id"]) == "registered"
                return (200, {"registered": True}) if known else (404, {"error": "SUBJECT_NOT_FOUND"})
            case "POST", ["tsg", "sign_up"]:
                self._drawn += 1
                code = f"{self._drawn:08}"
                self.codes[code] = body["external_reference"]
                expires_at = NINE + timedelta(seconds=self.expires_in or body["expires_in"])
                told = {"expires_at": expires_at.isoformat(), "completion": self.completion}
                return 201, {"sign_up_code": code, "qr_payload": f"transakt://{code}", **told}
            case "DELETE", ["tsg", "sign_up", code]:
                return (204, {}) if self.codes.pop(code, None) else (404, {})
            case "POST", ["tsg", "poll_sign_up"]:
                return 200, self.polled
            case "POST", ["tsg", "register"]:
                if self.on_tsg.get(body["subject_id"]) == "revoked":
                    return 409, {"error": "SUBJECT_REVOKED"}
                self.on_tsg[body["subject_id"]] = "registered"
                return 200, {"registered": True}
        raise AssertionError((method, parts))

    def _cymmetri(self, method, parts, body):
        return 200, {"success": True, "data": {"flow": "REGISTRATION", "token": "staged"}}

    def _mailroom(self, method, parts, body):
        self.messages.append(body)
        return 201, {}


class Middleware:
    """The middleware in a world that stands still at nine o'clock, and Asha who uses it."""

    def __init__(self, directory, **policies):
        self.app = create_app(settings_in(directory))
        self.service = service_of(self.app)
        self.bank = Bank()
        self.service.client.send = self.bank.send
        self.client = self.app.test_client()
        part = {"seed": 7, "clock": {"set": NINE.isoformat(), "frozen": True}, "policies": policies}
        assert self.client.put("/_sandbox/worlds/default", json=part).status_code == 201
        self.id = ""

    def open(self, device=PHONE, token="token-asha", **more):
        answer = self.send("POST", "/registrations", {"flow": "device", "emCertID": device, **more}, token)
        self.id = (answer.json or {}).get("id", self.id)
        return answer

    def act(self, action, token="token-asha", **fields):
        return self.send("POST", f"/registrations/{self.id}/actions/{action}", fields, token)

    def look(self, rest="", token="token-asha"):
        return self.send("GET", f"/registrations/{self.id}{rest}", None, token)

    def send(self, method, path, body=None, token="token-asha"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.open(path, method=method, json=body, headers=headers)

    def sign_up(self, via="qr", **more):
        contact = {"email": {"contact": EMAIL}, "sms": {"contact": MOBILE}}.get(via, {})
        return self.act("sign-up", via=via, **{**contact, **more})

    def push(self, id="msg_1", at=NINE, secret=PUSH_SECRET, raw=None, **data):
        """Push that a sign-up is complete: the latest, by its phone, unless other data are given; None leaves out."""
        given = {"external_reference": self.reference, "subject_id": PHONE, "credential": "of the app", **data}
        given = {name: value for name, value in given.items() if value is not None}
        raw = json.dumps({"type": "sign_up", "data": given}).encode() if raw is None else raw
        headers = webhooks.sign(secret, id, at, raw)
        return self.client.post("/tsg/push", data=raw, headers=headers, content_type="application/json")

    @property
    def reference(self):
        """The external_reference of the newest sign-up code."""
        return list(self.bank.codes.values())[-1] if self.bank.codes else "none"

    def settle(self):
        due.settle(self.service, "default")

    def move(self, advance):
        assert self.client.post("/_sandbox/worlds/default/clock", json={"advance": advance}).status_code == 200

    @property
    def status(self):
        return self.look().json["status"]

    @property
    def path(self):
        """The statuses that the registration has been through."""
        history = self.look("/history").json["history"]
        return [entry["after"] for entry in history if entry["before"] != entry["after"]]

    def at_sign_up(self, via="qr"):
        assert self.open().json["status"] == "Not_Found"
        assert self.sign_up(via).status_code == 200
        return self

    def at_activate(self):
        self.at_sign_up()
        self.bank.on_tsg[PHONE] = "signed_up"
        assert self.push().status_code == 200
        self.settle()
        assert self.status == "Register_Complete"
        return self


def told(answer):
    """Return an answer's status, the end of its code or the registration's status, and the branch it took."""
    body = answer.json
    return answer.status_code, body.get("code") or body["status"], answer.headers.get("Sandbox-Branch")
