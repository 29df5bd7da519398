"""A planted bug comes in when its module is imported: the loader compiles changed source and writes no bytecode."""

import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from registration_sandbox.power.bugs import BadCatalogue, Bug


class _BrokenLoader(SourceFileLoader):
    """Compiles a module's source with the bug in it."""

    def __init__(self, name: str, path: str, bug: Bug) -> None:
        super().__init__(name, path)
        self._bug = bug

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self._bug.plant(self.get_data(path).decode("utf-8"))
        return self.source_to_code(source, path)


class _Finder(MetaPathFinder):
    """Finds the one module that is to be broken."""

    def __init__(self, bug: Bug, path: str) -> None:
        self._bug = bug
        self._path = path

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname != self._bug.module:
            return None
        loader: Any = _BrokenLoader(fullname, self._path, self._bug)
        return importlib.util.spec_from_file_location(fullname, self._path, loader=loader)


def plant(bug: Bug) -> None:
    """Have a bug's module be imported with the bug in it. Raises BadCatalogue when the module is there already."""
    if bug.module in sys.modules:
        raise BadCatalogue(f"{bug.name}: {bug.module} was imported before the bug could be planted.")
    sys.meta_path.insert(0, _Finder(bug, find_source(bug)))


def find_source(bug: Bug) -> str:
    """Return the path of a bug's module, found without importing it or its packages. Raises BadCatalogue.

    A package that is imported may import the module, which would then be there before the bug.
    """
    spec, places, parts = None, None, bug.module.split(".")
    for depth in range(1, len(parts) + 1):
        spec = PathFinder.find_spec(".".join(parts[:depth]), places)
        if spec is None:
            break
        places = spec.submodule_search_locations
    if spec is None or not spec.origin:
        raise BadCatalogue(f"{bug.name}: there is no module {bug.module}.")
    return spec.origin
