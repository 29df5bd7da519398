"""What a person sees: the answer to what they did, or the page that they look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from registration_sandbox.drivers.vocabulary import BrokenRule, Field, Place, Possibility, Proof, Reason


@dataclass(frozen=True)
class Seen:
    """What a person sees. What a system does not show is ``None`` or empty.

    ``place`` is where they are and ``possible`` what they can do next; ``reason`` is why they were refused, ``None``
    where they were not. ``message`` is the text for them, ``everything`` all that came, for what must not be in it.
    ``verbatim`` is false where a page tells it in words of its own. ``later`` says that it tells when to come back.
    ``answered`` is false where no answer came at all, ``registration`` tells whether a registration is under way.
    """

    place: Place | None = None
    possible: frozenset[Possibility] = frozenset()
    reason: Reason | None = None
    message: str = ""
    everything: str = ""
    verbatim: bool = True
    later: bool = False
    answered: bool = True
    registration: bool = False
    attempts_left: int | None = None
    resends_left: int | None = None
    code_length: int | None = None
    code_minutes: int | None = None
    block_ends: datetime | None = None
    session: timedelta | None = None
    retry_after: int | None = None
    masked_email: str | None = None
    masked_mobile: str | None = None
    proofs: tuple[Proof, ...] | None = None
    user_id: str | None = None
    broken_rules: tuple[BrokenRule, ...] = ()
    field: Field | None = None
    phones: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return self.reason is not None

    @property
    def went_well(self) -> bool:
        return self.answered and not self.refused

    def __str__(self) -> str:
        if not self.answered:
            return "no answer"
        outcome = f"refused, since {self.reason}" if self.reason else f"{self.place or 'done'}"
        return f"{outcome}: {self.message or self.everything[:500]}"


NOTHING = Seen(answered=False)
"""What somebody sees whom nobody answers."""
