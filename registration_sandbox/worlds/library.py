"""The scenarios that come with the sandbox."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec.yaml

from registration_sandbox.worlds.mistakes import ScenarioError
from registration_sandbox.worlds.reading import read
from registration_sandbox.worlds.scenario import Scenario
from simulators.kit.errors import SandboxRefusal

ENDING = ".yaml"


def names() -> list[str]:
    """Return the names of all scenarios, in alphabetical order."""
    return sorted(_files())


def load(name: str) -> Scenario:
    """Return a scenario by its name, as its file says now.

    Raises SandboxRefusal (``unknown-scenario``, 404), and ScenarioError when the file is wrong.
    """
    file = _files().get(name)
    if file is None:
        raise _unknown(name)
    place = f"scenarios/{file.name}"
    scenario = read(file.read_text("utf-8"), place)
    if scenario.name != name:
        raise ScenarioError("name", f"is {scenario.name!r}; allowed is: {name}, as the file is called", file=place)
    return scenario


def scenarios() -> list[Scenario]:
    """Return all scenarios, in alphabetical order. Raises ScenarioError when a file is wrong."""
    return [load(name) for name in names()]


def personas_by_description() -> dict[str, dict[str, Any]]:
    """Return the personas that say who they are, by those words, each as its file writes it, without the name.

    What a file leaves out is left out here too, so that two of them can be laid over each other.
    """
    written = (msgspec.yaml.decode(file.read_text("utf-8")) for _, file in sorted(_files().items()))
    told = (persona for scenario in written for persona in scenario.get("personas", []) if "about" in persona)
    return {persona["about"]: {k: v for k, v in persona.items() if k not in ("name", "about")} for persona in told}


def _files() -> dict[str, Traversable]:
    return {file.name.removesuffix(ENDING): file for file in _directory().iterdir() if file.name.endswith(ENDING)}


@cache
def _directory() -> Traversable:
    return files("scenarios")


def _unknown(name: str) -> SandboxRefusal:
    near = get_close_matches(name, names(), n=3, cutoff=0.4)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return SandboxRefusal(
        "unknown-scenario",
        404,
        f"There is no scenario {name!r}.{hint} There are: {', '.join(names())}.",
        field="scenario",
        details={"near": near},
    )
