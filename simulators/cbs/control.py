"""The core banking system's own control calls: customers join a running world, and testers see who is there."""

from typing import TYPE_CHECKING

import msgspec

from simulators.cbs.cards import Card, status_at
from simulators.cbs.customers import Customer
from simulators.cbs.models import FoundCustomer, HeldCard, HeldCustomer, HeldCustomers, NewCustomers
from simulators.cbs.people import admit
from simulators.kit.api import Api
from simulators.kit.lazy import lazy
from simulators.kit.work import Service
from simulators.kit.worlds import World, world_id

if TYPE_CHECKING:
    from simulators.cbs import tables
else:
    tables = lazy("simulators.cbs.tables")

api = Api()


@api.operation(
    "POST", "/_sandbox/worlds/<world>/customers", body=NewCustomers, answer=HeldCustomers, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world")],
)  # fmt: skip
def post_customers(service: Service, new: NewCustomers, world: str) -> HeldCustomers:
    """Add customers to a running world; one with a CIF that is there replaces that customer, cards included."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        admit(tx, new.customers)
    return _held(service, found)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=HeldCustomers, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> HeldCustomers:
    """Tell everyone that the bank knows in a world."""
    return _held(service, service.worlds.find(world_id(world)))


def _held(service: Service, world: World) -> HeldCustomers:
    now = world.clock.now()
    with service.store.transaction(world.id) as tx:
        customers = tx.all(tables.every_customer, Customer)
        cards = tx.all(tables.every_card, Card)
    by_holder: dict[str, list[HeldCard]] = {}
    for card in cards:
        held = HeldCard(card.card_id, card.type, card.masked_number, card.last4, status_at(card, now), card.expiry)
        by_holder.setdefault(card.cif, []).append(held)
    return HeldCustomers([_held_customer(customer, by_holder.get(customer.cif, [])) for customer in customers])


def _held_customer(customer: Customer, cards: list[HeldCard]) -> HeldCustomer:
    found = msgspec.convert(customer, FoundCustomer, from_attributes=True)
    return HeldCustomer(**msgspec.structs.asdict(found), user_id=customer.user_id, cards=cards)
