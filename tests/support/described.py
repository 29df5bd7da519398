"""The statuses of a journal's exchanges, held against those that the OpenAPI documents describe."""

import json
import re
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from registration_sandbox.runtime.embedded import RunningSandbox
from simulators.kit.services import SERVICES

PUSH, DUE = "push", "DUE"
NOT_FOUND = 404


def undescribed(exchanges: Iterable[Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return each operation with a status that it was answered with and that its document does not describe.

    What a fault answered is nobody's to describe, a push is described by its receiver, and due work is no request. A
    path of no operation is answered with 404.
    """
    operations = {service: [*_operations(document)] for service, document in documents.items()}
    found = set()
    for each in exchanges:
        if each["fault"] or each["path"] == PUSH or each["method"] == DUE or each["service"] not in operations:
            continue
        path = each["path"].partition("?")[0]
        for method, pattern, statuses, name in operations[each["service"]]:
            if method == each["method"] and pattern.fullmatch(path):
                if str(each["status"]) not in statuses:
                    found.add(f"{each['service']}: {name} {each['status']}")
                break
        else:
            if each["status"] == NOT_FOUND:
                continue
            found.add(f"{each['service']}: {each['method']} {path} is no operation")
    return found


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, re.Pattern[str], set[str], str]]:
    for path, methods in document["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path)))
        for method, operation in methods.items():
            yield method.upper(), pattern, set(operation["responses"]), f"{method.upper()} {path}"


def check_described(sandbox: RunningSandbox) -> None:
    """Check that every status in the journals of a sandbox's worlds is one that its OpenAPI documents describe."""
    found = undescribed(journals_of(sandbox), documents_of(sandbox))
    assert not found, f"Answers that no document describes: {sorted(found)}"


def documents_of(sandbox: RunningSandbox) -> dict[str, dict[str, Any]]:
    """Return each service's OpenAPI document."""
    return {name: _get(sandbox.urls[name], "/openapi.json") for name in SERVICES}


def journals_of(sandbox: RunningSandbox) -> Iterator[dict[str, Any]]:
    """Yield every exchange of every world that is there."""
    base = sandbox.urls["orchestrator"]
    for world in _get(base, "/_sandbox/worlds")["worlds"]:
        yield from _get(base, f"/_sandbox/worlds/{world['world']}/journal?limit=10000")["exchanges"]


def _get(url: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(url + path, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found
