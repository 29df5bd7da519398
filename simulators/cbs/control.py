"""The core banking system's own control calls: customers join a running world, are changed in it, and are listed."""

import msgspec

from simulators.cbs import tables
from simulators.cbs.cards import status_at
from simulators.cbs.models import CardView, CustomerChange, CustomerView, CustomerViews, FoundCustomer, NewCustomers
from simulators.cbs.people import admit
from simulators.cbs.records import Card, Customer
from simulators.cbs.steps.change_customer import change_customer
from simulators.kit.web.api import Api
from simulators.kit.work import Service
from simulators.kit.world import World
from simulators.kit.world_names import world_id

api = Api()


@api.operation(
    "POST", "/_sandbox/worlds/<world>/customers", body=NewCustomers, answer=CustomerViews, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world")],
)  # fmt: skip
def post_customers(service: Service, new: NewCustomers, world: str) -> CustomerViews:
    """Add customers to a running world; one with a CIF that is there replaces that customer, cards included."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        admit(tx, new.customers)
    return _list_customers(service, found)


@api.operation(
    "PATCH", "/_sandbox/worlds/<world>/customers/<cif>", body=CustomerChange, answer=CustomerView, control=True,
    refusals=[(400, "bad-world"), (404, "unknown-world"), (404, "unknown-customer")],
)  # fmt: skip
def patch_customer(service: Service, change: CustomerChange, world: str, cif: str) -> CustomerView:
    """Change a customer of a running world; null takes a contact away, and what is left out stays as it is."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        change_customer(tx, cif, change)
    return next(customer for customer in _list_customers(service, found).customers if customer.cif == cif)


@api.operation(
    "GET", "/_sandbox/worlds/<world>/people", answer=CustomerViews, control=True, refusals=[(404, "unknown-world")]
)
def get_people(service: Service, world: str) -> CustomerViews:
    """List the bank's customers in a world."""
    return _list_customers(service, service.worlds.find(world_id(world)))


def _list_customers(service: Service, world: World) -> CustomerViews:
    now = world.clock.now()
    with service.store.transaction(world.id) as tx:
        customers = tx.all(tables.every_customer, Customer)
        cards = tx.all(tables.every_card, Card)
    by_holder: dict[str, list[CardView]] = {}
    for card in cards:
        view = CardView(card.card_id, card.type, card.masked_number, card.last4, status_at(card, now), card.expiry)
        by_holder.setdefault(card.cif, []).append(view)
    return CustomerViews([_view(customer, by_holder.get(customer.cif, [])) for customer in customers])


def _view(customer: Customer, cards: list[CardView]) -> CustomerView:
    found = msgspec.convert(customer, FoundCustomer, from_attributes=True)
    return CustomerView(**msgspec.structs.asdict(found), user_id=customer.user_id, cards=cards)
