"""Texts of any length in every place of every operation: PostgreSQL, whose indexes have a longest key, refuses none."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from simulators.kit.services import SERVICES
from tests.contract.running import test_bad_input as bad_input
from tests.contract.running.test_bad_input import Operation, operations, parameters, send, world
from tests.contract.running.wire import NOTHING, Wire
from tests.support.world import World

__all__ = ["operations", "parameters", "send", "world"]  # fixtures

pytestmark = pytest.mark.thorough

LONG = secrets.token_urlsafe(6000)
"""A database must not be able to compress it."""

HEADERS = {
    "Idempotency-Key": LONG, "User-Agent": LONG, "traceparent": LONG, "tracestate": LONG, "X-API-Key": LONG,
    "Authorization": f"Bearer {LONG}",
}  # fmt: skip
DEEPEST = 6


@pytest.fixture(scope="module")
def sandbox(make_database: Callable[[], str]) -> Iterator[RunningSandbox]:
    with (
        tempfile.TemporaryDirectory(prefix="sandbox-") as directory,
        running_sandbox(Path(directory), environment={"SANDBOX_DATABASE_URL": make_database()}) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def wire(sandbox: RunningSandbox) -> Wire:
    return Wire(sandbox.urls)


@pytest.fixture(scope="module")
def new_world(sandbox: RunningSandbox) -> Callable[..., World]:
    return lambda **scenario: World(sandbox, scenario)


def fill(operation: Operation, schema: Any, depth: int = 0) -> Iterator[Any]:
    """Yield values of a schema, each with the long text in one of the places where a text may stand."""
    schema = operation._resolved(schema) if depth < DEEPEST else {"type": "none"}
    for kind in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(kind, ()):
            yield from fill(operation, each, depth + 1)
    if not schema or ("string" in schema.get("type", ()) and "enum" not in schema):
        yield LONG
    fields = schema.get("properties", {})
    rest = {name: simplest(operation, fields[name]) for name in schema.get("required", ())}
    for name, field in fields.items():
        yield from ({**rest, name: value} for value in fill(operation, field, depth + 1))
    if isinstance(others := schema.get("additionalProperties"), dict):
        yield from ({"a": value} for value in fill(operation, others, depth + 1))
        yield {LONG: {}}
    if "items" in schema:
        yield from ([value] for value in fill(operation, schema["items"], depth + 1))


def simplest(operation: Operation, schema: Any) -> Any:
    try:
        return operation._simplest(schema)
    except AssertionError:
        return {}


@pytest.mark.parametrize("service", SERVICES)
def test_no_text_is_too_long_for_the_database(
    operations: Any,
    send: Any,
    parameters: Any,
    service: str,
) -> None:
    failed: list[str] = []

    def try_out(operation: Operation, place: str, body: Any = NOTHING, query: str = "", **odd: str) -> None:
        if operation.method == "PUT" and operation.path.endswith("/worlds/{world}"):
            odd = {"world": "another"} | odd
        heard = send(operation, body, query=query, **odd)
        if heard.status >= 500:
            failed.append(f"{operation}: {place}: {heard.status} {heard.text[:200]}")

    for operation in operations(service):
        if operation.method == "DELETE" or operation.path.endswith(("/clock", "/events")):
            continue  # the world is needed on, and a stream has no end
        good = simplest(operation, operation.body) if operation.body else NOTHING
        for number, body in enumerate(fill(operation, operation.body) if operation.body else ()):
            try_out(operation, f"body {number}", body)
        for name in parameters[0]:
            if f"{{{name}}}" in operation.path:
                try_out(operation, name, good, **{name: LONG})
        for parameter in operation.query:
            try_out(operation, parameter["name"], good, f"?{parameter['name']}={LONG}")
        own = operation.headers
        for name, value in HEADERS.items():
            operation.headers = own | {name: value}
            try_out(operation, name, good)
        operation.headers = own
    bad_input.report(failed)
