"""A world of many pushes is listed without a stop of the process, and without what their apps sent."""

import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulators.kit.web.app import service_of
from simulators.tsg import tables
from simulators.tsg.app import create_app
from simulators.tsg.records import Push, PushAttempt
from tests.conftest import settings_in

MANY = 30_000
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def fill(directory: Path, number: int, credential: str | None = None) -> FlaskClient:
    app = create_app(settings_in(directory))
    client: FlaskClient = app.test_client()
    assert client.put("/_sandbox/worlds/w", json={}).status_code == 201
    with service_of(app).store.transaction("w") as tx:
        for n in range(number):
            push = Push(f"p{n:05}", n, "phone", "bank", f"r{n}", NOW, "", "middleware", credential=credential)
            tx.insert(tables.pushes, push)
            tx.insert(tables.push_attempts, PushAttempt(push.id, 1, NOW, 200))
    return client


def test_the_tries_of_many_pushes_are_found_at_once(tmp_path: Path) -> None:
    client = fill(tmp_path, MANY)
    began = time.process_time()
    pushes = client.get("/_sandbox/worlds/w/pushes").get_json()["pushes"]
    assert time.process_time() - began < 5
    assert [push["external_reference"] for push in pushes] == [f"r{n}" for n in range(MANY)]
    assert {len(push["tries"]) for push in pushes} == {1}


@pytest.mark.parametrize("listed", ["pushes", "people"])
def test_credentials_are_not_read_for_a_list(tmp_path: Path, listed: str) -> None:
    client = fill(tmp_path, 200, f'"{"x" * 50_000}"')
    client.get(f"/_sandbox/worlds/w/{listed}")
    tracemalloc.start()
    try:
        assert len(client.get(f"/_sandbox/worlds/w/{listed}").get_json()["pushes"]) == 200
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
