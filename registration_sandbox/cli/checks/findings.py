"""What a check found."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do about it where there is something to do."""

    subject: str
    verdict: Verdict
    words: str
    remedy: str = ""
