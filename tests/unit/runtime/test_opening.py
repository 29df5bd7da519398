"""The world ``default`` is made when all services can be reached, however long those started elsewhere take."""

import io
import json
from collections.abc import Callable
from email.message import Message
from urllib.error import HTTPError, URLError

import pytest

from registration_sandbox.runtime import opening
from registration_sandbox.runtime.settings import plan

HOUR = 3_600.0

Refusal = Callable[[], Exception]


class ControlPlane:
    """One whose services come up after a while, on a clock that only waiting moves."""

    def __init__(self, up_after: float, refusal: Refusal) -> None:
        self.now = 0.0
        self.up_after = up_after
        self.refusal = refusal
        self.made: list[str] = []

    def pause(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds

    def ask(self, plan: object, service: str, method: str, path: str, *_: object) -> object:
        if self.now < self.up_after:
            raise self.refusal()
        if method == "PUT":
            self.made.append(path)
        return {"worlds": []}


def refused() -> URLError:
    return URLError("refused")


def problem(status: int, slug: str) -> Refusal:
    said = json.dumps({"type": f"/problems/{slug}"}).encode()
    return lambda: HTTPError("/", status, "", Message(), io.BytesIO(said))


@pytest.fixture
def opens(tmp_path, monkeypatch):
    def opens(up_after: float, refusal: Refusal) -> ControlPlane:
        there = ControlPlane(up_after, refusal)
        monkeypatch.setattr(opening, "_ask", there.ask)
        monkeypatch.setattr(opening, "pause", there.pause)
        monkeypatch.setattr(opening, "monotonic", lambda: there.now)
        opening.make_default_world(plan(data_dir=tmp_path, environment={}))
        return there

    return opens


@pytest.mark.parametrize("refusal", [refused, problem(503, "service-unavailable"), problem(423, "world-locked")])
def test_services_that_take_an_hour_are_waited_for_and_that_is_told_once(opens, caplog, refusal):
    assert opens(HOUR, refusal).made == ["/_sandbox/worlds/default"]
    assert [record.getMessage()[:35] for record in caplog.records] == ["The world default is not made yet, "]


def test_services_that_are_soon_there_are_not_spoken_of(opens, caplog):
    assert opens(opening.ANSWER_LIMIT / 2, refused).now < opening.ANSWER_LIMIT / 2 + 1
    assert not caplog.records


def test_one_that_another_replica_has_made_is_left(opens, caplog):
    assert opens(HOUR, problem(412, "already-there")).made == []
    assert not caplog.records


def test_what_is_refused_for_good_is_not_tried_again(opens, caplog):
    assert opens(HOUR, problem(401, "unauthorized")).now == 0.0
    assert "unauthorized" in caplog.text
