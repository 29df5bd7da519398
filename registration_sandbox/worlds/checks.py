"""What a scenario must keep to beyond the types of its fields."""

import re
from collections.abc import Callable, Iterator

import msgspec

from registration_sandbox.worlds.mistakes import ScenarioError, explain_error, format_value, nearest
from registration_sandbox.worlds.scenario import AUTO, BLOCKED, Persona, Scenario
from simulators.kit.clock import EARLIEST, LATEST, stamp, wall_now
from simulators.kit.errors import SandboxRefusal
from simulators.kit.limits import MOST_CARDS_TOGETHER, MOST_PASSWORDS_TOGETHER, MOST_PHONES, find_excess
from simulators.kit.services import SERVICES, spec_of
from simulators.kit.wire.contacts import mobile_number

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def check(scenario: Scenario) -> None:
    """Refuse a scenario that contradicts itself. Raises ScenarioError for the first field that does."""
    for rule in (_clock, _policies, _people, _sums, _unique_names, _user_ids, _faults):
        for mistake in rule(scenario):
            raise mistake


def _clock(scenario: Scenario) -> Iterator[ScenarioError]:
    if scenario.clock.set is not None and scenario.clock.set.tzinfo is None:
        yield ScenarioError("clock.set", "needs a time zone, as in '2026-01-05T09:00:00Z'")
    elif scenario.clock.set is not None and not EARLIEST <= scenario.clock.set <= LATEST:
        words = (
            f"is {format_value(scenario.clock.set)}; allowed is: an instant from {stamp(EARLIEST)} to {stamp(LATEST)}"
        )
        yield ScenarioError("clock.set", words)


def _policies(scenario: Scenario) -> Iterator[ScenarioError]:
    for service, policies in scenario.policies.items():
        place = f"policies.{service}"
        if service not in SERVICES:
            yield ScenarioError(place, _no_service(service))
            continue
        model = spec_of(service).load_policies()
        try:
            msgspec.convert(policies, model)
        except msgspec.ValidationError as error:
            yield explain_error(error, model, policies, place=place)


def _people(scenario: Scenario) -> Iterator[ScenarioError]:
    for number, persona in enumerate(scenario.personas):
        yield from _person(f"personas[{number}]", persona)


def _person(place: str, persona: Persona) -> Iterator[ScenarioError]:
    if not persona.name.strip():
        yield ScenarioError(f"{place}.name", "is blank")
    if persona.cbs is not None:
        yield from contact_mistakes(f"{place}.cbs.", persona.cbs.email, persona.cbs.mobile)
    if persona.cymmetri is not None and not _is_block(persona.cymmetri.blocked):
        words = f"is {format_value(persona.cymmetri.blocked)}; allowed is: {BLOCKED}"
        yield ScenarioError(f"{place}.cymmetri.blocked", words)
    for number, phone in enumerate(persona.phones):
        if phone.auth_service and persona.cymmetri is None:
            words = "is true, but the person has no web account to own the phone: say cymmetri: {} for one"
            yield ScenarioError(f"{place}.phones[{number}].auth_service", words)


def contact_mistakes(place: str, email: str | None, mobile: str | None) -> Iterator[ScenarioError]:
    """Yield what is wrong with contacts, whose fields begin with ``place``."""
    if email not in (None, AUTO) and not _ADDRESS.fullmatch(email or ""):
        yield ScenarioError(f"{place}email", f"is {format_value(email)}; allowed is: auto, an address, or null")
    if mobile not in (None, AUTO) and mobile_number(mobile or "") is None:
        yield ScenarioError(
            f"{place}mobile", f"is {format_value(mobile)}; allowed is: auto, a telephone number, or null"
        )


def _sums(scenario: Scenario) -> Iterator[ScenarioError]:
    people = scenario.personas
    for excess in (
        find_excess("phones", (persona.phones for persona in people), MOST_PHONES),
        find_excess("cards", (persona.cbs.cards for persona in people if persona.cbs), MOST_CARDS_TOGETHER),
        find_excess("former passwords", (persona.former_passwords for persona in people), MOST_PASSWORDS_TOGETHER),
    ):
        if excess:
            yield ScenarioError("personas", excess)


def _unique_names(scenario: Scenario) -> Iterator[ScenarioError]:
    return _find_repeated(scenario, "name", lambda persona: persona.name)


def _user_ids(scenario: Scenario) -> Iterator[ScenarioError]:
    yield from _find_repeated(scenario, "cbs.user_id", _bank_user_id)
    yield from _find_repeated(scenario, "cymmetri.user_id", _username)


def _bank_user_id(persona: Persona) -> str | None:
    return persona.cbs.user_id if persona.cbs else None


def _username(persona: Persona) -> str | None:
    if persona.cymmetri is None:
        return None
    return _bank_user_id(persona) if persona.cymmetri.user_id == AUTO else persona.cymmetri.user_id


def _find_repeated(
    scenario: Scenario, field: str, value_of: Callable[[Persona], str | None]
) -> Iterator[ScenarioError]:
    seen: dict[str, int] = {}
    for number, persona in enumerate(scenario.personas):
        value = value_of(persona)
        if value is not None and value != AUTO:
            first = seen.setdefault(value.casefold(), number)
            if first != number:
                words = f"is {format_value(value)}, which personas[{first}] has already; it must be unique in the world"
                yield ScenarioError(f"personas[{number}].{field}", words)


def _faults(scenario: Scenario) -> Iterator[ScenarioError]:
    if not scenario.faults:
        return
    from simulators.kit import faults

    for number, value in enumerate(scenario.faults):
        place = f"faults[{number}]"
        service = value.get("service")
        if not service:
            yield ScenarioError(f"{place}.service", f"is missing; it is one of {', '.join(SERVICES)}")
        elif service not in SERVICES:
            yield ScenarioError(f"{place}.service", _no_service(str(service)))
        try:
            faults.parse_fault(value)
        except SandboxRefusal as refusal:
            words = refusal.message.rstrip(".").removeprefix(f"{refusal.field} ")
            yield ScenarioError(f"{place}.{refusal.field}" if refusal.field else place, f"is wrong: {words}")


def _no_service(name: str) -> str:
    return f"names no service; the services are {', '.join(SERVICES)}{nearest(name, SERVICES)}"


def _is_block(blocked: bool | str) -> bool:
    if isinstance(blocked, bool):
        return not blocked
    from simulators.cymmetri.policies import block_ends

    try:
        block_ends(blocked, wall_now())
    except ValueError:
        return False
    return True
