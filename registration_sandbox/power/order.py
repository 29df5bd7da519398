"""The order in which scenarios are played against a planted bug: those that are likely to catch it come first."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from registration_sandbox.gate.suite import Planned
from registration_sandbox.power import remembered
from registration_sandbox.power.bugs import Bug

WORD = re.compile(r"[a-z]{3,}")
ENDINGS = ("ing", "ed", "es", "s")
SHORT_TEXT = 10
"""So many words are added to the length of every text, or a text of three words would be near to everything."""


class PlayingOrder:
    """Scenarios, to be put in order by how many of the words of a bug they use: a rare word counts more."""

    def __init__(self, scenarios: Sequence[Planned]) -> None:
        self._scenarios = scenarios
        self._texts = [_split(_tell(one)) for one in scenarios]
        used = Counter(word for text in self._texts for word in text)
        self._weights = {word: log(len(scenarios) / times) for word, times in used.items()}

    def for_bug(self, bug: Bug) -> list[Planned]:
        """Return all scenarios: first the one that caught the bug before, then those about its step, then the others.

        Each group is in the order of nearness to what the bug breaks.
        """
        caught_by = remembered.load().get(bug.name)
        wanted = _split(f"{bug.name} {bug.kind} {bug.step} {bug.breaks}")

        def rank(number: int) -> tuple[bool, bool, float]:
            one, text = self._scenarios[number], self._texts[number]
            shared = sum(self._weights[word] for word in wanted & text)
            nearness = shared / sqrt(SHORT_TEXT + len(text))
            return remembered.identify(one) != caught_by, not _is_about(one, bug), -nearness

        return [self._scenarios[number] for number in sorted(range(len(self._scenarios)), key=rank)]


def _is_about(one: Planned, bug: Bug) -> bool:
    """Tell whether a scenario claims a branch of the bug's step, or its feature is about that."""
    if bug.of == "sandbox":
        return "/sandbox/" in one.location
    prefix = f"{bug.flow}-{bug.step.partition(' ')[0]}."
    return any(claim.startswith(prefix) for claim in one.claimed)


def _tell(one: Planned) -> str:
    """Return the words by which a scenario is told: file, feature, rule, title and sentences."""
    rule = one.rule.name if one.rule else ""
    sentences = " ".join(step.name for step in one.scenario.steps)
    return f"{one.location} {one.feature.name} {rule} {one.scenario.name} {sentences}"


def _split(text: str) -> set[str]:
    """Return the words of a text without their endings."""
    return {_without_ending(word) for word in WORD.findall(text.lower())}


def _without_ending(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word
