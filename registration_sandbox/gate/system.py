"""The system under test: what stands in place of one of the services, or in front of them."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from registration_sandbox.drivers.protocols import NotTried
from simulators.kit.services import spec_of

OTHERS = frozenset({"person", "browser", "cli", "control_plane", "cbs", "tsg", "mailroom", "handset"})
"""Who asks in a journal and is not the bank: people, those who look on, and the systems that the bank asks.

Who is no fake and no person of a scenario is the system under test, by whatever name it calls itself.
"""

Isolation = Literal["baggage", "none"]
ClockKind = Literal["header", "hook", "machine"]

IN_FRONT = "none"
"""What a system replaces that stands in front of the services, as a web site does."""

Text = Annotated[str, Meta(min_length=1)]


class SystemSettings(Struct, forbid_unknown_fields=True):
    """The table ``[system]`` of a system's file."""

    name: Text
    replaces: Text
    url: Text | None = None
    driver: Text = "channel"
    health: Text | None = None
    command: Annotated[list[Text], Meta(min_length=1)] | None = None
    isolation: Isolation = "baggage"
    clock: ClockKind = "machine"
    clock_url: Text | None = None


class ClaimSettings(Struct, forbid_unknown_fields=True):
    """The table ``[claims]``: what the system is tried on. Left out, it is tried on everything."""

    flows: list[str] = []
    branches: list[str] = []
    exceptions: Annotated[dict[str, Text], Meta(description="branches, each with the reason")] = msgspec.field(
        default_factory=dict, name="except"
    )


class System(Struct, frozen=True):
    """A system under test. ``replaces`` is the service in whose place it stands.

    ``clock`` is ``world`` for what is the sandbox's own: it goes by the world's clock like every fake. ``policies`` are
    the system's own, of the service that it replaces; ``file`` is where all this was read.
    """

    name: str
    replaces: str
    url: str
    driver: str = "channel"
    isolation: Isolation = "baggage"
    clock: ClockKind | Literal["world"] = "world"
    clock_url: str | None = None
    health: str | None = None
    command: list[str] | None = None
    policies: dict[str, Any] = {}
    claims: ClaimSettings = msgspec.field(default_factory=ClaimSettings)
    file: str = ""

    @property
    def carries_worlds(self) -> bool:
        """Whether scenarios can run side by side, each in a world of its own."""
        return self.isolation == "baggage"

    @property
    def is_external(self) -> bool:
        """Whether it is no part of the sandbox, so that nobody knows when it is done."""
        return self.clock != "world"

    @property
    def is_middleware(self) -> bool:
        return self.replaces == "orchestrator"

    @property
    def has_real_time(self) -> bool:
        return self.clock == "machine"

    @property
    def replaced(self) -> dict[str, str]:
        """The service that it replaces, with its URL; none where it stands in front."""
        return {} if self.replaces == IN_FRONT else {self.replaces: self.url}

    def beside(self, url: str) -> "System":
        """Return the system with a sandbox's own URL where it has none: it is a part of that sandbox."""
        return self if self.url else msgspec.structs.replace(self, url=url)

    def check_policies(self, wanted: dict[str, Any]) -> None:
        """Raise NotTried where a scenario wants the replaced service to have another policy than the system has."""
        given = wanted.get(self.replaces)
        if given is None:
            return
        model = spec_of(self.replaces).load_policies()
        own = msgspec.to_builtins(msgspec.convert(self.policies.get(self.replaces, {}), model))
        for path, value in _leaves(msgspec.to_builtins(msgspec.convert(given, model)), given):
            has = _at(own, path)
            if has != value:
                name = ".".join(path)
                raise NotTried(f"{self.name} has {self.replaces}.{name} {has}, and the scenario wants {value}")

    def policies_of(self, service: str, world: dict[str, Any]) -> dict[str, Any]:
        """Return what is settled of a service: by the system where it replaces that, else by the world."""
        return dict((self.policies if service == self.replaces else world).get(service, {}))

    def policies_for_world(self, policies: dict[str, Any]) -> dict[str, Any]:
        """Return the policies of a scenario that the world's own services are given."""
        return {service: given for service, given in policies.items() if service != self.replaces}


def ourselves(url: str) -> System:
    """Return the sandbox itself: nothing is replaced, and every clock is the world's."""
    return System("the sandbox", IN_FRONT, url)


def _leaves(whole: Any, named: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Return the values of ``whole`` at every path that ``named`` names."""
    if not isinstance(named, dict):
        return [(path, whole)]
    return [leaf for key, value in named.items() for leaf in _leaves(whole[key], value, (*path, key))]


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        value = value[step]
    return value
