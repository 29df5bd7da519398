"""The answer, or the push, comes late: after a fixed time, or one drawn from a distribution."""

import math
from dataclasses import replace
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from simulators.kit.clock import pause
from simulators.kit.faults.effect import Effect, Form, PushTry, Substitute, Target, effect
from simulators.kit.models import assumed

LONGEST_DELAY = 600_000.0
LOGNORMAL = "lognormal:"

Milliseconds = Annotated[float, Meta(ge=0, le=LONGEST_DELAY)]


class Lognormal(Struct, forbid_unknown_fields=True):
    """A lognormal distribution, cut off at ``max``."""

    median: Annotated[float, assumed, Meta(description="Its median in milliseconds.", gt=0, le=LONGEST_DELAY)]
    sigma: Annotated[float, assumed, Meta(description="Its sigma: how far it spreads.", ge=0, le=10)]
    max: Annotated[Milliseconds, assumed, Meta(description="The longest delay in milliseconds.")]


class DelayValue(Struct, forbid_unknown_fields=True):
    """Exactly one of: a fixed time, a range, a distribution."""

    ms: Annotated[Milliseconds | UnsetType, assumed, Meta(description="A fixed time in milliseconds.")] = UNSET
    uniform: Annotated[
        tuple[Milliseconds, Milliseconds] | UnsetType, assumed, Meta(description="A range in milliseconds.")
    ] = UNSET
    lognormal: Annotated[Lognormal | UnsetType, assumed, Meta(description="A lognormal distribution.")] = UNSET

    def __post_init__(self) -> None:
        if sum(each is not UNSET for each in (self.ms, self.uniform, self.lognormal)) != 1:
            raise ValueError("needs exactly one of ms, uniform, lognormal")
        if isinstance(self.uniform, tuple) and self.uniform[0] > self.uniform[1]:
            raise ValueError("has a uniform range whose first number is larger than its second")


@effect
class Delay(Effect):
    """The answer, or the push, comes late."""

    name = "delay"
    model = Annotated[DelayValue, Meta(extra_json_schema={"minProperties": 1, "maxProperties": 1})]
    on_push = True
    forms = (
        Form("delay=800", "the answer comes after so many milliseconds"),
        Form("delay=2s", "after so many seconds"),
        Form("delay=100..900", "after a time between these"),
        Form("delay=lognormal:200,0.6,5000", "after a drawn time: median, sigma, longest"),
    )

    @classmethod
    def parse(cls, word: str, text: str | None) -> Any:
        text = text or ""
        if text.startswith(LOGNORMAL):
            numbers = text.removeprefix(LOGNORMAL).split(",")
            if len(numbers) != 3:
                raise ValueError(f"{word}={text} needs three numbers: the median, sigma and the longest delay.")
            median, sigma, longest = numbers
            return {
                "lognormal": {
                    "median": _read_milliseconds(median), "sigma": _read_number(sigma),
                    "max": _read_milliseconds(longest),
                }
            }  # fmt: skip
        least, is_range, most = text.partition("..")
        if is_range:
            return {"uniform": [_read_milliseconds(least), _read_milliseconds(most)]}
        return {"ms": _read_milliseconds(text)}

    @classmethod
    def format(cls, value: Any) -> str:
        if "uniform" in value:
            return "delay={:g}..{:g}".format(*value["uniform"])
        if "lognormal" in value:
            return "delay={}{median:g},{sigma:g},{max:g}".format(LOGNORMAL, **value["lognormal"])
        return f"delay={value['ms']:g}"

    def before(self, target: Target) -> Substitute | None:
        target.commit()
        pause(self._draw_seconds())
        return None

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, wait=self._draw_seconds())

    def _draw_seconds(self) -> float:
        value: DelayValue = self.value
        if isinstance(value.lognormal, Lognormal):
            drawn = self.dice.lognormvariate(math.log(value.lognormal.median), value.lognormal.sigma)
            return min(drawn, value.lognormal.max) / 1000
        if isinstance(value.uniform, tuple):
            return self.dice.uniform(*value.uniform) / 1000
        assert isinstance(value.ms, float)
        return value.ms / 1000


def _read_milliseconds(text: str) -> float:
    if text.endswith("ms"):
        return _read_number(text.removesuffix("ms"))
    return _read_number(text.removesuffix("s")) * 1000 if text.endswith("s") else _read_number(text)


def _read_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number.") from None
