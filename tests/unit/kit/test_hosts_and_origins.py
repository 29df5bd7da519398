"""Which hosts and origins settings let in, beside those of loopback."""

from types import SimpleNamespace

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from registration_sandbox.runtime.settings import plan
from registration_sandbox.runtime.values import BadSetting
from simulators.cbs.app import create_app
from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults.connection import SOCKET
from simulators.kit.web.hosts import check_host
from tests.conftest import settings_in

HEALTH = "/_sandbox/health"
SEARCH = "/cbs/customers/search"
TOKEN = "a-long-admin-token"
APP = "https://app.example.com"


@pytest.fixture
def client(tmp_path):
    """Make a service's client, by settings."""
    return lambda **changed: create_app(settings_in(tmp_path, **changed)).test_client()


@pytest.mark.parametrize(
    ("allowed", "host", "status"),
    [
        (("sandbox.example.com",), "sandbox.example.com", 200),
        (("sandbox.example.com",), "SANDBOX.example.com:443", 200),
        (("sandbox.example.com",), "other.example.com", 421),
        (("sandbox.example.com",), "sandbox.example.com.evil.example", 421),
        (("*.example.com",), "sandbox.example.com", 200),
        (("*.example.com",), "a.b.example.com", 200),
        (("*.example.com",), "example.com", 421),
        (("*.example.com",), "evilexample.com", 421),
        (("*",), "anything.example", 200),
        (("192.0.2.1",), "192.0.2.1:8800", 200),
        (("2001:db8::1",), "[2001:db8::1]:8800", 200),
        ((), "cymmetri", 200),
        ((), "cymmetri:8801", 200),
        ((), "cymmetri.evil.example", 421),
    ],
)
def test_hosts_are_those_of_the_settings_and_of_the_services_urls(client, allowed, host, status):
    urls = {"cymmetri": "http://cymmetri:8801", "cbs": "http://127.0.0.1:8802"}
    answer = client(allowed_hosts=allowed, urls=urls).get(HEALTH, headers={"Host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("local", "host", "known"),
    [
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.3:8802", True),
        ("fd00::7", "[fd00::7]:8802", True),
        ("10.1.2.3", "10.1.2.4", False),
        ("10.1.2.3", "ten.example", False),
    ],
)
def test_the_address_that_a_connection_came_in_at_is_ours(tmp_path, local, host, known):
    environ = EnvironBuilder(headers={"Host": host}).get_environ()
    environ[SOCKET] = SimpleNamespace(getsockname=lambda: (local, 8802))
    if known:
        check_host(Request(environ), settings_in(tmp_path))
    else:
        with pytest.raises(SandboxRefusal):
            check_host(Request(environ), settings_in(tmp_path))


@pytest.mark.parametrize(
    ("origins", "origin", "status"),
    [
        ((APP,), APP, 404),
        ((APP,), APP.upper(), 404),
        ((APP,), f"{APP}:8443", 403),
        ((APP,), "http://app.example.com", 403),
        ((APP,), "https://app.example.com.evil.example", 403),
        (("*",), "https://anything.example", 404),
        (("*",), "null", 404),
        ((), APP, 403),
        ((), "http://localhost:1", 404),
    ],
)
def test_a_setting_lets_further_origins_write(client, origins, origin, status):
    answer = client(cors_origins=origins).post(SEARCH, json={"cif": "1"}, headers={"Origin": origin})
    assert answer.status_code == status, "404: it was let in, and the world is unknown"
    assert answer.headers.get("Access-Control-Allow-Origin") == (origin if status == 404 else None)


@pytest.mark.parametrize("origin", [APP, "http://localhost:3000"])
def test_an_admin_token_opens_the_control_plane_to_allowed_origins(client, origin):
    open_to_them = client(cors_origins=(APP,), admin_token=TOKEN)
    preflight = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
    answer = open_to_them.options("/_sandbox/worlds/x", headers=preflight)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, origin)
    headers = {"Origin": origin, "Authorization": f"Bearer {TOKEN}"}
    assert open_to_them.put("/_sandbox/worlds/x", json={}, headers=headers).status_code == 201
    assert open_to_them.put("/_sandbox/worlds/x", json={}, headers={"Origin": origin}).status_code == 401
    foreign = {**headers, "Origin": "https://evil.example"}
    assert open_to_them.put("/_sandbox/worlds/x", json={}, headers=foreign).status_code == 403


