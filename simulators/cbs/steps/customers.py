"""Finding customers, and the user ids that the bank holds."""

import msgspec

from simulators.cbs import tables
from simulators.cbs.customers import read_criterion, user_key
from simulators.cbs.models import CustomerSearch
from simulators.cbs.records import Customer
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call


def search(call: Call, wanted: CustomerSearch) -> list[Customer]:
    """Return the customers that a search finds; several may share a mobile or an email."""
    criterion = read_criterion(msgspec.to_builtins(wanted))
    found = call.tx.all(tables.found_by[criterion.by], Customer, value=criterion.value)
    call.decide(None, "customer.search", by=criterion.by, found=[customer.cif for customer in found])
    return found


def find(call: Call, cif: str) -> Customer:
    """Return the customer with a CIF. Raises Refusal (``CUSTOMER_NOT_FOUND``, 404)."""
    found = call.tx.get(tables.customers, Customer, cif=cif)
    if found is None:
        raise Refusal("CUSTOMER_NOT_FOUND", 404, f"There is no customer with the CIF {cif!r}.")
    return found


def find_by_user_id(call: Call, user_id: str) -> Customer:
    """Return the customer who has a user id, in any letter case. Raises Refusal (``USER_ID_NOT_FOUND``, 404)."""
    found = call.tx.first(tables.by_user_id, Customer, value=user_key(user_id))
    if found is None:
        raise Refusal("USER_ID_NOT_FOUND", 404, f"No customer has the user id {user_id!r}.")
    return found
