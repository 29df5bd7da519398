"""The channel API: registrations of both flows, their actions, history and QR image, and the flows as data."""

import threading
import time
from datetime import UTC, datetime
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from simulators.kit.clock import pause
from tests.support.registrant import PASSWORD, other
from tests.support.world import Request

REGISTRATION = {"id", "flow", "status", "allowed_actions", "last_outcome", "created_at", "updated_at"}
WEB = ["verify-email-otp", "resend-email-otp", "verify-mobile-otp", "resend-mobile-otp", "list-factors", "authenticate",
       "existing-user-id", "save-user-id", "validate-password", "set-password"]  # fmt: skip
WEB_STATUSES = ["Login_Required", "Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated",
                "User_Id_Saved", "Password_Validated", "Registered", "Blocked"]  # fmt: skip
DEVICE_STATUSES = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate"]


def assert_problem(said, status, code, branch=None):
    assert (said.status, said.body["code"]) == (status, code), said.text
    assert said.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail"} <= said.body.keys()
    assert said.body["status"] == status
    if branch:
        assert said.branches == [branch]


class Visitor:
    """Asha at the bank's web site."""

    def __init__(self, world):
        self.world, self.persona = world, world.personas["Asha"]
        self.id = ""

    def begin(self, **changed):
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": self.persona["cif"], **changed}
        said = self.world.ask(
            "orchestrator", "POST", "/registrations", {k: v for k, v in body.items() if v is not None}
        )
        self.id = said.body.get("id", self.id)
        return said

    def acts(self, action, **fields):
        return self.world.ask("orchestrator", "POST", f"/registrations/{self.id}/actions/{action}", fields)

    def looks(self, rest=""):
        return self.world.ask("orchestrator", "GET", f"/registrations/{self.id}{rest}")

    def code(self, purpose):
        return self.world.messages(purpose=purpose)[0]["code"]


class Owner:
    """Chitra with her phone in the bank's app."""

    def __init__(self, world, name="Chitra"):
        self.world, self.persona = world, world.personas[name]
        self.phone = self.persona["handsets"][0]
        body = {"username": self.persona["username"], "password": self.persona["password"]}
        self.token = world.ask("auth_service", "POST", "/auth/login", body).body["token"]
        self.id = ""

    def begin(self, token=None, **changed):
        body = {"flow": "device", "emCertID": self.phone["emCertID"], **changed}
        said = self.world.send(
            Request("orchestrator", "POST", "/registrations", body, self.token if token is None else token)
        )
        self.id = said.body.get("id", self.id)
        return said

    def acts(self, action, token=None, **fields):
        path = f"/registrations/{self.id}/actions/{action}"
        return self.world.ask("orchestrator", "POST", path, fields, self.token if token is None else token)

    def looks(self, rest="", token=None):
        path = f"/registrations/{self.id}{rest}"
        return self.world.ask("orchestrator", "GET", path, token=self.token if token is None else token)

    def types_the_code(self, via="email"):
        code = self.world.messages(purpose="sign-up-code")[0]["code"]
        return self.world.ask("handset", "POST", f"/handsets/{self.phone['id']}/sign-up", {"code": code})


@pytest.fixture
def visitor(asha):
    return Visitor(asha)


@pytest.fixture
def owner(chitra):
    return Owner(chitra)


