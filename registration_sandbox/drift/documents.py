"""Files that people bring: read within bounds, as JSON or YAML, each mistake told with its place."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from registration_sandbox.drift.shapes import BadSource

MIB = 1024 * 1024
LARGEST = 32 * MIB
"""Bytes up to which a file is read."""


def read_document(path: Path) -> dict[str, Any]:
    """Return what a JSON or YAML file says. Raises BadSource."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            words = f"has {size // MIB} MiB; at most {LARGEST // MIB} MiB are read"
            raise BadSource(f"{path}: {words}. Cut it down to what concerns the service.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadSource(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadSource(f"{path}: is no UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    found = _parse(path, text)
    if not isinstance(found, dict):
        raise BadSource(f"{path}: holds {type(found).__name__}, not an object. Give the file as it was exported.")
    return found


def _parse(path: Path, text: str) -> Any:
    try:
        if text.lstrip()[:1] in ("{", "["):
            return json.loads(text)
        return yaml.load(text, _Loader)  # noqa: S506  # a SafeLoader
    except json.JSONDecodeError as error:
        raise BadSource(f"{path}:{error.lineno}:{error.colno}: is no JSON: {error.msg}.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise BadSource(f"{place}: is no YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadSource(f"{path}: is no YAML: {error}.") from error
    except RecursionError as error:
        raise BadSource(f"{path}: is nested too deeply to be read.") from error


class _Loader(yaml.SafeLoader):
    """Keeps instants as text: a description's examples are not to become objects, and refuses aliases that multiply."""

    _aliases = 0
    MOST_ALIASES = 1000

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > self.MOST_ALIASES:
                raise yaml.YAMLError(f"it has more than {self.MOST_ALIASES} aliases")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@contextmanager
def reading(source: str, place: str) -> Iterator[None]:
    """Tell what turns out, while it is read, to be of another type than its format says. Raises BadSource.

    What somebody else's tool has written can be of any shape, references included.
    """
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        words = f"{place} cannot be read: something in it is of the wrong type ({error})"
        raise BadSource(f"{source}: {words}. Mend it, or leave it out.") from error


def get_mapping(source: str, value: Any, place: str) -> Mapping[str, Any]:
    """Return a value that must be an object. Raises BadSource naming its place."""
    if not isinstance(value, Mapping):
        raise BadSource(f"{source}: {place} is {type(value).__name__}; it must be an object.")
    return value
