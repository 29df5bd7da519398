"""A TSG for tests: one world, receivers of its push that answer as told, phones that sign as the app SDK does."""

import itertools
import json

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from simulators.kit.scheduling import due
from simulators.kit.services import SERVICES
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.wire.phone_signatures import sign
from simulators.tsg.app import create_app
from tests.conftest import PUSH_SECRET, settings_in

NOW = "2026-01-05T09:00:00Z"
FROZEN = {"set": NOW, "frozen": True}
SECRET = PUSH_SECRET
KEY = "tsg-key"
LEFT_OUT = object()


def settings(tmp_path, **more):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    return settings_in(tmp_path, urls=urls, **more)


class Receiver:
    """Takes pushes in. ``answers`` are statuses, or None for no answer, the last of which goes on for ever."""

    def __init__(self):
        self.answers = [200]
        self.headers = {}
        self.received = []
        self.urls = []

    def send(self, service, method, path, *, raw, headers, url=None, **_):
        self.urls.append(url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            raise UpstreamFailure(service, "could not be reached")
        self.received.append((service, method, path, raw, headers))
        if answer == "text":
            raise UpstreamFailure(service, "garbage", Reply(service, 200, {}, {}))
        return Reply(service, answer, {}, self.headers)

    @property
    def references(self):
        return [json.loads(raw)["data"].get("external_reference") for _, _, _, raw, _ in self.received]


class Tsg:
    def __init__(self, tmp_path, clock=FROZEN, policies=None, seed=7, new_world=True, **more):
        self.app = create_app(settings(tmp_path, **more))
        self.service = service_of(self.app)
        self.client = self.app.test_client()
        self.receiver = Receiver()
        self.service.client.send = self.receiver.send  # type: ignore[assignment]
        if not new_world:
            return
        part = {"seed": seed, "clock": clock, "policies": policies or {}}
        assert self.client.put("/_sandbox/worlds/default", json=part).status_code == 201

    def ask(self, path, **body):
        return self.client.post(path, json={"service_id": "bank", **body}, headers={"X-API-Key": KEY})

    def code(self, **asked):
        answer = self.ask("/tsg/sign_up", **asked)
        assert answer.status_code == 201, answer.json
        return answer.json["sign_up_code"]

    def phone(self):
        return Phone(self)

    def fault(self, effect, **more):
        fault = {"service": "tsg", "path": "push", "effect": effect, **more}
        assert self.client.post("/_sandbox/worlds/default/faults", json=fault).status_code == 201

    def settle(self):
        due.settle(self.service, "default")

    def move(self, **change):
        assert self.client.post("/_sandbox/worlds/default/clock", json=change).status_code == 200

    def journal(self, path):
        return self.client.get("/_sandbox/worlds/default/journal", query_string={"path": path}).json["exchanges"]

    def pushes(self):
        return self.client.get("/_sandbox/worlds/default/pushes").json["pushes"]

    def people(self):
        return self.client.get("/_sandbox/worlds/default/people").json

    def place(self, phone, state):
        places = {"subjects": [{"subject_id": phone.id, "state": state}]}
        return self.client.post("/_sandbox/worlds/default/subjects", json=places)

    def now(self):
        return self.service.worlds.find("default").clock.now()


class Phone:
    nonces = itertools.count()

    def __init__(self, tsg):
        self.tsg = tsg
        self.key = ec.generate_private_key(ec.SECP256R1())
        answer = tsg.client.post("/sdk/emcert", json={"csr": csr(self.key), "device": {"os": "Android", "model": "P9"}})
        assert answer.status_code == 201, answer.json
        self.id = answer.json["emCertID"]
        self.chain = answer.json["certificateChain"]

    def headers(self, body, method="POST", path="/sdk/signup", **changes):
        given = {"key": self.key, "key_id": self.id, "method": method, "path": path, "body": body}
        given |= {"now": self.tsg.now(), "nonce": f"n{next(self.nonces)}"}
        return sign(**(given | changes))

    def body(self, code, service_id="bank", credential="of the app"):
        given = {} if credential is LEFT_OUT else {"credential": credential}
        return json.dumps({"serviceId": service_id, "signupCode": code, **given}).encode()

    def send(self, body, headers):
        return self.tsg.client.post("/sdk/signup", data=body, headers=headers, content_type="application/json")

    def sign_up(self, code, service_id="bank", credential="of the app"):
        body = self.body(code, service_id, credential)
        return self.send(body, self.headers(body))


def csr(key):
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
