"""Ports for sandboxes that are started at the same time."""

import subprocess
import sys

import pytest

from registration_sandbox.runtime import embedded
from simulators.kit.services import SERVICES

BLOCKS = 48
ASKED = BLOCKS // 4
FEW = embedded.FREE_PORTS[1000 : 1000 + BLOCKS]

ANOTHER = f"""
from registration_sandbox.runtime import embedded
embedded.FREE_PORTS = {FEW!r}
print(*[embedded.free_base_port() for _ in range({ASKED})], flush=True)
input()
"""


@pytest.fixture(autouse=True)
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "FREE_PORTS", FEW)


def ports_from(bases: list[int]) -> set[int]:
    return {base + number for base in bases for number in range(len(SERVICES))}


def test_no_port_is_given_again_to_one_who_asks_before_the_first_one_listens() -> None:
    given = [embedded.free_base_port() for _ in range(ASKED)]
    assert len(ports_from(given)) == len(given) * len(SERVICES)


def test_no_port_is_given_to_one_process_that_another_was_given() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as another:
        assert another.stdout
        theirs = [int(base) for base in another.stdout.readline().split()]
        ours = [embedded.free_base_port() for _ in range(ASKED)]
        another.communicate("\n")
    assert len(theirs) == ASKED
    assert not ports_from(theirs) & ports_from(ours)
