"""The phones, with a TSG to talk to."""

import io
import json

import pytest
import segno

from simulators.handset.app import create_app
from simulators.handset.steps import sign_up
from simulators.kit.scheduling import due
from simulators.kit.web.app import service_of
from simulators.kit.wire.client import Reply, UpstreamFailure
from tests.contract.tsg.rig import FROZEN, Tsg, settings

SERVICE = "registration-sandbox"


class Bank:
    """Phones and a TSG in one world each; ``tsg_up`` tells whether the phones reach it."""

    def __init__(self, tmp_path, owners=(), seed=7):
        self.tsg = Tsg(tmp_path / "tsg", seed=seed)
        self.app = create_app(settings(tmp_path / "handset"))
        self.service = service_of(self.app)
        self.service.client.send = self.to_tsg
        self.client = self.app.test_client()
        self.tsg_up = True
        people = {"handsets": [{"owner": owner, "os": "iOS", "model": "iPhone 17"} for owner in owners]}
        part = {"seed": seed, "clock": FROZEN, "people": people}
        self.made = self.client.put("/_sandbox/worlds/default", json=part)
        assert self.made.status_code == 201, self.made.json

    def to_tsg(self, service, method, path, *, body=None, raw=None, headers=None, **_):
        assert service == "tsg"
        if not self.tsg_up:
            raise UpstreamFailure(service, "could not be reached")
        sent = {"json": body} if body is not None else {"data": raw}
        answer = self.tsg.client.open(path, method=method, headers=headers, **sent)
        received = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(service, answer.status_code, answer.json or {}, received)

    def buy(self):
        answer = self.client.post("/handsets", json={"os": "Android", "model": "Pixel 9", "owner": "Asha"})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def code(self):
        return self.tsg.code(service_id=SERVICE)

    def sign_up(self, phone, **given):
        return self.client.post(f"/handsets/{phone}/sign-up", json=given)

    def scan(self, phone, picture):
        form = {"qr": (io.BytesIO(picture), "qr.png")}
        return self.client.post(f"/handsets/{phone}/sign-up", data=form, content_type="multipart/form-data")

    def look(self, phone):
        return self.client.get(f"/handsets/{phone}").json

    def offline(self, phone, offline):
        assert self.client.put(f"/handsets/{phone}/offline", json={"offline": offline}).status_code == 200

    def settle(self):
        due.settle(self.service, "default")

    def move(self, **change):
        self.tsg.move(**change)
        assert self.client.post("/_sandbox/worlds/default/clock", json=change).status_code == 200

    def states(self):
        return [subject["state"] for subject in self.tsg.people()["subjects"]]


@pytest.fixture
def bank(tmp_path):
    return Bank(tmp_path)


def png(text, **options):
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=4, **options)
    return picture.getvalue()


def test_a_new_phone_has_an_emcert_of_the_tsg(bank):
    phone = bank.look(bank.buy())
    assert phone["emCertID"] == bank.tsg.people()["subjects"][0]["subject_id"]
    expected = {"os": "Android", "model": "Pixel 9", "owner": "Asha", "registered": False, "offline": False}
    assert {name: phone[name] for name in expected} == expected


def test_there_is_no_new_phone_while_the_tsg_is_down(bank):
    bank.tsg_up = False
    answer = bank.client.post("/handsets", json={"os": "iOS", "model": "17", "owner": ""})
    assert (answer.status_code, answer.json["code"]) == (503, "upstream-unavailable")
    assert bank.client.get("/handsets").json == {"handsets": []}


def test_phones_of_the_same_world_are_the_same(tmp_path):
    one, again, other = (Bank(tmp_path / str(n), ["Asha", "Bilal"], seed) for n, seed in enumerate((7, 7, 8)))
    assert one.made.json["people"] == again.made.json["people"] != other.made.json["people"]


def test_a_world_begins_with_the_phones_of_its_people(tmp_path):
    bank = Bank(tmp_path, ["Asha", "Bilal"])
    made = bank.made.json["people"]["handsets"]
    assert [phone["owner"] for phone in made] == ["Asha", "Bilal"]
    assert [phone["emCertID"] for phone in made] == [s["subject_id"] for s in bank.tsg.people()["subjects"]]
    people = bank.client.get("/_sandbox/worlds/default/people").json["handsets"]
    assert [{name: phone[name] for name in ("id", "emCertID", "owner")} for phone in people] == made


def test_a_world_whose_phones_get_no_emcert_is_not_made(bank):
    bank.tsg_up = False
    part = {"people": {"handsets": [{"owner": "Asha", "os": "iOS", "model": "17"}]}}
    answer = bank.client.put("/_sandbox/worlds/other", json=part)
    assert (answer.status_code, answer.json["code"]) == (503, "upstream-unavailable")
    assert bank.client.get("/w/other/handsets").json["code"] == "unknown-world"


