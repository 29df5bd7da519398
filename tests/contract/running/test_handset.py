"""The phones' calls."""

import io
import secrets

import pytest
import segno

pytestmark = pytest.mark.thorough


PHONE = {"os": "Android", "model": "Pixel 9", "owner": "Chitra"}


@pytest.fixture
def phone(chitra):
    said = chitra.ask("handset", "POST", "/handsets", PHONE)
    assert said.status == 201
    return said.body


@pytest.fixture
def code(wire, chitra):
    """Have the TSG issue a sign-up code."""
    key = wire.ask("orchestrator", "GET", "/_sandbox/credentials").json["SANDBOX_TSG_API_KEY"]
    body = {"service_id": "registration-sandbox", "external_reference": "r"}
    made = wire.ask("tsg", "POST", "/tsg/sign_up", body, headers={"X-API-Key": key}, world=chitra.name)
    return made.json


def upload(wire, world, phone, picture, name="qr"):
    mark = secrets.token_hex(8)
    part = f'Content-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png'
    raw = f"--{mark}\r\n{part}\r\n\r\n".encode() + picture + f"\r\n--{mark}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return wire.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", raw=raw, headers=headers, world=world.name)


def drawn(text):
    image = io.BytesIO()
    segno.make(text, micro=False).save(image, kind="png", scale=4)
    return image.getvalue()


def test_a_phone_is_made_looked_at_and_lost(chitra, phone):
    assert phone.keys() >= {"id", "emCertID", "os", "model", "registered", "last_event"}
    assert len(phone["emCertID"]) == 64
    assert chitra.ask("handset", "GET", f"/handsets/{phone['id']}").body == phone
    assert (phone["os"], phone["model"], phone["registered"]) == ("Android", "Pixel 9", False)
    assert chitra.ask("handset", "DELETE", f"/handsets/{phone['id']}").status == 204
    for method, rest in (("GET", ""), ("DELETE", ""), ("POST", "/sign-up")):
        body = {"code": "12345678"} if method == "POST" else None
        said = chitra.ask("handset", method, f"/handsets/{phone['id']}{rest}", body)
        assert (said.status, said.body["code"]) == (404, "unknown-handset")


def test_no_phone_is_made_while_the_tsg_is_down(chitra):
    chitra.fault("tsg", "", "/sdk/*", {"reset": True}, times=None)
    before = chitra.ask("handset", "GET", "/handsets").body
    assert chitra.ask("handset", "POST", "/handsets", PHONE).status == 503
    assert chitra.ask("handset", "GET", "/handsets").body == before


def test_a_code_is_typed_scanned_or_shown_as_an_image(wire, chitra, phone, code):
    path = f"/handsets/{phone['id']}/sign-up"
    payload = wire.ask("handset", "POST", path, {"qr_payload": code["qr_payload"]}, world=chitra.name)
    assert (payload.status, payload.json["sent"]) == (200, True)
    image = upload(wire, chitra, phone, drawn(code["qr_payload"]))
    assert (image.status, image.json["upstream_code"]) == (409, "SIGN_UP_CODE_USED")
    typed = wire.ask("handset", "POST", path, {"code": code["sign_up_code"]}, world=chitra.name)
    assert (typed.status, typed.json["upstream_code"]) == (409, "SIGN_UP_CODE_USED")
    assert wire.ask("handset", "GET", f"/handsets/{phone['id']}", world=chitra.name).json["last_event"]


def test_an_uploaded_image_signs_the_phone_up(wire, chitra, phone, code):
    said = upload(wire, chitra, phone, drawn(code["qr_payload"]))
    assert (said.status, said.json["serviceId"]) == (200, "registration-sandbox")


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "code"), ({"code": "1", "qr_payload": "2"}, "code"), ({"code": ""}, "code"), ({"code": 5}, "code")],
)
def test_a_sign_up_without_exactly_one_code_is_refused(chitra, phone, body, field):
    said = chitra.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", body)
    assert (said.status, said.body["field"]) == (400, field)


@pytest.mark.parametrize(
    "payload",
    ["nonsense", "https://example.test", "transakt://sign-up?code=1", "http://[", "transakt://sign-up?serviceId=bank"],
)
def test_a_qr_code_that_is_no_sign_up_is_refused(wire, chitra, phone, payload):
    body = {"qr_payload": payload}
    said = wire.ask("handset", "POST", f"/handsets/{phone['id']}/sign-up", body, world=chitra.name)
    assert (said.status, said.json["code"]) == (422, "not-a-sign-up-qr")
    assert upload(wire, chitra, phone, drawn(payload)).status == 422


@pytest.mark.parametrize("picture", [b"", b"nonsense", b"\x89PNG\r\n\x1a\n", b"GIF89a", drawn("x")[:60]])
def test_a_picture_that_is_none_is_refused(wire, chitra, phone, picture):
    said = upload(wire, chitra, phone, picture)
    assert (said.status, said.json["code"], said.json["field"]) == (422, "qr-not-readable", "qr")


def test_a_form_without_the_picture_is_refused(wire, chitra, phone):
    assert upload(wire, chitra, phone, drawn("x"), name="other").status == 400


def test_a_picture_of_more_than_one_mebibyte_is_refused(wire, chitra, phone):
    assert upload(wire, chitra, phone, b"x" * (1024 * 1024 + 1)).status == 413
