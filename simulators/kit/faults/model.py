"""What a fault is, as it is sent, listed and written in scenarios."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.faults.effect import Effect, effects
from simulators.kit.faults.globs import LONGEST_GLOB
from simulators.kit.faults.schema import effect_schema
from simulators.kit.models import assumed

MOST_HITS, LARGEST_SEED = 1_000_000, 1_000_000_000_000
MOST_IN_WORLD = 200
"""How many faults a world may have in one service: each of its requests there looks at all of them.

Another one takes the place of the oldest that is used up.
"""

PUSH = "push"
"""The path that stands for what a service pushes by itself."""

PUSH_METHOD = "POST"


class Fault(Struct, forbid_unknown_fields=True):
    """A fault: the requests (or pushes) that it hits, and the one effect that it has on them.

    The first ``after`` hits pass unharmed, then ``times`` are harmed, each with ``probability``.
    """

    effect: Annotated[
        dict[str, Any], assumed, Meta(description="The one effect, by its name.", extra_json_schema=effect_schema())
    ]
    service: Annotated[
        str, assumed, Meta(description="The service whose requests are hit. Left out: every service.")
    ] = ""
    method: Annotated[
        str, assumed, Meta(description="The method of the requests. Left out: every method.", max_length=20)
    ] = ""
    path: Annotated[
        str,
        assumed,
        Meta(
            description="A glob over the path of the requests: * stands for any characters, ? for one. "
            "push stands for the service's own push.",
            max_length=LONGEST_GLOB,
        ),
    ] = "*"
    times: Annotated[
        Annotated[int, Meta(ge=1, le=MOST_HITS)] | None, assumed, Meta(description="How many hits it harms. Null: all.")
    ] = None
    after: Annotated[int, assumed, Meta(description="How many hits pass unharmed first.", ge=0, le=MOST_HITS)] = 0
    probability: Annotated[
        float, assumed, Meta(description="With which probability each further hit is harmed.", ge=0, le=1)
    ] = 1.0
    seed: Annotated[
        Annotated[int, Meta(ge=-LARGEST_SEED, le=LARGEST_SEED)] | None,
        assumed,
        Meta(description="The seed of its dice. Null: the world's."),
    ] = None


class NamedFault(Fault):
    """A fault with an ``id`` of its own choice."""

    id: Annotated[
        str,
        assumed,
        Meta(description="Left out: the service's name and a number.", max_length=100, pattern="^[A-Za-z0-9_.-]*$"),
    ] = ""

    def __post_init__(self) -> None:
        if self.id.endswith("\n"):  # which "$" takes for the end
            raise ValueError("id must not end in a line break")


class FaultState(NamedFault):
    """A fault in a world, with what it has done."""

    seen: Annotated[int, assumed, Meta(description="How many requests it has hit.")] = 0
    fired: Annotated[int, assumed, Meta(description="How many of them it has harmed.")] = 0


class FaultMade(Struct):
    """The id of a new fault."""

    id: Annotated[str, assumed]


class Faults(Struct):
    """A world's faults, in the order in which they were added."""

    faults: Annotated[list[FaultState], assumed]


def check_effect(fault: Fault) -> None:
    """Refuse a fault whose effect is unknown, or cannot be had where the fault is asked for."""
    kind, _ = effect_of(fault)
    if fault.path == PUSH and not kind.on_push:
        raise SandboxRefusal("bad-fault", 400, f"{kind.name} is no effect of a push.", field="effect")
    if fault.path != PUSH and not kind.on_request:
        raise SandboxRefusal("bad-fault", 400, f"{kind.name} is an effect of a push: give path push.", field="path")


def effect_of(fault: Fault) -> tuple[type[Effect], Any]:
    """Return the fault's effect and its value. Raises SandboxRefusal (``bad-fault``)."""
    known = effects()
    named = [name for name in fault.effect if name in known]
    if len(fault.effect) == 1 and not named:
        message = f"There is no effect {next(iter(fault.effect))!r}; there are {', '.join(sorted(known))}."
        raise SandboxRefusal("bad-fault", 400, message, field="effect")
    if len(named) != 1 or fault.effect.keys() - known[named[0]].companions != {named[0]}:
        raise SandboxRefusal("bad-fault", 400, "A fault has exactly one effect.", field="effect")
    kind = known[named[0]]
    value = fault.effect if kind.companions else fault.effect[kind.name]
    try:
        return kind, msgspec.convert(value, kind.model)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        names = ("effect", "" if kind.companions else kind.name, flaw.field)
        place = ".".join(name for name in names if name)
        raise SandboxRefusal("bad-fault", 400, f"{place} {flaw.message}.", field=place) from error