def test_a_wrong_people_part_names_its_field(bank):
    answer = bank.client.put("/_sandbox/worlds/other", json={"people": {"handsets": [{"owner": "Asha"}]}})
    assert (answer.status_code, answer.json["code"]) == (400, "bad-world")
    assert answer.json["field"].startswith("people.handsets")


@pytest.mark.parametrize("separator", ["", " ", "-"])
def test_a_typed_code_signs_the_phone_up(bank, separator):
    code, phone = bank.code(), bank.buy()
    answer = bank.sign_up(phone, code=f"{code[:4]}{separator}{code[4:]}")
    assert answer.status_code == 200
    assert answer.json == {"sent": True, "serviceId": SERVICE, "queued": False}
    assert bank.states() == ["signed_up"]
    assert bank.look(phone)["last_event"] == "sign_up_sent"


def test_a_qr_payload_signs_the_phone_up_for_the_service_that_it_names(bank):
    payload = bank.tsg.ask("/tsg/sign_up", service_id="another bank").json["qr_payload"]
    answer = bank.sign_up(bank.buy(), qr_payload=payload)
    assert answer.json == {"sent": True, "serviceId": "another bank", "queued": False}


@pytest.mark.parametrize("options", [{}, {"light": None}, {"dark": "darkblue"}], ids=["plain", "transparent", "blue"])
def test_a_qr_picture_signs_the_phone_up(bank, options):
    payload = bank.tsg.ask("/tsg/sign_up", service_id=SERVICE).json["qr_payload"]
    assert bank.scan(bank.buy(), png(payload, **options)).json["sent"] is True
    assert bank.states() == ["signed_up"]


def test_a_jpeg_is_read_too(bank):
    from PIL import Image

    payload = bank.tsg.ask("/tsg/sign_up", service_id=SERVICE).json["qr_payload"]
    jpeg = io.BytesIO()
    Image.open(io.BytesIO(png(payload))).convert("RGB").save(jpeg, "JPEG")
    assert bank.scan(bank.buy(), jpeg.getvalue()).status_code == 200


def blank():
    from PIL import Image

    picture = io.BytesIO()
    Image.new("L", (100, 100), "white").save(picture, "PNG")
    return picture.getvalue()


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"", "qr-not-readable"),
        (b"<svg/>", "qr-not-readable"),
        (png("x")[:60], "qr-not-readable"),
        (blank(), "qr-not-readable"),
        (png("https://example.test/?code=1"), "not-a-sign-up-qr"),
        (png("transakt://sign-up?code=1"), "not-a-sign-up-qr"),
    ],
)
def test_a_picture_without_a_sign_up_is_refused(bank, picture, code):
    answer = bank.scan(bank.buy(), picture)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert bank.tsg.journal("/sdk/signup") == []


@pytest.mark.parametrize("given", [{}, {"code": "1", "qr_payload": "transakt://x"}, {"code": ""}])
def test_a_sign_up_needs_exactly_one_source(bank, given):
    assert bank.sign_up(bank.buy(), **given).status_code == 400


def test_what_the_tsg_refuses_is_relayed_with_its_code_and_branch(bank):
    phone, other, code = bank.buy(), bank.buy(), bank.code()
    wrong = bank.sign_up(phone, code="00000000")
    assert (wrong.status_code, wrong.json["upstream_code"]) == (404, "SIGN_UP_CODE_INVALID")
    assert wrong.headers["Sandbox-Branch"] == "DR-2.3"
    assert bank.look(phone)["last_event"] == "sign_up_refused: SIGN_UP_CODE_INVALID"
    bank.sign_up(phone, code=code)
    used = bank.sign_up(other, code=code)
    assert (used.status_code, used.json["upstream_code"]) == (409, "SIGN_UP_CODE_USED")
    late = bank.code()
    bank.move(advance="PT10M")
    expired = bank.sign_up(other, code=late)
    assert (expired.status_code, expired.json["upstream_code"]) == (410, "SIGN_UP_CODE_EXPIRED")