def test_without_an_admin_token_not_even_an_allowed_origin_reaches_the_control_plane(client):
    closed = client(cors_origins=(APP, "*"))
    for headers in ({"Origin": APP}, {"Origin": "http://localhost:3000"}):
        assert closed.put("/_sandbox/worlds/x", json={}, headers=headers).status_code == 403
        assert "Access-Control-Allow-Origin" not in closed.get(HEALTH, headers=headers).headers


def test_a_real_system_s_pages_are_not_ours(client):
    urls = {"cymmetri": "https://real.example", "cbs": "http://127.0.0.1:8802"}
    outside = client(urls=urls, outside=frozenset({"cymmetri"}))
    headers = {"Origin": "https://real.example"}
    assert outside.put("/_sandbox/worlds/x", json={}, headers=headers).status_code == 403
    inside = client(urls=urls)
    assert inside.put("/_sandbox/worlds/x", json={}, headers=headers).status_code == 201


FORWARDED = {
    "X-Forwarded-Host": "sandbox.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/bank",
    "X-Forwarded-For": "203.0.113.7",
}  # fmt: skip


def test_a_trusted_proxy_says_by_which_host_and_prefix_it_is_asked(client):
    behind = client(trusted_proxies=1, allowed_hosts=("sandbox.example.com",))
    answer = behind.get("/w/default/openapi.json", headers=FORWARDED)
    assert answer.get_json()["servers"][0]["url"].endswith("/bank/w/default")
    assert behind.get(HEALTH, headers={**FORWARDED, "X-Forwarded-Host": "evil.example"}).status_code == 421


def test_a_proxy_that_is_not_trusted_is_not_heard(client):
    answer = client().get("/w/default/openapi.json", headers=FORWARDED)
    assert answer.get_json()["servers"][0]["url"].endswith(":11/w/default")
    assert client().get(HEALTH, headers={"X-Forwarded-Host": "evil.example"}).status_code == 200


def settings_of(tmp_path, **environment):
    return plan(data_dir=tmp_path, environment=environment).settings


def test_hosts_origins_and_proxies_are_read_from_the_environment(tmp_path):
    found = settings_of(
        tmp_path, SANDBOX_HOST="sandbox.local", SANDBOX_ADMIN_TOKEN=TOKEN, SANDBOX_TRUST_FORWARDED="2",
        SANDBOX_ALLOWED_HOSTS="A.example , *.b.example", SANDBOX_CORS_ORIGINS="https://App.example.com,http://x:1",
    )  # fmt: skip
    assert found.allowed_hosts == ("sandbox.local", "a.example", "*.b.example")
    assert found.cors_origins == (APP, "http://x:1")
    assert found.trusted_proxies == 2
    plain = settings_of(tmp_path)
    assert (plain.cors_origins, plain.trusted_proxies) == ((), 0)


def test_an_address_that_is_every_address_is_the_name_of_none(tmp_path):
    found = settings_of(tmp_path, SANDBOX_HOST="0.0.0.0", SANDBOX_ADMIN_TOKEN=TOKEN)
    assert "0.0.0.0" not in found.allowed_hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANDBOX_ALLOWED_HOSTS", "http://a.example"),
        ("SANDBOX_ALLOWED_HOSTS", "a.example/x"),
        ("SANDBOX_ALLOWED_HOSTS", "*a.example"),
        ("SANDBOX_CORS_ORIGINS", "a.example"),
        ("SANDBOX_CORS_ORIGINS", "https://a.example/"),
        ("SANDBOX_CORS_ORIGINS", "https://*.example"),
        ("SANDBOX_TRUST_FORWARDED", "yes"),
        ("SANDBOX_TRUST_FORWARDED", "11"),
    ],
)
def test_a_setting_that_cannot_be_one_is_refused_by_its_name(tmp_path, name, value):
    with pytest.raises(BadSetting, match=name):
        settings_of(tmp_path, **{name: value})
