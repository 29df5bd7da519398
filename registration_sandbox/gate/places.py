"""Where a run is played: a sandbox that is up, or one that is started for it, around the system under test."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from registration_sandbox.gate import admission
from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_file import mistake_in
from registration_sandbox.runtime.embedded import OWN_FILES, free_base_port, running_sandbox, urls_beside
from registration_sandbox.runtime.settings import url_variable
from simulators.kit.services import SERVICES

CONTROL_PLANE = "SANDBOX_URL"


@dataclass(frozen=True)
class Place:
    """A sandbox to play on: its control plane's URL, and every service's by name."""

    control_plane: str
    urls: Mapping[str, str]

    def environment(self) -> dict[str, str]:
        """Return the variables by which a process that plays finds it."""
        return {CONTROL_PLANE: self.control_plane, **{url_variable(name): self.urls[name] for name in SERVICES}}


@contextmanager
def place_for(url: str | None, system: System | None) -> Iterator[Place]:
    """Give the sandbox at a URL, else one that is started for the block; a system under test has its service's place.

    Raises DidNotStart, NotAdmitted, and BadSystem where the sandbox that is up has another system in that place.
    """
    token = os.environ.get("SANDBOX_ADMIN_TOKEN")
    if url:
        _check_place(url, admission.services(url, token), system)
        yield Place(url, {**urls_beside(url), **(system.replaced if system else {})})
        return
    replaced = system.replaced if system else {}
    base_port = free_base_port()
    control_plane = f"http://127.0.0.1:{base_port}"
    environment = {**OWN_FILES, **{url_variable(name): there for name, there in replaced.items()}}
    with running_sandbox(base_port=base_port, environment=environment) as sandbox:
        admission.services(control_plane, token)
        yield Place(control_plane, sandbox.urls)


def place_of(environment: Mapping[str, str]) -> Place:
    """Return the place that an environment names; a service that it leaves out is on its port after the first."""
    control_plane = environment[CONTROL_PLANE]
    return Place(control_plane, urls_beside(control_plane, environment))


def _check_place(url: str, found: Mapping[str, str], system: System | None) -> None:
    if system is None:
        return
    if found.get(system.replaces) == "sandbox":
        setting = f"{url_variable(system.replaces)}={system.url}"
        words = f"the sandbox at {url} has its own {system.replaces}; start it with {setting}"
        raise mistake_in(system, "system.replaces", f"cannot be had: {words}")
    if not system.carries_worlds:
        words = 'is "none", which would replace the world default of a sandbox that is up: leave --url out'
        raise mistake_in(system, "system.isolation", words)
