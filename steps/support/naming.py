"""What the world of a scenario is called, and the seed that it is made from."""

import hashlib
import re
import secrets

LONGEST = 40


def world_for(title: str) -> str:
    """Return a name for a scenario's world that no other one has."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:LONGEST].strip("-")
    return f"{words or 'scenario'}-{secrets.token_hex(4)}"


def stable_seed(title: str, run: int) -> int:
    """Return the same seed for the same scenario in a run of the same seed, on every machine."""
    return int.from_bytes(hashlib.sha256(f"{run} {title}".encode()).digest()[:4], "big")
