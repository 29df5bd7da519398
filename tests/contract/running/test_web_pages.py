"""What a web page can do to a sandbox on its visitor's machine: nothing, unless it may."""

import json
from datetime import UTC, datetime

import pytest

from simulators.kit.services import SERVICES
from tests.contract.running.wire import NOTHING

pytestmark = pytest.mark.thorough


EVIL = "https://evil.example"
PATHS = ["/", "/w/default/", "/console/w/default", "/console/log-in", "/_sandbox/health", "/_sandbox/credentials",
         "/_sandbox/worlds/default/personas", "/messages", "/openapi.json", "/docs", "/no/such/path",
         "/problems/unknown-host"]  # fmt: skip
FOREIGN = ["evil.example", "evil.example:8800", "127.0.0.1.evil.example", "localhost.evil.example", "notlocalhost",
           "127.0.0.1.nip.io", "0.0.0.0", "169.254.169.254", "192.0.2.1:8800", "[2001:db8::1]", "",
           "2130706433", "xn--lclhost-hva"]  # fmt: skip
OWN = ["127.0.0.1", "localhost", "LocalHost:1", "127.9.8.7:65535", "[::1]:8800", "app.localhost"]
MESSAGE = {"channel": "sms", "to": "+919000000001", "body": "x", "purpose": "p", "sender": "s"}


def instant(heard):
    """Return the world's time that an answer carries."""
    text = heard.headers["sandbox-now"]
    assert text.endswith("Z")
    return datetime.fromisoformat(text)


@pytest.fixture
def count(asha):
    """Count the world's messages."""
    return lambda: len(asha.messages())


@pytest.fixture
def post(wire, asha):
    """Post a message with some headers."""

    def send(**headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return wire.ask("mailroom", "POST", "/messages", MESSAGE, world=asha.name, headers=headers)

    return send


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_host_is_told_nothing_on_any_port(wire, service, path):
    for method in ("GET", "POST", "OPTIONS"):
        heard = wire.ask(service, method, path, headers={"Host": "evil.example", "Origin": "http://evil.example"})
        assert heard.status == 421, heard.text
        assert "sandbox-now" not in heard.headers
        assert "access-control-allow-origin" not in heard.headers
        assert not any(url in heard.text for url in wire.urls.values())


@pytest.mark.parametrize("host", FOREIGN)
def test_a_host_that_only_looks_like_ours_is_foreign(wire, host):
    heard = wire.ask("cymmetri", "GET", "/_sandbox/health", headers={"Host": host})
    assert heard.status == 421, heard.text
    assert heard.media_type == "application/problem+json"


@pytest.mark.parametrize("host", OWN)
def test_loopback_is_ours_by_any_of_its_names(wire, host):
    assert wire.ask("cymmetri", "GET", "/_sandbox/health", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "label", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
              "application/jsonp", "text/json", "application/json-seq", "text/plain; a=application/json"],
)  # fmt: skip
def test_a_body_that_is_not_labelled_as_json_does_nothing(wire, asha, count, label):
    headers = {"Content-Type": label} if label is not None else {}
    control = f"/_sandbox/worlds/{asha.name}"
    before = wire.ask("orchestrator", "GET", f"{control}/clock").json
    for service, method, path, raw in [
        ("mailroom", "POST", "/messages", json.dumps(MESSAGE).encode()),
        ("orchestrator", "POST", f"{control}/clock", b'{"advance":"PT1H"}'),
        ("cbs", "POST", f"{control}/faults", b'{"effect":{"reset":true}}'),
        ("orchestrator", "PUT", "/_sandbox/worlds/made-by-a-page", b'{"scenario":"default"}'),
        ("tsg", "POST", "/tsg/register", b"{}"),
        ("orchestrator", "POST", "/tsg/push", b"{}"),
        ("auth_service", "POST", "/tsg/push", b"{}"),
    ]:  # fmt: skip
        heard = wire.unlabelled(service, method, path, raw, {**headers, "baggage": f"sandbox.world={asha.name}"})
        assert heard.status == 415, f"{path}: {heard.text}"
    assert wire.ask("orchestrator", "GET", f"{control}/clock").json == before
    assert wire.ask("orchestrator", "GET", f"{control}/faults").json["faults"] == []
    assert wire.ask("orchestrator", "GET", "/_sandbox/worlds/made-by-a-page/clock").status == 404
    assert count() == 0


