"""What came of planted bugs, kept in a file that the report reads."""

from pathlib import Path

import msgspec
from msgspec import Struct


class BadOutcomes(Exception):
    """A file that holds no outcomes of planted bugs."""


class Outcome(Struct):
    """What came of a bug: the scenarios that failed by it, the first only where not all were wanted.

    A sandbox that does not even start with the bug in it is caught as well: then ``killed_by`` names the start.
    """

    name: str
    step: str
    kind: str
    killed_by: list[str]
    breaks: str = ""
    played: int = 0

    @property
    def killed(self) -> bool:
        return bool(self.killed_by)


class _Kept(Struct):
    bugs: list[Outcome]


def write(outcomes: list[Outcome], path: Path) -> None:
    """Keep outcomes as JSON. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(_Kept(outcomes))))


def load(path: Path) -> list[Outcome]:
    """Return the outcomes that ``write`` has kept. Raises BadOutcomes."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept).bugs
    except OSError as error:
        raise BadOutcomes(f"{path} cannot be read: {error.strerror}.") from error
    except msgspec.DecodeError as error:
        raise BadOutcomes(f"{path} is not what sandbox power --json writes: {error}.") from error
