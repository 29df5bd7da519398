"""A sandbox that is started for one use keeps its worlds in files of its own, whatever database the environment names.

With secrets of its own it would else be a replica of the sandbox whose database that is, and do its due work.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from registration_sandbox.gate.places import place_for
from registration_sandbox.runtime import embedded
from registration_sandbox.runtime.embedded import DidNotStart, reach_or_start
from registration_sandbox.testing.shared import shared_sandbox

pytestmark = pytest.mark.thorough

NAMED = {"SANDBOX_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
"""A database that a sandbox cannot even begin with."""


@contextmanager
def played_on() -> Iterator[dict[str, str]]:
    with place_for(None, None) as place:
        yield {"control_plane": place.control_plane, **place.urls}


STARTS: dict[str, Callable[[Path], AbstractContextManager[dict[str, str]]]] = {
    "for a demo, or a test run of one process": lambda _: reach_or_start(None),
    "for the specification": lambda _: played_on(),
    "for a test run of several processes": shared_sandbox,
}


@pytest.mark.parametrize("use", STARTS)
def test_it_starts_beside_the_database_and_says_so(
    use: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in NAMED.items():
        monkeypatch.setenv(name, value)
    embedded.tell_own_files.cache_clear()
    with STARTS[use](tmp_path) as urls:
        assert [world.world for world in Sandbox(urls).worlds()] in ([], ["default"])
    assert capsys.readouterr().err.count("SANDBOX_DATABASE_URL is ignored") == 1


def test_it_takes_a_database_that_it_is_given() -> None:
    with pytest.raises(DidNotStart, match="SANDBOX_DATABASE_URL cannot be used"), reach_or_start(None, NAMED):
        pass