@pytest.mark.parametrize("label", ["application/json", "Application/JSON; charset=utf-8", "application/json;"])
def test_json_is_known_by_its_label_in_any_spelling(post, label):
    assert post(Content_Type=label).status == 201


def test_a_request_without_a_body_needs_no_label(wire, asha):
    assert wire.unlabelled("mailroom", "GET", "/messages", None, {}).status == 200
    heard = wire.unlabelled("handset", "DELETE", "/handsets/none", None, {"baggage": f"sandbox.world={asha.name}"})
    assert heard.status == 404


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "deflate", "identity, gzip", "x"])
def test_a_coded_body_is_refused(post, count, coding):
    heard = post(Content_Encoding=coding)
    assert (heard.status, heard.headers["accept-encoding"]) == (415, "identity")
    assert count() == 0


@pytest.mark.parametrize("coding", ["identity", "Identity", ""])
def test_a_body_that_is_as_it_is_may_say_so(post, coding):
    assert post(Content_Encoding=coding).status == 201


FROM_ELSEWHERE = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example#127.0.0.1"},
    {"Origin": "file://"},
    {"Origin": "chrome-extension://abc"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "Cross-Site", "Sec-Fetch-Mode": "no-cors"},
    {"Origin": EVIL, "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
@pytest.mark.parametrize(
    ("service", "method", "path", "body"),
    [
        ("mailroom", "POST", "/messages", MESSAGE),
        ("orchestrator", "POST", "/registrations/none/actions/resend-email-otp", NOTHING),
        ("orchestrator", "POST", "/_sandbox/worlds/{}/clock", {"advance": "PT1H"}),
        ("cbs", "POST", "/_sandbox/worlds/{}/faults", {"effect": {"reset": True}}),
        ("orchestrator", "DELETE", "/_sandbox/worlds/{}", NOTHING),
        ("orchestrator", "PATCH", "/_sandbox/worlds/{}/policies", {"policies": {}}),
        ("handset", "DELETE", "/handsets/none", NOTHING),
        ("auth_service", "PUT", "/users/asha/devices/none", NOTHING),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_foreign_page_changes_nothing(wire, asha, count, headers, service, method, path, body):
    heard = wire.ask(service, method, path.format(asha.name), body, world=asha.name, headers=headers)
    assert (heard.status, heard.json["code"]) == (403, "not-from-here")
    assert "access-control-allow-origin" not in heard.headers
    assert count() == 0
    control = f"/_sandbox/worlds/{asha.name}"
    assert wire.ask("orchestrator", "GET", f"{control}/clock").json["now"] == "2026-01-05T09:00:00Z"
    assert wire.ask("orchestrator", "GET", f"{control}/faults").json["faults"] == []


WITHIN_A_PAGE = [
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Origin": EVIL},
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
]
READS = [
    ("cbs", "/cbs/customers/000000000"),
    ("mailroom", "/messages"),
    ("handset", "/handsets"),
    ("orchestrator", "/_sandbox/worlds/{}/journal"),
    ("orchestrator", "/_sandbox/events"),
    ("orchestrator", "/console/"),
]


@pytest.mark.parametrize(("service", "path"), READS)
@pytest.mark.parametrize("headers", WITHIN_A_PAGE, ids=str)
def test_a_foreign_page_cannot_have_the_journal_filled_or_connections_held_by_what_it_shows(
    wire, asha, headers, service, path
):
    elsewhere = {"Sec-Fetch-Site": "cross-site", **headers}
    heard = wire.ask(service, "GET", path.format(asha.name), world=asha.name, headers=elsewhere)
    assert heard.status == 403
    assert "may fetch nothing here" in heard.text
    journal = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/journal").json
    assert journal["exchanges"] == []


@pytest.mark.parametrize(("service", "path"), [each for each in READS if each[1] != "/_sandbox/events"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
    ids=str,
)
def test_a_link_to_here_may_be_followed_and_our_own_pages_show_what_they_like(wire, asha, headers, service, path):
    heard = wire.ask(service, "GET", path.format(asha.name), world=asha.name, headers=headers)
    assert heard.status in {200, 302, 404}


@pytest.mark.parametrize(("service", "path"), [("handset", "/handsets"), ("mailroom", "/messages")])
@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("http://localhost:3000/", 200),
        ("http://127.0.0.1:5173/a?b", 200),
        (f"{EVIL}/", 403),
        (f"{EVIL}/http://localhost:3000/", 403),
        ("http://localhost.evil.example/", 403),
        ("localhost", 403),
    ],
)
def test_what_a_page_of_loopback_embeds_is_known_by_its_referrer(wire, asha, service, path, page, status):
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image", "Referer": page}
    assert wire.ask(service, "GET", path, world=asha.name, headers=embedded).status == status
    control = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/clock", headers=embedded)
    assert control.status == 403


LOOPBACK_PAGES = ["http://localhost:3000", "http://127.0.0.1:5173", "https://localhost", "http://[::1]:8080"]


@pytest.mark.parametrize("origin", LOOPBACK_PAGES)
def test_a_page_of_loopback_may_use_the_systems_and_read_their_answers(post, wire, asha, origin):
    heard = post(Origin=origin, Sec_Fetch_Site="cross-site")
    assert heard.status == 201
    assert heard.headers["access-control-allow-origin"] == origin
    assert "origin" in heard.headers["vary"].lower()
    exposed = {name.strip() for name in heard.headers["access-control-expose-headers"].split(",")}
    assert exposed == {"Location", "Retry-After", "Sandbox-Branch", "Sandbox-Exchange", "Sandbox-Now"}
    for path, status in (("/messages", 200), ("/no/such/path", 404), ("/messages?limit=x", 400)):
        heard = wire.ask("mailroom", "GET", path, world=asha.name, headers={"Origin": origin})
        assert (heard.status, heard.headers.get("access-control-allow-origin")) == (status, origin)
    unknown = wire.ask("mailroom", "GET", "/messages", world="no-such-world", headers={"Origin": origin})
    assert (unknown.status, unknown.headers["access-control-allow-origin"]) == (404, origin)


@pytest.mark.parametrize("origin", LOOPBACK_PAGES)
def test_the_control_plane_is_not_even_for_pages_of_loopback(wire, asha, origin):
    for service in ("orchestrator", "cbs"):
        for method, path in (("GET", "clock"), ("OPTIONS", "clock"), ("GET", "personas")):
            headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            heard = wire.ask(service, method, f"/_sandbox/worlds/{asha.name}/{path}", headers=headers)
            assert "access-control-allow-origin" not in heard.headers
            assert "access-control-allow-methods" not in heard.headers
        clock = f"/_sandbox/worlds/{asha.name}/clock"
        heard = wire.ask(service, "POST", clock, {"advance": "PT1H"}, headers={"Origin": origin})
        assert (heard.status, heard.json["code"]) == (403, "not-from-here")


def test_a_page_of_the_sandbox_itself_may_use_the_control_plane(wire, asha):
    for service in ("orchestrator", "cbs"):
        headers = {"Origin": wire.urls["orchestrator"], "Sec-Fetch-Site": "same-site"}
        clock = f"/_sandbox/worlds/{asha.name}/clock"
        heard = wire.ask(service, "POST", clock, {"freeze": True}, headers=headers)
        assert (heard.status, heard.headers["access-control-allow-origin"]) == (200, wire.urls["orchestrator"])


def test_a_preflight_is_answered_for_pages_that_may_ask(wire, asha):
    asked = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,tenant",
        "Access-Control-Request-Private-Network": "true",
    }
    for service, path in [("orchestrator", "/registrations"), ("orchestrator", f"/w/{asha.name}/registrations"),
                          ("cymmetri", "/ciamregsrvc/webRegistration/checkIdentity"), ("cbs", "/none")]:  # fmt: skip
        heard = wire.ask(service, "OPTIONS", path, headers=asked)
        assert (heard.status, heard.raw) == (204, b"")
        assert heard.headers["access-control-allow-origin"] == "http://localhost:3000"
        assert heard.headers["access-control-allow-headers"] == asked["Access-Control-Request-Headers"]
        assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(
            heard.headers["access-control-allow-methods"].split(", ")
        )
        assert heard.headers["access-control-allow-private-network"] == "true"
        assert int(heard.headers["access-control-max-age"]) > 0
        foreign = wire.ask(service, "OPTIONS", path, headers={**asked, "Origin": EVIL})
        assert not any(name.startswith("access-control-") for name in foreign.headers)


def test_names_of_headers_that_are_none_are_not_repeated_to_the_page(wire):
    for names in ("a b", "a\tb", ",", "a,,b", "ä"):
        headers = {"Origin": "http://localhost", "Access-Control-Request-Method": "GET"}
        headers["Access-Control-Request-Headers"] = names.encode("latin-1")  # type: ignore[assignment]
        heard = wire.ask("cbs", "OPTIONS", "/cbs/customers/search", headers=headers)
        assert heard.status == 204
        assert "access-control-allow-headers" not in heard.headers


def test_what_is_no_browser_is_not_asked_where_it_comes_from(post, wire, asha):
    heard = post()
    assert heard.status == 201
    assert "access-control-allow-origin" not in heard.headers
    assert post(Sec_Fetch_Site="none").status == 201
    reading = wire.ask("mailroom", "GET", "/messages", world=asha.name, headers={"Origin": EVIL})
    assert (reading.status, reading.headers.get("access-control-allow-origin")) == (200, None)


@pytest.mark.parametrize("service", SERVICES)
def test_every_answer_of_a_world_carries_its_time(wire, asha, service):
    for path in ("/no/such/path", f"/w/{asha.name}/no/such/path"):
        heard = wire.ask(service, "GET", path, world=asha.name)
        assert (heard.status, instant(heard)) == (404, datetime(2026, 1, 5, 9, tzinfo=UTC))
    assert "sandbox-now" not in wire.ask(service, "GET", "/no/such/path", world="no-such-world").headers


def test_successes_refusals_and_faults_carry_the_world_s_time(wire, asha, post):
    asha.advance("PT90M")
    begin = {"flow": "web", "deviceId": "b", "type": "CIF", "id": "000"}
    answers = [
        post(),
        wire.ask("mailroom", "POST", "/messages", {}, world=asha.name),
        wire.ask("orchestrator", "POST", "/registrations", begin, world=asha.name),
        wire.ask("orchestrator", "GET", "/flows", world=asha.name),
        wire.ask("cymmetri", "GET", "/ciamregsrvc/webRegistration/mfa/list", world=asha.name),
    ]
    asha.fault("mailroom", "GET", "/messages", {"status": 503})
    answers.append(wire.ask("mailroom", "GET", "/messages", world=asha.name))
    assert [answer.status for answer in answers] == [201, 400, 404, 200, 401, 503]
    assert {instant(answer) for answer in answers} == {datetime(2026, 1, 5, 10, 30, tzinfo=UTC)}


def test_a_location_keeps_the_world_s_prefix(wire, asha):
    begin = {"flow": "web", "deviceId": "b", "type": "CIF", "id": asha.personas["Asha"]["cif"]}
    keyed = {"Idempotency-Key": "once"}
    made = wire.ask("orchestrator", "POST", f"/w/{asha.name}/registrations", begin, headers=keyed)
    assert made.headers["location"] == f"/w/{asha.name}/registrations/{made.json['id']}"
    assert wire.ask("orchestrator", "GET", made.headers["location"]).json["id"] == made.json["id"]
    again = wire.ask("orchestrator", "POST", "/registrations", begin, world=asha.name, headers=keyed)
    assert (again.json, again.headers["location"]) == (made.json, f"/registrations/{made.json['id']}")


def test_the_openapi_document_names_the_world_that_it_was_asked_in(wire, asha):
    for prefix in ("", f"/w/{asha.name}"):
        servers = wire.ask("cbs", "GET", f"{prefix}/openapi.json").json["servers"]
        assert servers == [{"url": wire.urls["cbs"] + prefix}]


def test_a_proxy_s_headers_are_not_believed_unasked(wire, asha):
    begin = {"flow": "web", "deviceId": "b", "type": "CIF", "id": asha.personas["Asha"]["cif"]}
    headers = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    made = wire.ask("orchestrator", "POST", "/registrations", begin, world=asha.name, headers=headers)
    assert (made.status, made.headers["location"]) == (201, f"/registrations/{made.json['id']}")
