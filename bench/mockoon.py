"""Mockoon with one stateful route: a data bucket that ``/messages`` creates, lists and replaces."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import peers
from bench.processes import running
from registration_sandbox.runtime.embedded import free_base_port

BUCKET = "mess"
ROUTE = "a0000000-0000-4000-8000-000000000001"


@contextmanager
def mockoon() -> Iterator[tuple[str, int]]:
    """Run Mockoon until the block ends; yield the route's URL and the process id. Raises Unavailable, DidNotStart."""
    program = peers.npm_program(peers.MOCKOON, "mockoon-cli")
    port = free_base_port()
    url = f"http://127.0.0.1:{port}/messages"
    with TemporaryDirectory(prefix="bench-") as temporary:
        directory = Path(temporary)
        (directory / "environment.json").write_text(json.dumps(_environment(port)), "utf-8")
        options = ["start", "--data", "environment.json", "--disable-log-to-file", "--disable-admin-api"]
        with running([*program, *options], [url], directory) as pid:
            yield url, pid


def _environment(port: int) -> dict[str, Any]:
    """Return an environment in Mockoon's file format (https://mockoon.com/docs/latest/mockoon-data-files/)."""
    response = {
        "uuid": "a0000000-0000-4000-8000-000000000002", "body": "{}", "latency": 0, "statusCode": 200, "label": "",
        "headers": [], "bodyType": "DATABUCKET", "filePath": "", "databucketID": BUCKET, "sendFileAsBody": False,
        "rules": [], "rulesOperator": "OR", "disableTemplating": False, "fallbackTo404": False, "default": True,
        "crudKey": "id", "callbacks": [],
    }  # fmt: skip
    route = {
        "uuid": ROUTE, "type": "crud", "documentation": "", "method": "", "endpoint": "messages",
        "responses": [response], "responseMode": None, "streamingMode": None, "streamingInterval": 0,
    }  # fmt: skip
    bucket = {
        "uuid": "a0000000-0000-4000-8000-000000000003", "id": BUCKET, "name": "messages", "documentation": "",
        "value": "[]",
    }  # fmt: skip
    tls = {
        "enabled": False, "type": "CERT", "pfxPath": "", "certPath": "", "keyPath": "", "caPath": "", "passphrase": "",
    }  # fmt: skip
    return {
        "uuid": "a0000000-0000-4000-8000-000000000000", "lastMigration": 33, "name": "bench", "port": port,
        "hostname": "127.0.0.1", "endpointPrefix": "", "latency": 0, "folders": [], "routes": [route],
        "rootChildren": [{"type": "route", "uuid": ROUTE}], "proxyMode": False, "proxyHost": "",
        "proxyRemovePrefix": False, "tlsOptions": tls, "cors": False, "headers": [], "proxyReqHeaders": [],
        "proxyResHeaders": [], "data": [bucket], "callbacks": [],
    }  # fmt: skip
