"""Whose a web registration is, for the console's pages."""

from collections.abc import Sequence

from registration_sandbox.console.pages import service
from registration_sandbox.control_plane import observed
from registration_sandbox.worlds import making
from registration_sandbox.worlds.owners import name_owners
from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.journal import MOST_EXCHANGES, Exchange, JournalQuery


def web_owners(world: str, people: Sequence[PersonaState] | None = None) -> dict[str, str]:
    """Return the person's name for every web registration of which the journal still has the beginning.

    ``people`` are everyone in the world, where the caller has them at hand.
    """

    def ask(name: str, path: str) -> list[Exchange]:
        return observed.exchanges(service(), world, JournalQuery(service=name, path=path, limit=MOST_EXCHANGES))

    return name_owners(ask, lambda: making.everyone(service(), world).personas if people is None else people)
