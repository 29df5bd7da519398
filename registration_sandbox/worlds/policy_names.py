"""Policies by their dotted names, as people write them: ``cymmetri.otp.max_attempts=5``."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from registration_sandbox.worlds.mistakes import explain_error, nearest
from simulators.kit.services import TABLE, default_policy, spec_of
from simulators.kit.wire.strict_json import read_json

DEFAULT = "default"
"""In place of a value: what holds where nobody sets one."""

MISSING = object()


class BadPolicy(Exception):
    """A setting that sets no policy, with what is wrong and what to do about it."""


class UnknownPolicy(BadPolicy):
    """A name that no policy has."""


def flatten(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each policy by its dotted name, with its value; ``values`` are the policies by service."""
    for name in list_names():
        value: Any = values
        for step in name.split("."):
            value = value.get(step, MISSING) if isinstance(value, Mapping) else MISSING
        if value is not MISSING:
            yield name, value


@cache
def list_names() -> tuple[str, ...]:
    """Return the dotted name of every policy; what is one value by default is one policy, whatever it becomes."""
    return tuple(_names({spec.name: msgspec.to_builtins(spec.load_policies()()) for spec in TABLE}, ""))


def _names(defaults: Mapping[str, Any], place: str) -> Iterator[str]:
    for name, value in defaults.items():
        if isinstance(value, dict):
            yield from _names(value, f"{place}{name}.")
        else:
            yield place + name


def read_settings(settings: Iterable[str], known: Collection[str]) -> dict[str, Any]:
    """Return, by service, the policies that ``NAME=VALUE`` set; a value is JSON or a text. Raises BadPolicy."""
    read: dict[str, Any] = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise BadPolicy(f"{setting!r} is no setting: write POLICY=VALUE.")
        if name not in known:
            if below := [each for each in known if each.startswith(f"{name}.")]:
                raise BadPolicy(f"{name} is several policies: set each by its name, such as {below[0]}.")
            raise explain_unknown(name, known)
        _put(read, name.split("."), _read_value(name, text))
    return read


def read_checked(settings: Iterable[str]) -> dict[str, Any]:
    """Return, by service, policies that are set with no sandbox to ask, each as its service would take it.

    Raises BadPolicy.
    """
    read = read_settings(settings, list_names())
    for service, policies in read.items():
        model = spec_of(service).load_policies()
        try:
            msgspec.convert(policies, model)
        except msgspec.ValidationError as error:
            raise BadPolicy(explain_error(error, model, policies, place=service).message) from error
    return read


def explain_unknown(name: str, known: Iterable[str]) -> UnknownPolicy:
    """Return what to raise for a name that is not ``known``, with the nearest that is."""
    names = set(known)
    near = nearest(name, sorted(names | {each.rpartition(".")[0] for each in names})) or "."
    return UnknownPolicy(f"There is no policy {name!r}{near}")


def _read_value(name: str, text: str) -> Any:
    if text == DEFAULT:
        return default_policy(name)
    try:
        return read_json(text.encode())
    except msgspec.MsgspecError:
        return text
    except UnicodeEncodeError as error:
        raise BadPolicy(f"{name} is {text!r}, which is no text in UTF-8.") from error


def _put(read: dict[str, Any], place: list[str], value: Any) -> None:
    for name in place[:-1]:
        read = read.setdefault(name, {})
    read[place[-1]] = value
