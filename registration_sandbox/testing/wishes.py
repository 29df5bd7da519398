"""The world that a test wants, as its marks say, and what is told of it when the test fails."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from registration_sandbox.client import Exchange, Unexpected, World
from simulators.kit.printable import escape_controls
from simulators.kit.world_names import DEFAULT

MARK = "sandbox"
LAST_EXCHANGES = 15
LONGEST_SLUG = 40


@dataclass(frozen=True)
class Wish:
    """A world that a test wants; the same test gets the same ``seed`` in every run."""

    world: str
    scenario: str | Mapping[str, Any]
    seed: int | str
    policies: Mapping[str, Any] | None


def wish_of(node: pytest.Item) -> Wish:
    """Return the world that a test's marks ask for; the nearest one counts. Fails a test with a bad mark."""
    asked: dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers(MARK))):
        try:
            asked |= _read(*mark.args, **mark.kwargs)
        except TypeError as error:
            words = str(error).removeprefix("_read() ")
            pytest.fail(f"@pytest.mark.{MARK}: {words}. It takes scenario, seed and policies.", pytrace=False)
    return Wish(
        world=f"{_slug(node.name)}-{secrets.token_hex(4)}",
        scenario=asked.get("scenario", DEFAULT),
        seed=asked.get("seed", stable_seed(node.nodeid)),
        policies=asked.get("policies"),
    )


def stable_seed(text: str) -> int:
    """Return the same seed for the same text, on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def describe_world(world: World, wish: Wish) -> tuple[str, str]:
    """Return the title and the text of the section that a failing test's report has about its world."""
    of = wish.scenario if isinstance(wish.scenario, str) else "a scenario of the test's own"
    lines = [f"World {world.id} of {of}, seed {wish.seed!r}. The last exchanges in it:"]
    try:
        lines += [format_line(exchange) for exchange in world.journal(limit=LAST_EXCHANGES)]
    except Unexpected as error:
        lines.append(f"  The journal cannot be had: {error}")
    return "registration sandbox", "\n".join(map(escape_controls, lines))


def format_line(exchange: Exchange) -> str:
    """Return an exchange as one line: who asked whom for what, and the answer's status and branches."""
    who = f"{exchange.caller} → {exchange.service}"
    answer = " ".join([str(exchange.status or ""), *exchange.branches])
    return f"  {who:<28} {exchange.method:<6} {exchange.path}  {answer}".rstrip()


def _read(scenario: Any = None, *, seed: Any = None, policies: Any = None) -> dict[str, Any]:
    given = {"scenario": scenario, "seed": seed, "policies": policies}
    return {name: value for name, value in given.items() if value is not None}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "test"
