"""When something that answers in a service's place is a real system, and when the service is just down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from registration_sandbox.control_plane import external
from simulators.kit.errors import SandboxRefusal
from simulators.kit.wire.client import Reply, UpstreamFailure
from simulators.kit.work import Service
from tests.conftest import settings_in

pytestmark = pytest.mark.slow


HEALTHY = {"service": "cymmetri", "status": "ok", "version": "1"}


@dataclass
class Answering:
    """Stands in for the client: answers every question for health alike."""

    reply: Reply | UpstreamFailure
    asked: list[str] = field(default_factory=list)

    def send(self, service: str, method: str, path: str) -> Reply:
        self.asked.append(f"{service} {method} {path}")
        if isinstance(self.reply, UpstreamFailure):
            raise self.reply
        return self.reply


def says(status: int, body: dict[str, Any] | None = None) -> Reply:
    return Reply("cymmetri", status, body or {}, {})


@pytest.fixture
def place(tmp_path: Path) -> Callable[..., tuple[Service, Answering]]:
    """Make an orchestrator whose Cymmetri is set from outside, and answers as given."""

    def make(reply: Reply | UpstreamFailure, *set_from_outside: str) -> tuple[Service, Answering]:
        answering = Answering(reply)
        settings = settings_in(tmp_path, outside=frozenset(set_from_outside or ("cymmetri",)))
        found = SimpleNamespace(name="orchestrator", settings=settings, client=answering)
        return cast(Service, found), answering

    return make


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    external._sandboxes.clear()
    external._outside_until.clear()


@pytest.mark.parametrize(
    "reply",
    [
        says(404), says(401), says(302), says(200, {"status": "UP"}), says(404, HEALTHY),
        UpstreamFailure("cymmetri", "answered 200 with a body that is no JSON object", says(200)),
    ],
)  # fmt: skip
def test_what_answers_for_its_health_as_no_sandbox_does_is_a_real_system(place: Any, reply: Any) -> None:
    service, _ = place(reply)
    assert external.list_external(service) == ("cymmetri",)
    assert external.describe_service(service, "cymmetri").state == "outside"


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (UpstreamFailure("cymmetri", "could not be reached"), "could not be reached"),
        (UpstreamFailure("cymmetri", "garbage", says(502)), "answered 502"),
        (says(503, HEALTHY), "answered 503"),
        (says(429), "answered 429"),
        (says(200, {**HEALTHY, "service": "cbs"}), "is cbs"),
    ],
)
def test_what_is_down_or_in_the_wrong_place_is_unavailable(place: Any, reply: Any, words: str) -> None:
    service, _ = place(reply)
    with pytest.raises(SandboxRefusal, match=words) as refused:
        external.list_external(service)
    assert (refused.value.status, refused.value.code) == (503, "service-unavailable")
    told = external.describe_service(service, "cymmetri")
    assert told.state == "unavailable"
    assert words in told.detail


def test_another_sandbox_s_service_is_inside_and_asked_once(place: Any) -> None:
    service, answering = place(says(200, HEALTHY))
    for _ in range(3):
        assert not external.is_external(service, "cymmetri", refresh=True)
    assert answering.asked == ["cymmetri GET /_sandbox/health"]


def test_a_service_that_no_setting_puts_elsewhere_is_never_taken_for_a_real_system(place: Any) -> None:
    service, answering = place(says(404), "tsg")
    assert not external.is_external(service, "cymmetri")
    assert answering.asked == []
    assert external.describe_service(service, "cymmetri").state == "unavailable"


def test_a_real_system_is_remembered_for_a_while_but_asked_again_when_a_world_is_made(place: Any) -> None:
    service, answering = place(says(404))
    for _ in range(3):
        assert external.is_external(service, "cymmetri")
    assert len(answering.asked) == 1
    answering.reply = says(200, HEALTHY)
    assert external.is_external(service, "cymmetri")
    assert not external.is_external(service, "cymmetri", refresh=True)
    assert not external.is_external(service, "cymmetri")
