"""What a driver is given beside the person whom it acts for."""

from dataclasses import dataclass

from registration_sandbox.drivers.wire import Wire

SYSTEM = "the system under test"


@dataclass(frozen=True)
class Surroundings:
    """The system under test, and the world that it is tried in.

    ``url`` is the system's, ``world`` the world's name (``default`` where the system cannot carry another one on),
    ``wire`` speaks HTTP in that world to every service by its name, ``wire.ask("auth_service", "GET", "/users/…")``,
    and to the system under test by the name that ``service`` returns.
    """

    url: str
    world: str
    wire: Wire

    def service(self, name: str) -> str:
        """Return the name by which ``wire`` reaches the system under test, which has the place of a service."""
        if self.wire.urls.get(name) == self.url:
            return name
        self.wire.urls[SYSTEM] = self.url
        return SYSTEM
