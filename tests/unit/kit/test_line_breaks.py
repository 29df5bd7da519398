"""A text that ends in a line break is not the text without it: in a pattern, ``$`` takes both."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import chain

import msgspec
import pytest
from msgspec import inspect

import orchestrator
import registration_sandbox.worlds
import simulators
from orchestrator.tables import answers
from simulators.kit.faults import NamedFault
from simulators.kit.store.rows import BadRows, read_rows

NOW = "2026-01-05T09:00:00Z"

PACKAGES = (orchestrator, simulators, registration_sandbox.worlds)


def structs() -> Iterator[type[msgspec.Struct]]:
    """Return every struct of the packages but those whose faults' ids are looked at by themselves."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for found in vars(importlib.import_module(module.name)).values():
                if isinstance(found, type) and issubclass(found, msgspec.Struct) and not issubclass(found, NamedFault):
                    yield found


def patterns() -> Iterator[inspect.StrType]:
    for described in inspect.multi_type_info(set(structs())):
        if isinstance(described, inspect.StructType):
            yield from chain.from_iterable(texts_within(each.type) for each in described.fields)


def texts_within(kind: object) -> Iterator[inspect.StrType]:
    if isinstance(kind, inspect.StrType):
        if kind.pattern is not None:
            yield kind
    elif isinstance(kind, inspect.Type) and not isinstance(kind, inspect.StructType):
        for value in msgspec.structs.asdict(kind).values():
            yield from chain.from_iterable(map(texts_within, value if isinstance(value, tuple) else [value]))


FOUND = {(kind.pattern, kind.min_length, kind.max_length) for kind in patterns()}


@pytest.mark.parametrize(("pattern", "shortest", "longest"), sorted(FOUND, key=str))
def test_a_pattern_to_the_end_is_one_or_has_a_length(pattern, shortest, longest):
    assert not pattern.endswith("$") or (shortest is not None and shortest == longest), pattern


def test_there_are_patterns():
    assert any(pattern.endswith("$") for pattern, _, _ in FOUND)
    assert any(re.search(r"\\Z$", pattern) for pattern, _, _ in FOUND)


def test_a_fault_s_id_ends_in_no_line_break():
    with pytest.raises(msgspec.ValidationError, match="id must not end in a line break"):
        msgspec.convert({"id": "one\n", "path": "*", "effect": {"status": 503}}, NamedFault)


@pytest.mark.parametrize(
    "given", [{"headers": {"Location": "/x\r\nSet-Cookie: y"}}, {"headers": {"X\n": ""}}, {"media_type": "text/x\n"}]
)
def test_no_header_of_a_kept_answer_has_a_line_break(given):
    row = {"key": "k", "request": "r", "leased_until": NOW, "expires_at": NOW}
    read_rows([answers], {answers.name: [row]})
    with pytest.raises(BadRows):
        read_rows([answers], {answers.name: [row | given]})
