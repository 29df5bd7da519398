"""A whole running sandbox: found by its URL or started, asked for its worlds, and given new ones."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from registration_sandbox.client.errors import Unexpected
from registration_sandbox.client.wire import CONTROL, Wire
from registration_sandbox.client.world import Scenario, World
from registration_sandbox.control_plane.views import (
    ScenarioList,
    ScenarioView,
    ServiceList,
    ServiceView,
    WorldList,
    WorldView,
)
from registration_sandbox.runtime.embedded import DidNotStart, reach_or_start, urls_beside
from simulators.kit.world_names import DEFAULT


class Sandbox:
    """A running sandbox. ``urls`` are its services' by name."""

    def __init__(self, urls: Mapping[str, str], *, admin_token: str | None = None) -> None:
        self.urls = dict(urls)
        self._admin_token = admin_token
        self._wire = Wire(urls, DEFAULT, admin_token)

    @classmethod
    def at(cls, url: str, *, admin_token: str | None = None) -> Self:
        """Return the sandbox whose control plane's URL this is; the services listen on the ports from it on."""
        return cls(urls_beside(url), admin_token=admin_token)

    @classmethod
    @contextmanager
    def started(cls, url: str | None = None, *, environment: Mapping[str, str] | None = None) -> Iterator[Self]:
        """Start a sandbox on free ports and stop it at the end of the block, unless a running one's URL is given.

        ``environment`` is laid over this process's for the one that is started.
        Raises Unexpected when it does not start, with what it said.
        """
        try:
            with reach_or_start(url, environment) as urls:
                yield cls(urls)
        except DidNotStart as error:
            raise Unexpected(str(error)) from error

    def worlds(self) -> list[WorldView]:
        """Return every world, oldest first."""
        return self._wire.ask(WorldList, CONTROL, "GET", "/_sandbox/worlds").worlds

    def scenarios(self) -> list[ScenarioView]:
        """Return the scenarios that can be loaded, by name."""
        return self._wire.ask(ScenarioList, CONTROL, "GET", "/_sandbox/scenarios").scenarios

    def services(self) -> list[ServiceView]:
        """Return every service: the sandbox's, a real system outside of it, or unavailable."""
        return self._wire.ask(ServiceList, CONTROL, "GET", "/_sandbox/services").services

    def credentials(self) -> dict[str, str]:
        """Return the credentials that your own middleware needs, by the settings' names."""
        return self._wire.call(CONTROL, "GET", "/_sandbox/credentials")

    def world(self, id: str) -> World:
        """Return a world by its name, there or not."""
        return World(self.urls, id, self._admin_token)

    def make(
        self,
        scenario: Scenario = DEFAULT,
        *,
        world: str | None = None,
        seed: int | str | None = None,
        policies: Mapping[str, Any] | None = None,
    ) -> World:
        """Make a world, with a name of its own unless one is given; use it in ``with`` to have it deleted at the end.

        Raises Refused, with the field that is wrong.
        """
        return self.world(world or f"w-{secrets.token_hex(8)}").make(scenario, seed=seed, policies=policies)
