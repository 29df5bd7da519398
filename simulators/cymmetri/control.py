"""Cymmetri's own control call: testers see its users."""

from datetime import datetime
from typing import Annotated

from msgspec import Struct

from simulators.cymmetri import tables
from simulators.cymmetri.lockout import current_lockout
from simulators.cymmetri.records import Account, Lockout
from simulators.kit.models import assumed
from simulators.kit.web.api import Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

api = Api()


class AccountView(Struct):
    """A user, and whether there is a block; ``blockedUntil`` is null for one that does not end."""

    cif: Annotated[str, assumed]
    userId: Annotated[str, assumed]
    blocked: Annotated[bool, assumed]
    blockedUntil: Annotated[datetime | None, assumed]


class AccountViews(Struct):
    """Cymmetri's users in a world, ordered by CIF."""

    accounts: Annotated[list[AccountView], assumed]


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=AccountViews, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> AccountViews:
    """List the users of a world, and who is blocked."""
    found = service.worlds.find(world_id(world))
    now = found.clock.now()
    with service.store.transaction(found.id) as tx:
        views = []
        for account in tx.all(tables.every_account, Account):
            lockout = current_lockout(tx.get(tables.lockouts, Lockout, cif=account.cif), account.cif, now)
            views.append(AccountView(account.cif, account.user_id, lockout.blocked, lockout.blocked_until))
    return AccountViews(views)
