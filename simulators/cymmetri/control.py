"""Cymmetri's own control call: testers see which users there are."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from simulators.cymmetri.accounts import Account
from simulators.cymmetri.lockout import Lockout, as_of
from simulators.kit.api import Api
from simulators.kit.lazy import lazy
from simulators.kit.models import assumed
from simulators.kit.work import Service
from simulators.kit.worlds import world_id

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")

api = Api()


class HeldAccount(Struct):
    """A user, and whether there is a block; ``blockedUntil`` is null for one that does not end."""

    cif: Annotated[str, assumed]
    userId: Annotated[str, assumed]
    blocked: Annotated[bool, assumed]
    blockedUntil: Annotated[datetime | None, assumed]


class HeldAccounts(Struct):
    """Cymmetri's users in a world, ordered by CIF."""

    accounts: Annotated[list[HeldAccount], assumed]


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=HeldAccounts, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> HeldAccounts:
    """Tell which users there are, and who is blocked."""
    found = service.worlds.find(world_id(world))
    now = found.clock.now()
    with service.store.transaction(found.id) as tx:
        held = []
        for account in tx.all(tables.every_account, Account):
            lockout = as_of(tx.get(tables.lockouts, Lockout, cif=account.cif), account.cif, now)
            held.append(HeldAccount(account.cif, account.user_id, lockout.blocked, lockout.blocked_until))
    return HeldAccounts(held)
