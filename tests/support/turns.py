"""What takes minutes is played in part each day, another part the next, and whole where that is asked for."""

import os

from simulators.kit import clock

WHOLE = os.environ.get("SANDBOX_THOROUGH") == "all"
TODAY = clock.wall_now().toordinal()


def todays_part(parts: int) -> slice:
    """Return every ``parts``-th of a sequence, each day beginning with the next one; all of it in a whole run."""
    return slice(0, None, 1) if WHOLE else slice(TODAY % parts, None, parts)


def todays_shard(parts: int) -> str:
    """Return the same part as ``--shard`` takes it."""
    part = todays_part(parts)
    return f"{part.start + 1}/{part.step}"
