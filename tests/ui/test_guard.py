"""Who may see the console, and who may change things by it."""

import re
from pathlib import Path

import pytest
from werkzeug.test import Client

from registration_sandbox.control_plane.front import Front
from tests.conftest import settings_in

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


ADMIN = "a-long-admin-token"
PAGE = "/console/w/nowhere"
"""A page that is reached, though its world is unknown."""

REACHED, TO_LOG_IN, LOGGED_OUT, NOT_FROM_HERE, NO_SUCH_METHOD, NOT_OURS = 404, 303, 401, 403, 405, 421
LOCAL = "http://127.0.0.1:8800"


@pytest.fixture
def open_app(tmp_path: Path) -> Front:
    return Front(settings_in(tmp_path))


@pytest.fixture
def guarded_app(tmp_path: Path) -> Front:
    return Front(settings_in(tmp_path, admin_token=ADMIN))


def token_on(client: Client, path: str, **more: str) -> str:
    """Return the token that the forms of a page carry."""
    page = client.get(path, base_url=LOCAL, **more).text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def logged_in(app: Front) -> Client:
    client = Client(app)
    form = {"token": token_on(client, "/console/log-in"), "admin_token": ADMIN}
    assert client.post("/console/log-in", data=form, base_url=LOCAL).status_code == TO_LOG_IN
    return client


def test_nothing_but_the_log_in_is_readable_without_the_admin_token(guarded_app: Front) -> None:
    client = Client(guarded_app)
    rules = [rule.rule for rule in guarded_app.console.url_map.iter_rules()]
    assert len(rules) > 30
    for rule in rules:
        path = re.sub("<[^>]+>", "x", rule)
        if rule == "/console/log-in" or rule.startswith("/console/assets/"):
            continue
        answer = client.get(path, base_url=LOCAL)
        assert answer.status_code in (TO_LOG_IN, NO_SUCH_METHOD), path
        if answer.status_code == TO_LOG_IN:
            assert answer.headers["Location"].startswith("/console/log-in")
        by_script = client.get(path, base_url=LOCAL, headers={"HX-Request": "true"})
        assert by_script.status_code in (LOGGED_OUT, NO_SUCH_METHOD)


def test_the_admin_token_opens_the_console_and_logging_out_closes_it(guarded_app: Front) -> None:
    client = logged_in(guarded_app)
    assert client.get(PAGE, base_url=LOCAL).status_code == REACHED
    form = {"token": token_on(client, "/console/log-in")}
    client.post("/console/log-out", data=form, base_url=LOCAL)
    assert client.get(PAGE, base_url=LOCAL).status_code == TO_LOG_IN


def test_a_wrong_admin_token_opens_nothing(guarded_app: Front) -> None:
    client = Client(guarded_app)
    form = {"token": token_on(client, "/console/log-in"), "admin_token": "guessed"}
    assert client.post("/console/log-in", data=form, base_url=LOCAL).status_code == LOGGED_OUT
    assert client.get(PAGE, base_url=LOCAL).status_code == TO_LOG_IN


def test_a_session_of_an_admin_token_that_was_changed_is_over(guarded_app: Front, tmp_path: Path) -> None:
    client = logged_in(guarded_app)
    cookie = client.get_cookie("sandbox-console-16", domain="127.0.0.1", path="/console")
    assert cookie is not None
    other = Client(Front(settings_in(tmp_path / "other", admin_token="another-token")))
    other.set_cookie(cookie.key, cookie.value, domain="127.0.0.1", path="/console")
    assert other.get(PAGE, base_url=LOCAL).status_code == TO_LOG_IN


def test_the_admin_token_is_taken_as_a_bearer_token_too(guarded_app: Front) -> None:
    headers = {"Authorization": f"Bearer {ADMIN}"}
    assert Client(guarded_app).get(PAGE, base_url=LOCAL, headers=headers).status_code == REACHED


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/console/\\evil"])
def test_the_log_in_leads_nowhere_else(guarded_app: Front, there: str) -> None:
    client = Client(guarded_app)
    form = {"token": token_on(client, "/console/log-in"), "admin_token": ADMIN, "next": there}
    answer = client.post("/console/log-in", data=form, base_url=LOCAL)
    assert answer.headers["Location"] == "/console/w/default"


def test_the_session_is_kept_from_scripts_and_from_other_sites(guarded_app: Front) -> None:
    cookie = Client(guarded_app).get("/console/log-in", base_url=LOCAL).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/console" in cookie


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_a_change_that_another_site_asks_for_is_refused(guarded_app: Front, headers: dict[str, str]) -> None:
    client = logged_in(guarded_app)
    form = {"token": token_on(client, "/console/log-in")}
    answer = client.post(f"{PAGE}/control/reset", data=form, base_url=LOCAL, headers=headers)
    assert answer.status_code == NOT_FROM_HERE


@pytest.mark.parametrize("token", [None, "", "made-up"])
def test_a_change_without_the_session_s_own_token_is_refused(open_app: Front, token: str | None) -> None:
    client = Client(open_app)
    form = {} if token is None else {"token": token}
    for path in ("control/reset", "control/delete", "control/clock", "control/faults", "play/Asha/site/check-identity"):
        assert client.post(f"{PAGE}/{path}", data=form, base_url=LOCAL).status_code == NOT_FROM_HERE


def test_a_name_that_is_not_this_sandbox_s_is_refused(open_app: Front) -> None:
    client = Client(open_app)
    for own in ("http://127.0.0.1:8800", "http://localhost:1234", "http://[::1]:8800"):
        assert client.get(PAGE, base_url=own).status_code == REACHED
    assert client.get(PAGE, base_url="http://rebound.example:8800").status_code == NOT_OURS


def test_every_page_forbids_what_is_not_the_console_s_own(open_app: Front) -> None:
    for path in ("/", PAGE, "/console/nowhere", "/console/log-in"):
        headers = Client(open_app).get(path, base_url=LOCAL).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_kept_by_nobody_and_assets_by_everybody(open_app: Front) -> None:
    client = Client(open_app)
    page = client.get(PAGE, base_url=LOCAL)
    assert page.headers["Cache-Control"] == "no-store"
    for asset in set(re.findall(r'(?:src|href)="(/console/assets/[^"]+)"', page.text)):
        answer = client.get(asset, base_url=LOCAL)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["console/../guard.py", "console/guard.py", "nowhere/x.css", "console/none.css"])
def test_no_other_file_is_an_asset(open_app: Front, name: str) -> None:
    assert Client(open_app).get(f"/console/assets/0/{name}", base_url=LOCAL).status_code == 404


def test_the_console_leaves_the_api_s_errors_as_they_are(open_app: Front) -> None:
    answer = Client(open_app).get("/nowhere", base_url=LOCAL)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_the_root_of_a_world_leads_to_its_console(open_app: Front) -> None:
    client = Client(open_app)
    assert client.get("/", base_url=LOCAL).headers["Location"] == "/console/w/default"
    assert client.get("/w/team-a/", base_url=LOCAL).headers["Location"] == "/console/w/team-a"
