"""The catalogue of planted bugs: each is a fragment of source that is replaced by one that breaks a rule."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct


class BadCatalogue(Exception):
    """A catalogue that cannot be used, or a bug that it does not have."""


class Bug(Struct, frozen=True, forbid_unknown_fields=True):
    """A planted bug.

    ``step`` is the step of the flow ``of`` whose rule ``breaks`` tells; the tool's own promises are ``of`` the sandbox.
    In ``module`` the source text ``old``, which stands there once, becomes ``new``.
    """

    name: str
    of: Literal["web", "device", "sandbox"]
    step: str
    kind: str
    breaks: str
    module: str
    old: str
    new: str

    @property
    def flow(self) -> str:
        """The flow whose step it is, as branches spell it; nothing for a promise of the tool."""
        return {"web": "WR", "device": "DR"}.get(self.of, "")

    def plant(self, source: str) -> str:
        """Return a module's source with the bug in it. Raises BadCatalogue when ``old`` is not there exactly once."""
        if source.count(self.old) != 1:
            words = f"{self.name}: its fragment stands {source.count(self.old)} times in {self.module}, not once."
            raise BadCatalogue(words)
        return source.replace(self.old, self.new)


class Catalogue(Struct, forbid_unknown_fields=True):
    """One file of the catalogue."""

    bug: list[Bug]


@cache
def load_bugs() -> dict[str, Bug]:
    """Return every bug by its name, in the order of the files. Raises BadCatalogue."""
    found: dict[str, Bug] = {}
    for file in sorted(files("registration_sandbox.power").joinpath("catalogue").iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            bugs = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Catalogue).bug
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise BadCatalogue(f"{file.name}: {error}") from error
        for bug in bugs:
            if bug.name in found:
                raise BadCatalogue(f"{file.name}: there are two bugs named {bug.name}.")
            found[bug.name] = bug
    return found


def find_bug(name: str) -> Bug:
    """Return a bug by its name. Raises BadCatalogue."""
    try:
        return load_bugs()[name]
    except KeyError:
        raise BadCatalogue(f"There is no planted bug {name!r}.") from None
