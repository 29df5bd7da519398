"""The figures of the report's section on planted bugs."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, Self

from registration_sandbox.power.outcomes import Outcome


class Power(NamedTuple):
    """What came of planted bugs; ``figures`` has, per step and per kind, how many were caught, and of how many."""

    outcomes: Sequence[Outcome]
    figures: dict[str, dict[str, tuple[int, int]]]
    caught: int
    survivors: list[Outcome]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Self:
        figures = {title.capitalize(): _counts(outcomes, title) for title in ("step", "kind")}
        survivors = [outcome for outcome in outcomes if not outcome.killed]
        return cls(outcomes, figures, len(outcomes) - len(survivors), survivors)


def _counts(outcomes: Sequence[Outcome], title: str) -> dict[str, tuple[int, int]]:
    of = attrgetter(title)
    every, killed = Counter(map(of, outcomes)), Counter(of(each) for each in outcomes if each.killed)
    return {name: (killed[name], count) for name, count in every.items()}
