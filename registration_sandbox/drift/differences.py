"""A difference between a fake's interface and the real system's, and how it is told."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "operation-missing", "operation-added", "operation-moved", "field-missing", "field-added", "field-renamed",
    "field-type", "field-format", "field-required", "field-values", "field-bounds", "field-pattern", "status-missing",
    "status-added", "code-missing", "code-added", "media-type", "header-missing", "header-required", "query-missing",
    "security", "message-null",
]  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One difference.

    ``place`` is where in the operation, ``ours`` and ``theirs`` what each side has there. ``lenient`` tells that the
    fake takes what the real system refuses, or never answers what that may answer, ``closed_by_profile`` that a wire
    profile can say the same.
    """

    kind: Kind
    operation: str
    place: str
    ours: str
    theirs: str
    lenient: bool = False
    closed_by_profile: bool = False


def join(words: Collection[str]) -> str:
    """Return words as a difference tells them."""
    return ", ".join(sorted(words))
