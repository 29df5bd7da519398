"""Whose a web registration is: the middleware keeps no name with it, but the journal has how it was begun."""

from collections.abc import Callable, Iterable, Mapping

from registration_sandbox.worlds.personas import PersonaState
from simulators.kit.journal import Exchange

BEGINS, LOOKS_UP = "/registrations", "/cbs/customers/search"
"""The paths of the call that begins a registration, and of the one by which a card's holder is looked up meanwhile."""

Ask = Callable[[str, str], Iterable[Exchange]]
"""Returns the exchanges of a world with a service on a path."""


def name_owners(ask: Ask, list_people: Callable[[], Iterable[PersonaState]]) -> dict[str, str]:
    """Return the person's name for every web registration of which the journal still has the beginning."""
    begun = {id: each for each in ask("orchestrator", BEGINS) if (id := _registration_of(each))}
    if not begun:
        return {}
    owner_of = {identity: person.name for person in list_people() for identity in _identities(person)}
    found = {id: owner_of.get(_identity_given(exchange), "") for id, exchange in begun.items()}
    if not all(found.values()):
        customers: Mapping[str, str] = {each.trace_id: _customer_found(each) for each in ask("cbs", LOOKS_UP)}
        found = {id: name or owner_of.get(customers.get(begun[id].trace_id, ""), "") for id, name in found.items()}
    return {id: name for id, name in found.items() if name}


def _registration_of(exchange: Exchange) -> str:
    is_web = isinstance(exchange.request, dict) and exchange.request.get("flow") == "web"
    return str(exchange.answer.get("id", "")) if is_web and isinstance(exchange.answer, dict) else ""


def _identity_given(exchange: Exchange) -> str:
    return str(exchange.request.get("id") or "").strip().casefold()


def _customer_found(exchange: Exchange) -> str:
    """Return the customer number that CBS has found, if it is one."""
    customers = exchange.answer.get("customers") if isinstance(exchange.answer, dict) else None
    return str(customers[0].get("cif", "")) if isinstance(customers, list) and len(customers) == 1 else ""


def _identities(person: PersonaState) -> set[str]:
    return {each.casefold() for each in (person.cif, person.email, person.mobile) if each}
