"""Looking at what a person saw last."""

from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Reason
from steps.support.sentences import Context


def look_as(context: Context, name: str) -> Seen:
    """Return what a person saw last."""
    found: Seen = context.bank.seen[name]
    return found


def refused_because(seen: Seen, reason: Reason) -> None:
    assert seen.reason is reason, f"the reason should be that {reason}: {seen}"
    if reason is Reason.TRY_LATER:
        assert seen.later, f"it does not say when to try again: {seen}"