def test_a_throttled_phone_is_told_how_long_to_wait(bank):
    phone = bank.buy()
    answers = [bank.sign_up(phone, code="00000000") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "900"


def test_a_sign_up_while_the_tsg_is_down_is_told_and_can_be_repeated(bank):
    phone, code = bank.buy(), bank.code()
    bank.tsg_up = False
    assert bank.sign_up(phone, code=code).status_code == 503
    assert bank.look(phone)["last_event"] == "tsg_unreachable"
    bank.tsg_up = True
    assert bank.sign_up(phone, code=code).status_code == 200


@pytest.mark.parametrize(
    ("misbehave", "problem"),
    [
        ("wrong_key", "did not sign it"), ("altered_body", "its body"), ("unsigned", "no Signature-Input"),
        ("foreign_emcert", "no emCert of this TSG"), ("slow_clock", "five minutes"), ("fast_clock", "five minutes"),
    ],
)  # fmt: skip
def test_the_tsg_refuses_a_phone_that_signs_wrongly(bank, misbehave, problem):
    phone, code = bank.buy(), bank.code()
    answer = bank.sign_up(phone, code=code, misbehave=misbehave)
    assert (answer.status_code, answer.json["upstream_code"]) == (401, "PROOF_NOT_ACCEPTED")
    assert (answer.json["code"], answer.headers["Sandbox-Branch"]) == ("proof-not-accepted", "DR-2.14")
    assert problem in bank.tsg.journal("/sdk/signup")[0]["decisions"][0]["facts"]["problem"]
    assert bank.states() == ["certified"]
    assert bank.tsg.pushes() == []
    assert bank.sign_up(phone, code=code).status_code == 200


def test_the_tsg_refuses_the_second_of_two_equal_requests(bank):
    answer = bank.sign_up(bank.buy(), code=bank.code(), misbehave="replay")
    assert (answer.status_code, answer.json["upstream_code"]) == (401, "PROOF_NOT_ACCEPTED")
    assert [entry["status"] for entry in bank.tsg.journal("/sdk/signup")] == [202, 401]


def test_an_offline_phone_sends_its_sign_up_when_it_is_online_again(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    answer = bank.sign_up(phone, code=code)
    assert (answer.status_code, answer.json["sent"], answer.json["queued"]) == (202, False, True)
    bank.settle()
    assert bank.states() == ["certified"]
    bank.offline(phone, False)
    bank.settle()
    assert bank.states() == ["signed_up"]
    assert bank.look(phone)["last_event"] == "sign_up_sent"


def test_a_phone_that_comes_online_too_late_is_refused(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    bank.sign_up(phone, code=code)
    bank.move(advance="PT10M")
    bank.offline(phone, False)
    bank.settle()
    assert bank.look(phone)["last_event"] == "sign_up_refused: SIGN_UP_CODE_EXPIRED"


def test_a_queued_sign_up_waits_until_the_tsg_is_up(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    bank.sign_up(phone, code=code)
    bank.tsg_up = False
    bank.offline(phone, False)
    bank.settle()
    assert bank.states() == ["certified"]
    bank.tsg_up = True
    bank.move(advance="PT5S")
    assert bank.states() == ["signed_up"]


def test_a_phone_that_is_offline_again_keeps_what_it_had_queued(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    bank.sign_up(phone, code=code)
    bank.offline(phone, False)
    bank.offline(phone, True)
    bank.settle()
    assert bank.states() == ["certified"]
    bank.offline(phone, False)
    bank.settle()
    assert bank.states() == ["signed_up"]


def test_an_offline_phone_queues_a_bounded_number_of_sign_ups(bank):
    phone = bank.buy()
    bank.offline(phone, True)
    statuses = [bank.sign_up(phone, code="1").status_code for _ in range(sign_up.MOST_QUEUED)]
    assert set(statuses) == {202}
    refused = bank.sign_up(phone, code="1")
    assert (refused.status_code, refused.json["code"]) == (409, "phone-queue-full")
    assert "take it online first" in refused.json["detail"]


def test_what_a_full_phone_had_queued_before_waits_until_there_is_room(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    bank.sign_up(phone, code=code)
    bank.offline(phone, False)
    bank.offline(phone, True)
    for _ in range(sign_up.MOST_QUEUED):
        assert bank.sign_up(phone, code="1", misbehave="unsigned").status_code == 202
    bank.settle()
    bank.offline(phone, False)
    bank.move(advance="PT5S")
    assert bank.states() == ["signed_up"]


def test_an_offline_phone_queues_no_more_than_the_tsg_would_take(bank):
    phone = bank.buy()
    bank.offline(phone, True)
    refused = bank.sign_up(phone, code="1", credential="x" * 65_535)
    assert (refused.status_code, refused.json["code"], refused.json["field"]) == (
        400, "validation-failed", "credential",
    )  # fmt: skip
    assert bank.sign_up(phone, code="1", credential="x" * 65_534).status_code == 202


def test_a_phone_knows_from_the_tsg_whether_it_is_registered(bank):
    phone = bank.buy()
    id = bank.look(phone)["emCertID"]
    bank.sign_up(phone, code=bank.code())
    assert bank.look(phone)["registered"] is False
    bank.tsg.ask("/tsg/register", subject_id=id)
    assert bank.look(phone)["registered"] is True
    assert bank.client.get("/handsets").json["handsets"][0]["registered"] is True
    bank.tsg_up = False
    assert bank.look(phone)["registered"] is True
    bank.tsg_up = True
    bank.tsg.ask("/tsg/unregister", subject_id=id)
    bank.offline(phone, True)
    assert bank.look(phone)["registered"] is True
    bank.offline(phone, False)
    assert bank.look(phone)["registered"] is False


def pushed(bank):
    bank.tsg.settle()
    return [json.loads(raw)["data"] for _, _, _, raw, _ in bank.tsg.receiver.received]


@pytest.mark.parametrize("credential", ["typed into the app", "", {"token": {"n": 1}}, {}])
def test_the_apps_credential_travels_unchanged_into_the_push(bank, credential):
    assert bank.sign_up(bank.buy(), code=bank.code(), credential=credential).status_code == 200
    payload = bank.tsg.ask("/tsg/sign_up", service_id=SERVICE).json["qr_payload"]
    assert bank.sign_up(bank.buy(), qr_payload=payload, credential=credential).status_code == 200
    assert [data["credential"] for data in pushed(bank)] == [credential] * 2


def test_an_app_without_a_credential_sends_none(bank):
    assert bank.sign_up(bank.buy(), code=bank.code(), credential=None).status_code == 200
    assert "credential" not in pushed(bank)[0]


def test_an_app_of_which_nothing_is_said_sends_the_credential_of_its_phone(bank):
    phone = bank.buy()
    bank.sign_up(phone, code=bank.code())
    device = {"os": "Android", "model": "Pixel 9"}
    expected = {"type": "emCert", "emCertID": bank.look(phone)["emCertID"], "device": device}
    assert pushed(bank)[0]["credential"] == expected


@pytest.mark.parametrize("credential", [7, ["a"], False])
def test_a_credential_that_is_neither_text_nor_object_is_refused_by_its_name(bank, credential):
    answer = bank.sign_up(bank.buy(), code="12345678", credential=credential)
    assert (answer.status_code, answer.json["field"]) == (400, "credential")


def test_an_offline_phone_keeps_the_credential_and_sends_each_sign_up_once(bank):
    phone, code = bank.buy(), bank.code()
    bank.offline(phone, True)
    bank.sign_up(phone, code=code, credential="kept")
    for offline in (False, True, False):
        bank.offline(phone, offline)
        bank.settle()
    assert [data["credential"] for data in pushed(bank)] == ["kept"]
    assert [entry["status"] for entry in bank.tsg.journal("/sdk/signup")] == [202]


def test_queued_sign_ups_are_sent_in_their_order_each_as_if_typed_then(bank):
    phone, codes = bank.buy(), [bank.code(), bank.code()]
    bank.offline(phone, True)
    bank.sign_up(phone, code="00000000")
    for code in codes:
        bank.sign_up(phone, code=code)
    bank.offline(phone, False)
    bank.settle()
    assert [entry["status"] for entry in bank.tsg.journal("/sdk/signup")] == [404, 202, 202]


def test_a_phone_with_a_name_in_any_script_gets_an_emcert(bank):
    for model in ("ಕನ್ನಡ ದೂರವಾಣಿ " * 6, "📱" * 100, "é" * 33):
        answer = bank.client.post("/handsets", json={"os": "ಆಂಡ್ರಾಯ್ಡ್", "model": model[:100], "owner": "ಆಶಾ"})
        assert answer.status_code == 201, answer.json
        assert answer.json["model"] == model[:100]


def test_a_lost_phone_is_gone_and_the_tsg_is_not_told(bank):
    phone = bank.buy()
    bank.offline(phone, True)
    bank.sign_up(phone, code=bank.code())
    bank.offline(phone, False)
    assert bank.client.delete(f"/handsets/{phone}").status_code == 204
    bank.settle()
    assert bank.states() == ["certified"]
    for answer in (
        bank.client.get(f"/handsets/{phone}"),
        bank.client.delete(f"/handsets/{phone}"),
        bank.sign_up(phone, code="1"),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "unknown-handset")


def test_no_sign_up_code_is_in_the_phones_journal(bank):
    code = bank.code()
    bank.sign_up(bank.buy(), code=code)
    journal = bank.client.get("/_sandbox/worlds/default/journal").json
    assert len(journal["exchanges"]) == 2
    assert code not in str(journal)


def test_a_credential_is_not_in_the_phones_journal(bank):
    bank.sign_up(bank.buy(), code=bank.code(), credential={"token": "only the app knows"})
    assert "only the app knows" not in str(bank.client.get("/_sandbox/worlds/default/journal").json)