def test_a_web_registration_goes_through_its_statuses(visitor):
    made = visitor.begin()
    assert (made.status, made.headers["location"]) == (201, f"/registrations/{visitor.id}")
    assert made.body.keys() == REGISTRATION
    assert made.body["last_outcome"].keys() == {"branch", "message", "details"}
    assert (made.body["flow"], made.body["last_outcome"]["branch"]) == ("web", "WR-1.2")
    assert made.body["created_at"] == made.body["updated_at"] == "2026-01-05T09:00:00Z"
    assert len(visitor.id) >= 22, "the id is what entitles: it must be unguessable"
    card = visitor.persona["cards"][0]
    details = {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"], "pin": card["pin"]}
    steps = [
        ("verify-email-otp", lambda: {"otp": visitor.code("email-otp")}, "Mobile_Otp_Sent", "WR-2.1"),
        ("verify-mobile-otp", lambda: {"otp": visitor.code("mobile-otp")}, "Mobile_Verified", "WR-4.1"),
        ("list-factors", dict, "Mobile_Verified", "WR-6.1"),
        ("authenticate", lambda: details, "Authenticated", "WR-7.1"),
        ("existing-user-id", dict, "Authenticated", "WR-8.2"),
        ("save-user-id", lambda: {"userId": "asha.a"}, "User_Id_Saved", "WR-9.1"),
        ("validate-password", lambda: {"password": PASSWORD}, "Password_Validated", "WR-10.1"),
        ("set-password", lambda: {"password": PASSWORD, "confirmPassword": PASSWORD}, "Registered", "WR-11.1,WR-11.6"),
    ]  # fmt: skip
    assert made.body["status"] == "Email_Otp_Sent"
    for action, fields, status, branch in steps:
        assert action in visitor.looks().body["allowed_actions"]
        said = visitor.acts(action, **fields())
        assert (said.status, said.body["status"], said.branches) == (200, status, branch.split(","))
        assert said.body.keys() == REGISTRATION
        assert said.body == visitor.looks().body
    assert said.body["allowed_actions"] == []
    assert visitor.begin().body["status"] == "Login_Required"


def test_the_history_tells_when_by_what_on_which_branch_and_why(visitor):
    visitor.begin()
    visitor.acts("verify-email-otp", otp=other(visitor.code("email-otp")))
    visitor.world.advance("PT1M")
    visitor.acts("verify-email-otp", otp=visitor.code("email-otp"))
    history = visitor.looks("/history").body["history"]
    assert [(each["action"], each["branch"], each["before"], each["after"]) for each in history][1:] == [
        ("verify-email-otp", "WR-2.2", "Email_Otp_Sent", "Email_Otp_Sent"),
        ("verify-email-otp", "WR-2.1", "Email_Otp_Sent", "Mobile_Otp_Sent"),
    ]
    assert [each["at"] for each in history] == ["2026-01-05T09:00:00Z"] * 2 + ["2026-01-05T09:01:00Z"]
    assert all(isinstance(each["facts"], dict) for each in history)


def test_what_is_not_allowed_now_is_409_with_what_is(visitor):
    visitor.begin()
    said = visitor.acts("set-password", password=PASSWORD, confirmPassword=PASSWORD)
    assert_problem(said, 409, "action-not-allowed")
    assert said.body["allowed_actions"] == ["verify-email-otp", "resend-email-otp"]
    assert visitor.looks().body["status"] == "Email_Otp_Sent"


def test_unknown_registrations_actions_and_flows_are_404(visitor):
    visitor.begin()
    assert_problem(visitor.acts("no-such-action"), 404, "unknown-action")
    assert_problem(visitor.acts("activate"), 404, "unknown-action")
    visitor.id = "no-such-registration"
    for rest in ("", "/history", "/sign-up-qr"):
        assert_problem(visitor.looks(rest), 404, "unknown-registration")
    assert_problem(visitor.acts("verify-email-otp", otp="1"), 404, "unknown-registration")
    assert_problem(visitor.world.ask("orchestrator", "GET", "/flows/no-such-flow"), 404, "unknown-flow")
    assert_problem(visitor.world.ask("orchestrator", "GET", "/flows/no-such-flow/diagram"), 404, "unknown-flow")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "flow"), ({"flow": "paper"}, "flow"), ({"flow": "web"}, "deviceId"),
        ({"flow": "web", "deviceId": "d", "type": "CIF"}, "id"),
        ({"flow": "web", "deviceId": "d", "type": "X", "id": "1"}, "type"),
        ({"flow": "web", "deviceId": "d", "type": "CARD", "cardNumber": "12"}, "cardNumber"),
    ],
)  # fmt: skip
def test_a_malformed_registration_is_refused_with_its_field(asha, body, field):
    said = asha.ask("orchestrator", "POST", "/registrations", body)
    assert said.status == 400
    assert said.body["field"] == field


