"""What a fault is, and what an effect must be able to do."""

import importlib
import pkgutil
import random
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec
from flask import Response
from msgspec import Meta, Struct

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.models import assumed

if TYPE_CHECKING:
    from simulators.kit.api import Answer
    from simulators.kit.call import Call

PUSH = "push"
"""The path that stands for the TSG's outgoing push."""


class Fault(Struct, forbid_unknown_fields=True):
    """A fault: requests (or pushes) that it hits, and the one effect it has on them.

    ``path`` is a glob over the request's path. The first ``after`` hits pass unharmed, then ``times`` are harmed,
    each with ``probability``; the dice are thrown from ``seed``, or from the world's.
    """

    effect: Annotated[dict[str, Any], assumed]
    service: Annotated[str, assumed] = ""
    method: Annotated[str, assumed] = ""
    path: Annotated[str, assumed] = "*"
    times: Annotated[Annotated[int, Meta(ge=1)] | None, assumed] = None
    after: Annotated[int, Meta(ge=0), assumed] = 0
    probability: Annotated[float, Meta(ge=0, le=1), assumed] = 1.0
    seed: Annotated[int | None, assumed] = None


class NamedFault(Fault):
    """A fault with an ``id`` of one's own; without one it gets the service's name and a number."""

    id: Annotated[str, Meta(max_length=100, pattern="^[A-Za-z0-9_.-]*$"), assumed] = ""


class FaultState(NamedFault):
    """A fault in a world: how many requests it has ``seen``, and how often it ``fired``."""

    seen: Annotated[int, assumed] = 0
    fired: Annotated[int, assumed] = 0


class FaultMade(Struct):
    """The id of a new fault."""

    id: Annotated[str, assumed]


class Faults(Struct):
    """A world's faults, in the order they were added."""

    faults: Annotated[list[FaultState], assumed]


class Effect:
    """One effect. Subclasses set ``name`` and the type of its ``value``; a push effect is read by the TSG."""

    name: ClassVar[str]
    kind: ClassVar[Any]
    on_push: ClassVar[bool] = False
    on_request: ClassVar[bool] = True

    def __init__(self, value: Any, dice: random.Random) -> None:
        self.value = value
        self.dice = dice

    def before(self, call: "Call") -> "Answer | None":
        """Act before the request is worked on; an answer given here takes the place of the work."""
        del call
        return None

    def after(self, call: "Call", response: Response) -> Response:
        """Act on the answer, after the work was committed."""
        del call
        return response


_EFFECTS: dict[str, type[Effect]] = {}


def effect(kind: type[Effect]) -> type[Effect]:
    """Register an effect under its name."""
    _EFFECTS[kind.name] = kind
    return kind


def effects() -> dict[str, type[Effect]]:
    """Return every effect by name, found in the files of ``effects``."""
    if not _EFFECTS:
        from simulators.kit.faults import effects as package

        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    return _EFFECTS


def effect_of(fault: Fault) -> tuple[type[Effect], Any]:
    """Return the fault's effect and its value. Raises SandboxRefusal (``bad-fault``)."""
    named = [name for name in fault.effect if name != "body" or "status" not in fault.effect]
    if len(named) != 1:
        raise SandboxRefusal("bad-fault", 400, "A fault has exactly one effect.", field="effect")
    name = named[0]
    value = fault.effect if name == "status" else fault.effect[name]
    found = effects().get(name)
    if found is None:
        words = f"There is no effect {name!r}; there are {', '.join(sorted(effects()))}."
        raise SandboxRefusal("bad-fault", 400, words, field="effect")
    try:
        return found, msgspec.convert(value, found.kind)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        place = f"effect.{name}" + (f".{flaw.field}" if flaw.field else "")
        raise SandboxRefusal("bad-fault", 400, f"{place} {flaw.words}.", field=place) from error
