"""The drivers that there are: those that come with the sandbox, and your own in a Python file."""

import ast
import importlib
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol, cast

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.protocols import Acting, Unable
from registration_sandbox.drivers.surroundings import Surroundings


class BadDriver(Exception):
    """A driver that is not there or cannot be loaded, and what would do."""


class DriverClass(Protocol):
    """Makes a driver for a person."""

    def __call__(self, person: Person, surroundings: Surroundings, /) -> Acting: ...


@dataclass(frozen=True)
class Shipped:
    """A driver that comes with the sandbox: where it is, what it acts on, and what it can prove."""

    module: str
    name: str
    acts_on: str
    proves: str

    def load(self) -> DriverClass:
        found: DriverClass = getattr(importlib.import_module(f"registration_sandbox.drivers.{self.module}"), self.name)
        return found


SHIPPED: Mapping[str, Shipped] = {
    "channel": Shipped(
        "channel", "Channel", "the channel API of the contract: of our middleware, or of any that has it", "both flows"
    ),
    "ciamregsrvc": Shipped(
        "ciamregsrvc", "Ciamregsrvc", "Cymmetri's own calls, with no middleware between", "web registration"
    ),
    "browser": Shipped(
        "browser", "Browser", "pages, by Playwright: the console's bank web site and phone, or yours by a subclass",
        "both flows, through the pages",
    ),
}  # fmt: skip


def resolve(name: str, directory: Path) -> str:
    """Return a driver's whole name: a shipped one's as it is, else ``/path/to/file.py:Class``.

    A file's path may be relative to ``directory``. Raises BadDriver.
    """
    if name in SHIPPED:
        return name
    file, colon, kind = name.rpartition(":")
    if not colon or not file.endswith(".py"):
        near = get_close_matches(name, SHIPPED, n=1)
        hint = f". Did you mean {near[0]}?" if near else ""
        allowed = f"{', '.join(SHIPPED)}, or a file and a class in it, as in acme_driver.py:Acme"
        raise BadDriver(f'is "{name}"; allowed is: {allowed}{hint}')
    path = (directory / file).resolve()
    if not path.is_file():
        raise BadDriver(f'is "{name}", and there is no file {path}')
    _check_class(path, kind)
    return f"{path}:{kind}"


def missing_acts(driver: Shipped) -> list[str]:
    """Return the acts that a shipped driver cannot do, by their names."""
    found: Any = driver.load()
    names = [name for name, act in vars(Unable).items() if callable(act) and not name.startswith("_")]
    return [name for name in names if getattr(found, name) is getattr(Unable, name)]


def close_driver(driver: DriverClass) -> None:
    """End what a driver has started for all people of this process."""
    if end := getattr(driver, "end", None):
        end()


def load_driver(name: str) -> DriverClass:
    """Return a driver by its whole name. Raises BadDriver with the file and line where its file is wrong."""
    if name in SHIPPED:
        return SHIPPED[name].load()
    file, _, kind = name.rpartition(":")
    spec = importlib.util.spec_from_file_location(f"_driver_{Path(file).stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever its code raises
        raise BadDriver(f"{_place(error, file)}: {type(error).__name__}: {error}") from error
    return cast(DriverClass, getattr(module, kind))


def _check_class(path: Path, kind: str) -> None:
    """Look for a class without running its file. Raises BadDriver."""
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except SyntaxError as error:
        raise BadDriver(f"{path}:{error.lineno}: is no Python: {error.msg}") from error
    except OSError as error:
        raise BadDriver(f"{path}: cannot be read: {error}") from error
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    imported = [one.asname or one.name for node in tree.body if isinstance(node, ast.ImportFrom) for one in node.names]
    if kind not in (*names, *imported):
        raise BadDriver(f"{path} has no class {kind}; it has {', '.join(names) or 'none'}")


def _place(error: Exception, file: str) -> str:
    """Return the line of a driver's file in which an error came up."""
    import traceback

    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"{file}:{lines[-1]}" if lines else file