@pytest.mark.parametrize(
    ("persona", "status", "upstream_code", "branch"),
    [
        ({"cbs": None}, 404, "USER_NOT_FOUND", "WR-1.3"),
        ({"cymmetri": {"blocked": "PT30M"}}, 423, "USER_BLOCKED", "WR-1.4"),
        ({"cbs": {"email": None}}, 409, "EMAIL_NOT_REGISTERED", "WR-1.7"),
        ({"cbs": {"status": "closed"}}, 403, "CUSTOMER_NOT_ELIGIBLE", "WR-1.9"),
    ],
)
def test_a_refusal_at_check_identity_is_a_problem_and_no_registration(
    new_world, persona, status, upstream_code, branch
):
    visitor = Visitor(new_world(personas=[{"name": "Asha", **persona}]))
    said = visitor.begin()
    assert_problem(said, status, upstream_code.lower().replace("_", "-"), branch)
    assert said.body["upstream_code"].endswith(upstream_code)
    assert "id" not in said.body
    assert "location" not in said.headers


@pytest.mark.parametrize(
    "effect", [{"status": 500}, {"garbage": True}, {"reset": True}, {"lose_response": True}, {"truncate": True}]
)
@pytest.mark.parametrize("service", ["cymmetri", "cbs"])
def test_an_outage_is_503_with_retry_after_and_never_a_500(visitor, service, effect):
    visitor.world.fault(service, "", "*", effect, times=None)
    said = visitor.begin()
    assert said.status == 503
    assert int(said.headers["retry-after"]) > 0
    assert said.branches == ["WR-1.5"] or said.body["branch"] == "WR-1.5"
    visitor.world.mend()
    assert visitor.begin().status == 201


def test_a_code_that_could_not_be_sent_begins_the_registration_all_the_same(visitor):
    visitor.world.fault("mailroom", "POST", "/messages", {"status": 503}, times=None)
    said = visitor.begin()
    assert (said.status, said.body["status"], said.branches) == (201, "Email_Otp_Sent", ["WR-1.8"])
    visitor.world.mend()
    visitor.world.advance("PT1M")
    assert visitor.acts("resend-email-otp").status == 200
    assert visitor.acts("verify-email-otp", otp=visitor.code("email-otp")).body["status"] == "Mobile_Otp_Sent"


def test_a_blocked_user_s_registration_is_blocked(visitor):
    visitor.begin()
    wrong = other(visitor.code("email-otp"))
    said = [visitor.acts("verify-email-otp", otp=wrong) for _ in range(3)]
    assert [each.status for each in said] == [401, 401, 423]
    assert [each.branches for each in said] == [["WR-2.2"], ["WR-2.2"], ["WR-2.3"]]
    assert all(each.body["upstream_code"].startswith("REGSRVC.") for each in said)
    assert visitor.looks().body["status"] == "Blocked"


@pytest.mark.parametrize(
    ("flow", "statuses", "actions"),
    [("web", WEB_STATUSES, WEB), ("device", DEVICE_STATUSES, ["sign-up", "register", "activate", "check"])],
)
def test_a_flow_is_told_as_declared(wire, flow, statuses, actions):
    told = wire.ask("orchestrator", "GET", f"/flows/{flow}").json
    assert told["statuses"] == statuses
    assert [action["name"] for action in told["actions"]] == actions
    prefix = {"web": "WR-", "device": "DR-"}[flow]
    assert told["branches"]
    assert all(branch["id"].startswith(prefix) for branch in told["branches"])
    assert told["questions"]
    listed = wire.ask("orchestrator", "GET", "/flows").json["flows"]
    assert told in listed
    diagram = wire.ask("orchestrator", "GET", f"/flows/{flow}/diagram")
    assert diagram.media_type == "text/vnd.mermaid"
    assert diagram.text.startswith("stateDiagram")
    assert all(name in diagram.text for name in [*statuses, *actions])


