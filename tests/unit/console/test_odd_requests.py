"""What the console says to requests that no page of it makes, and while its store cannot do its work."""

import re
from collections.abc import Iterator
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from registration_sandbox.console import urls
from registration_sandbox.console.app import create_app
from registration_sandbox.console.journal_filters import FIELDS, make_filter
from simulators.kit.store.connections import Connections
from simulators.kit.store.failures import StoreFailure, Trouble
from tests.support.house import House


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A bank that no request of this module changes: all are refused."""
    url = request.getfixturevalue("make_database")() if request.param == "postgres" else None
    made = House(tmp_path_factory.mktemp("house"), database_url=url)
    made.make("default", {"personas": []})
    yield made
    made.close()


@pytest.fixture
def client(house: House) -> FlaskClient:
    return create_app(house.control_plane).test_client()


@pytest.fixture
def token(client: FlaskClient) -> str:
    """The token that the console's forms carry."""
    found = re.search('name="token" value="([^"]+)"', client.get("/console/w/default/control").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("w/default?undo=%00", "undo must not"),
        ("w/default/journal?path=%00", "path must not"),
        ("w/default/journal?a%00b=1", "ab must not"),
        ("w/default/exchanges/%00", "The address must not"),
        ("w/%00", "The address must not"),
        ("no/such/page%00?undo=%00", "The address must not"),
    ],
)
def test_a_nul_in_an_address_is_refused(client: FlaskClient, path: str, named: str) -> None:
    answer = client.get(f"/console/{path}")
    assert (answer.status_code, f"{named} contain a NUL character" in answer.text) == (400, True), answer.text


@pytest.mark.parametrize(("path", "form"), [("undo/%00", {}), ("worlds", {"scenario": "\0"}), ("worlds", {"\0": ""})])
def test_a_nul_in_a_form_is_refused(client: FlaskClient, token: str, path: str, form: dict[str, str]) -> None:
    answer = client.post(f"/console/{path}", data={"token": token, **form})
    assert (answer.status_code, "must not contain a NUL character" in answer.text) == (400, True), answer.text


@pytest.mark.parametrize("origin", ["http://[", "http://" + "x" * 5000, "null"])
def test_a_form_of_an_origin_that_is_none_is_refused(client: FlaskClient, token: str, origin: str) -> None:
    answer = client.post("/console/worlds", data={"token": token, "name": "other"}, headers={"Origin": origin})
    assert (answer.status_code, "Load it again" in answer.text) == (403, True), answer.text


@pytest.mark.parametrize("after", ["2026-01-05T09:00:00", "2026-01-05+09:00:00", "2026-01-05"])
def test_an_instant_without_a_zone_is_one_of_utc(after: str) -> None:
    chosen = make_filter({**dict.fromkeys(FIELDS, ""), "after": after}, [], [])
    assert chosen.after is not None
    assert chosen.after.utcoffset() is not None


@pytest.mark.parametrize("page", ["/console/\n", "/console/\r\nX-Y: z", "/console/\0", "/console/\x1b[2J"])
def test_a_page_to_go_on_to_has_no_control_characters(page: str) -> None:
    assert urls.own_page(page) == ""
    assert urls.own_page("/console/w/a/play/Zoë") == "/console/w/a/play/Zoë"


@pytest.mark.parametrize("advance", ["zzz", "P1Y", "²", "[" * 2000, "P" + "9" * 5000 + "D"])
def test_a_time_that_is_none_is_refused(client: FlaskClient, token: str, advance: str) -> None:
    for path in ("control/clock", "play/Asha/time"):
        answer = client.post(f"/console/w/default/{path}", data={"token": token, "advance": advance})
        assert (answer.status_code, "duration" in answer.text) == (400, True), answer.text
    answer = client.post("/console/w/default/control/clock", data={"token": token, "set": advance})
    assert (answer.status_code, "Give a duration as in PT5M, or a date and a time." in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("times", "zzz", "must be a whole number"),
        ("times", "²", "must be a whole number"),
        ("times", "9" * 5000, "must be a whole number"),
        ("times", "0", "times"),
        ("effect", "zzz", "must be JSON"),
        ("effect", "²", "must be JSON"),
        ("effect", "[" * 2000, "must be JSON"),
        ("effect", '{"a":' * 2000, "must be JSON"),
        ("effect", "P1Y", "must be JSON"),
    ],
)
def test_a_fault_that_is_none_is_refused(client: FlaskClient, token: str, field: str, value: str, told: str) -> None:
    form = {"token": token, "service": "cbs", "effect": '{"reset": true}', field: value}
    answer = client.post("/console/w/default/control/faults", data=form)
    assert (answer.status_code, told in answer.text) == (400, True), answer.text


@pytest.mark.parametrize("policy", ["cymmetri." + "a." * 5000, "zzz", "²", "cymmetri.\n", ".", ""])
@pytest.mark.parametrize("value", ["[" * 2000, "²", "1", '{"a":' * 2000])
def test_a_policy_that_is_none_is_refused(client: FlaskClient, token: str, policy: str, value: str) -> None:
    form = {"token": token, "policy": policy, "value": value}
    assert client.post("/console/w/default/control/policies", data=form).status_code == 400


@pytest.fixture(params=[Trouble.UNREACHABLE, Trouble.FULL])
def trouble(request: pytest.FixtureRequest, token: str, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    """A store that cannot be reached at all, or one that can only be read, once the console was looked at."""
    assert token

    def fail(*_: object) -> NoReturn:
        raise StoreFailure(request.param, "the database")

    monkeypatch.setattr(Connections, "begin", fail)
    if request.param is Trouble.UNREACHABLE:
        monkeypatch.setattr(Connections, "read", fail)
    found: Trouble = request.param
    return found


def test_a_store_that_fails_is_told_with_what_to_do(client: FlaskClient, token: str, trouble: Trouble) -> None:
    answers = [client.post("/console/worlds", data={"token": token, "name": "other"})]
    if trouble is Trouble.UNREACHABLE:
        answers += [client.get(f"/console/w/default{path}") for path in ("", "/journal", "/control", "/events")]
    for answer in answers:
        assert (answer.status_code, trouble.advice in answer.text) == (503, True), answer.text
        assert answer.headers["Retry-After"] == "5"


def test_what_is_not_there_is_told_while_the_store_cannot_be_reached(client: FlaskClient, trouble: Trouble) -> None:
    del trouble
    assert client.get("/console/no/such/page").status_code == 404
