"""The answer comes late: after a fixed time, or one drawn from a distribution. Times in milliseconds."""

import math
from typing import Annotated

from msgspec import Meta, Struct

from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.clock import pause
from simulators.kit.faults.model import Effect, effect

LONGEST_DELAY = 600_000.0

Milliseconds = Annotated[float, Meta(ge=0, le=LONGEST_DELAY)]


class Lognormal(Struct, forbid_unknown_fields=True):
    """A lognormal distribution by its median and sigma, cut off at ``max``."""

    median: Annotated[float, Meta(gt=0, le=LONGEST_DELAY)]
    sigma: Annotated[float, Meta(ge=0, le=10)]
    max: Milliseconds


class DelayValue(Struct, forbid_unknown_fields=True):
    """Exactly one of: a fixed ``ms``, a ``uniform`` range, a ``lognormal`` distribution."""

    ms: Milliseconds | None = None
    uniform: tuple[Milliseconds, Milliseconds] | None = None
    lognormal: Lognormal | None = None

    def __post_init__(self) -> None:
        if sum(x is not None for x in (self.ms, self.uniform, self.lognormal)) != 1:
            raise ValueError("needs exactly one of ms, uniform, lognormal")


@effect
class Delay(Effect):
    """Answer late."""

    name = "delay"
    kind = DelayValue
    on_push = True

    def milliseconds(self) -> float:
        value: DelayValue = self.value
        if value.ms is not None:
            return value.ms
        if value.uniform is not None:
            return self.dice.uniform(*value.uniform)
        assert value.lognormal is not None
        drawn = self.dice.lognormvariate(math.log(value.lognormal.median), value.lognormal.sigma)
        return min(drawn, value.lognormal.max)

    def before(self, call: Call) -> Answer | None:
        call.commit()
        pause(self.milliseconds() / 1000)
        return None