def test_every_branch_of_the_documents_is_in_a_flow(wire):
    flows = wire.ask("orchestrator", "GET", "/flows").json["flows"]
    ids = [branch["id"] for flow in flows for branch in flow["branches"]]
    assert len(ids) == len(set(ids))
    assert {"WR-1.1", "WR-11.5", "DR-0.1", "DR-4.5"} <= set(ids)
    assert all(branch["basis"] in ("documented", "implied", "assumed") for flow in flows for branch in flow["branches"])


def test_waiting_for_a_status_blocks_until_it_is_reached(visitor):
    visitor.begin()
    heard = {}

    def wait():
        began = time.monotonic()
        heard["said"] = visitor.looks("?wait_for=Mobile_Otp_Sent&timeout=10")
        heard["seconds"] = time.monotonic() - began

    waiter = threading.Thread(target=wait)
    waiter.start()
    pause(0.3)
    visitor.acts("verify-email-otp", otp=visitor.code("email-otp"))
    waiter.join(10)
    assert heard["said"].body["status"] == "Mobile_Otp_Sent"
    assert 0.2 < heard["seconds"] < 3


def test_waiting_in_vain_ends_with_the_registration_as_it_is(visitor):
    visitor.begin()
    began = time.monotonic()
    said = visitor.looks("?wait_for=Registered&timeout=0.3")
    assert (said.status, said.body["status"]) == (200, "Email_Otp_Sent")
    assert 0.3 <= time.monotonic() - began < 10
    assert visitor.looks("?wait_for=Email_Otp_Sent&timeout=3600").status == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("wait_for=Nowhere", "wait_for"),
        ("wait_for=Device_Activate", "wait_for"),
        ("timeout=soon", "timeout"),
        ("timeout=-1", "timeout"),
    ],
)
def test_a_wait_that_cannot_be_is_refused_with_the_field(visitor, query, field):
    visitor.begin()
    said = visitor.looks(f"?{query}")
    assert (said.status, said.body["field"]) == (400, field)


def test_a_device_registration_goes_through_its_statuses(owner):
    made = owner.begin()
    assert (made.status, made.body["status"], made.branches) == (201, "Not_Found", ["DR-0.1"])
    begun = owner.acts("sign-up", via="email", contact=owner.persona["email"])
    assert (begun.status, begun.body["status"], begun.branches) == (200, "Sign_Up_In_Progress", ["DR-1.1"])
    assert owner.types_the_code().status == 200
    waited = owner.looks("?wait_for=Register_Complete&timeout=10").body
    assert waited["status"] == "Register_Complete"
    assert waited["allowed_actions"] == ["activate", "check"]
    done = owner.acts("activate")
    assert (done.body["status"], done.branches) == ("Device_Activate", ["DR-4.1"])
    assert [each["after"] for each in owner.looks("/history").body["history"]] == [
        "Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate",
    ]  # fmt: skip
    device = f"/users/{owner.persona['username']}/devices/{owner.phone['emCertID']}"
    assert owner.world.ask("auth_service", "GET", device, token=owner.token).status == 200


@pytest.mark.parametrize(
    ("phone", "status", "branch"),
    [
        ({"tsg": "registered"}, "Register_Complete", "DR-0.3"),
        ({"tsg": "registered", "auth_service": True}, "Device_Activate", "DR-0.2"),
        ({}, "Not_Found", "DR-0.1"),
    ],
)
def test_step_0_runs_at_creation(new_world, phone, status, branch):
    owner = Owner(new_world(personas=[{"name": "Chitra", "cymmetri": {}, "phones": [phone]}]))
    made = owner.begin()
    assert (made.status, made.body["status"], made.branches) == (201, status, [branch])
    again = owner.acts("check")
    assert (again.status, again.body["status"], again.branches) == (200, status, branch.split(","))


