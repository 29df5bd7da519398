"""A world's policies: what its bank has decided, shown and changed while the world runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import urls
from registration_sandbox.console.pages import render, service, world_named
from registration_sandbox.console.words import WHAT
from registration_sandbox.reference.schemas import REF, describe
from registration_sandbox.worlds import policies
from simulators.kit.errors import SandboxRefusal
from simulators.kit.services import spec_of
from simulators.kit.wire.strict_json import read_json
from simulators.kit.world import World

blueprint = Blueprint("console-policies", __name__)


@dataclass(frozen=True)
class PolicyRow:
    """One policy: its path below its service, the value in force and the default, both as JSON, and what it may be."""

    path: str
    value: str
    default: str
    allowed: str
    meaning: str

    @property
    def is_changed(self) -> bool:
        return self.value != self.default


@blueprint.get(f"{urls.WORLD}/control/policies")
def get_policies(world: str) -> Response:
    return _render_policies(world_named(world))


@blueprint.post(f"{urls.WORLD}/control/policies")
def post_policy(world: str) -> BaseResponse:
    """Change one policy; its value is given as JSON, or as the text itself."""
    found = world_named(world)
    name, _, path = request.form.get("policy", "").partition(".")
    wanted: Any = _read_value(request.form.get("value", ""))
    for part in reversed(path.split(".")):
        wanted = {part: wanted}
    try:
        policies.change(service(), found.id, {name: wanted})
    except SandboxRefusal as refusal:
        return _render_policies(found, refusal)
    return redirect(urls.world(found.id, "control", "policies") + quote(f"#{name}.{path}", safe="#/"), 303)


def policy_rows(name: str, in_force: Mapping[str, Any]) -> list[PolicyRow]:
    """Return a service's policies, one row each."""
    model = spec_of(name).load_policies()
    _, schemas = msgspec.json.schema_components([model], ref_template=REF)
    return list(_rows("", model(), in_force, schemas))


def _rows(
    prefix: str, defaults: msgspec.Struct, in_force: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Iterator[PolicyRow]:
    properties = schemas[type(defaults).__name__]["properties"]
    for name in defaults.__struct_fields__:
        default, value = getattr(defaults, name), in_force.get(name)
        if isinstance(default, msgspec.Struct) and isinstance(value, Mapping):
            yield from _rows(f"{prefix}{name}.", default, value, schemas)
            continue
        meaning = str(properties[name].get("description", ""))
        allowed = describe(properties[name], schemas).replace("`", "")
        yield PolicyRow(prefix + name, _as_text(value), _as_text(default), allowed, meaning)


def _as_text(value: Any) -> str:
    """Return a value as it is typed: text as it is, anything else as JSON."""
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()


def _read_value(text: str) -> Any:
    try:
        return read_json(text.strip().encode())
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return text.strip()


def _render_policies(world: World, refusal: SandboxRefusal | None = None) -> Response:
    in_force = policies.in_force(service(), world.id)
    sections = [(name, WHAT[name][0], policy_rows(name, found)) for name, found in in_force.items()]
    return render(
        "policies.html", world, status=refusal.status if refusal else 200, refusal=refusal, sections=sections,
        typed=request.form,
    )  # fmt: skip
