"""A world's policies, by service: of each the model that the service itself reads them with, and their changes."""

from collections.abc import Mapping
from typing import Any

import msgspec

from registration_sandbox.control_plane import external, fleet
from registration_sandbox.worlds import locks
from registration_sandbox.worlds.everywhere import PendingCall
from registration_sandbox.worlds.leases import Lock
from registration_sandbox.worlds.mistakes import explain_error
from registration_sandbox.worlds.wire import READERS, WIRE, resolve_profile
from simulators.kit.errors import SandboxRefusal
from simulators.kit.policies import lay_over
from simulators.kit.services import TABLE, spec_of
from simulators.kit.web.keeping import PolicyChange
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

Policies = dict[str, dict[str, Any]]
"""Policies by service."""


def schema(ref_template: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON Schema of all services' policies, by service, and the definitions that it refers to."""
    models = [spec.load_policies() for spec in TABLE]
    schemas, definitions = msgspec.json.schema_components(models, ref_template=ref_template)
    return {spec.name: found for spec, found in zip(TABLE, schemas, strict=True)}, definitions


def in_force(service: Service, world: str) -> Policies:
    """Return a world's policies, defaults included, of the services that have any. Raises SandboxRefusal."""
    path = fleet.place(service.worlds.find(world_id(world)).id, "policies")
    found = {name: fleet.ask_for(service, name, path, PolicyChange).policies for name in fleet.reachable(service)}
    return {name: policies for name, policies in found.items() if policies}


def change(service: Service, world: str, wanted: Mapping[str, Any]) -> Policies:
    """Change some of a world's policies, all of them or none, and return those that are in force then.

    Changes of one world are made one after the other, and none is lost. Raises SandboxRefusal (``bad-world``,
    ``unknown-service``, ``outside-the-sandbox``, ``unknown-world``).
    """
    id = world_id(world)
    for name in wanted:
        fleet.check_service(name, "policies")
        if external.is_external(service, name):
            raise external.refusal(service, name, f"policies.{name}")
    with locks.hold(service, id) as lock:
        before = in_force(service, id)
        for name, changes in wanted.items():
            _check(name, before.get(name, {}), changes)
        wanted = _with_readers(wanted, before)
        lock.mark_change([_restoring(service, id, name) for name in wanted])
        for name, changes in wanted.items():
            if WIRE in changes:
                _send(lock, id, name, {WIRE: "ours"})  # a profile is replaced, not merged with the one before
            _send(lock, id, name, changes)
        return in_force(service, id)


def _restoring(service: Service, world: str, name: str) -> PendingCall:
    """Return the call that gives a service the policies again that are set there now."""
    path = fleet.place(world, "policies", "set")
    return PendingCall(name, "PUT", path, fleet.ask_for(service, name, path, PolicyChange))


def _with_readers(wanted: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return changes in which a change of Cymmetri's wire profile reaches those who read it, too."""
    if "wire" not in wanted.get("cymmetri", {}):
        return wanted
    after = lay_over(before["cymmetri"], wanted["cymmetri"])["wire"]
    readers = {name: {WIRE: resolve_profile(after)} for name in READERS if name in before}
    return {**readers, **{name: {**readers.get(name, {}), **changes} for name, changes in wanted.items()}}


def _check(name: str, before: Mapping[str, Any], changes: Any) -> None:
    """Refuse changes that the service would refuse. Raises SandboxRefusal (``bad-world``, 400)."""
    place = f"policies.{name}"
    if not isinstance(changes, dict):
        raise SandboxRefusal("bad-world", 400, f"{place} must be an object.", field=place)
    model, after = spec_of(name).load_policies(), lay_over(before, changes)
    try:
        msgspec.convert(after, model)
    except msgspec.ValidationError as error:
        wrong = explain_error(error, model, after, place=place)
        raise SandboxRefusal("bad-world", 400, wrong.message, field=wrong.field) from error


def _send(lock: Lock, world: str, name: str, policies: dict[str, Any]) -> None:
    lock.ask(name, "PATCH", fleet.place(world, "policies"), {"policies": policies})