def test_a_device_registration_wants_its_own_logged_in_user(chitra, owner):
    for token in ("", "forged"):
        said = owner.begin(token=token)
        assert_problem(said, 401, "not-logged-in", "DR-0.4")
        assert said.headers["www-authenticate"].startswith("Bearer")
    assert_problem(owner.begin(username="somebody.else"), 403, "not-your-registration", "DR-0.4")
    owner.begin()
    stranger = Owner(chitra, "Jai").token
    for rest in ("", "/history", "/sign-up-qr"):
        assert_problem(owner.looks(rest, token=stranger), 403, "not-your-registration")
        assert_problem(owner.looks(rest, token=""), 401, "not-logged-in")
    for action, fields in (("check", {}), ("sign-up", {"via": "qr"})):
        assert_problem(owner.acts(action, token=stranger, **fields), 403, "not-your-registration")
        assert_problem(owner.acts(action, token="", **fields), 401, "not-logged-in")


@pytest.mark.parametrize(("service", "branch"), [("auth_service", "DR-0.5"), ("tsg", "DR-0.6")])
def test_an_outage_at_step_0_is_503_and_leaves_no_registration(owner, service, branch):
    owner.world.fault(service, "", "*", {"status": 503}, times=None)
    said = owner.begin()
    assert (said.status, said.branches) == (503, [branch])
    assert "retry-after" in said.headers
    assert "id" not in said.body
    assert owner.world.messages() == []


@pytest.mark.parametrize(
    ("fields", "status", "what"),
    [
        ({"via": "sms"}, 400, "contact"),
        ({"via": "pigeon"}, 400, "via"),
        ({}, 400, "via"),
        ({"via": "email", "contact": "else@example.test"}, 422, None),
        ({"via": "sms", "contact": "+919999999999"}, 422, None),
    ],
)
def test_a_sign_up_by_no_registered_contact_is_refused(owner, fields, status, what):
    owner.begin()
    said = owner.acts("sign-up", **fields)
    assert (said.status, said.body.get("field")) == (status, what)
    assert owner.looks().body["status"] == "Not_Found"
    assert owner.world.messages(purpose="sign-up-code") == []


@pytest.mark.parametrize("action", ["register", "activate"])
def test_a_device_action_that_is_too_early_is_409(owner, action):
    owner.begin()
    said = owner.acts(action)
    assert_problem(said, 409, "action-not-allowed")
    assert said.body["allowed_actions"] == ["sign-up", "check"]


def test_no_emcertid_is_refused_with_the_field(owner):
    for wrong in (None, "", "x", "A" * 64, "0" * 63):
        said = owner.begin(emCertID=wrong)
        assert (said.status, said.body["field"]) == (400, "emCertID")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("image/png", "image/png"),
        ("image/svg+xml", "image/svg+xml"),
        ("*/*", "image/png"),
        (None, "image/png"),
        ("text/html, image/svg+xml;q=0.9, image/png;q=0.1", "image/svg+xml"),
    ],
)
def test_the_qr_image_is_png_or_svg_by_accept(wire, owner, accept, kind):
    owner.begin()
    owner.acts("sign-up", via="qr")
    headers = {"Accept": accept} if accept else {}
    path = f"/registrations/{owner.id}/sign-up-qr"
    heard = wire.ask("orchestrator", "GET", path, token=owner.token, world=owner.world.name, headers=headers)
    assert (heard.status, heard.media_type) == (200, kind)
    if kind == "image/svg+xml":
        assert b"<svg" in heard.raw[:200]
        return
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(heard.raw)))
    scanned = owner.world.ask("handset", "POST", f"/handsets/{owner.phone['id']}/sign-up", {"qr_payload": found.text})
    assert scanned.status == 200
    assert owner.looks("?wait_for=Register_Complete&timeout=10").body["status"] == "Register_Complete"


def test_there_is_no_qr_image_before_a_sign_up_nor_of_a_web_registration(owner, visitor):
    owner.begin()
    assert_problem(owner.looks("/sign-up-qr"), 409, "no-sign-up-in-progress")
    visitor.begin()
    assert_problem(visitor.looks("/sign-up-qr"), 409, "no-sign-up-in-progress")


def test_the_registrations_of_a_world_are_told_in_its_time(visitor):
    visitor.world.advance("PT90M")
    made = visitor.begin().body
    assert datetime.fromisoformat(made["created_at"]) == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
