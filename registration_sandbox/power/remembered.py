"""Which scenario caught each planted bug when it was last tried: it is played first the next time.

Kept beside the catalogue, because most of the time of a trial goes into scenarios that do not see the bug.
"""

import json
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from registration_sandbox.gate.suite import Planned
from registration_sandbox.power.bugs import load_bugs
from registration_sandbox.power.outcomes import Outcome

FILE = Path(__file__).with_name("caught_by.toml")


@cache
def load() -> dict[str, str]:
    """Return by the name of each bug that was caught the scenario that caught it, as ``identify`` spells it."""
    found: dict[str, str] = tomllib.loads(FILE.read_text("utf-8"))
    return found


def identify(one: Planned) -> str:
    """Return what a scenario is known by: its feature's file and its title, which stay when lines are added."""
    return f"{one.location.rpartition(':')[0]}: {one.scenario.name}"


def keep(outcomes: Iterable[Outcome], scenarios: Sequence[Planned]) -> None:
    """Remember what caught these bugs, beside what caught the others of the catalogue. Raises OSError."""
    titles = {one.location: identify(one) for one in scenarios}
    by_scenario = (each for each in outcomes if each.killed and each.killed_by[0] in titles)
    caught = load() | {each.name: titles[each.killed_by[0]] for each in by_scenario}
    lines = [f"{name} = {json.dumps(caught[name], ensure_ascii=False)}\n" for name in load_bugs() if name in caught]
    FILE.write_text("".join(lines), "utf-8")
    load.cache_clear()
