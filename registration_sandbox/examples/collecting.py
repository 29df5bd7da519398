"""Examples, by service and operation, picked from the exchanges of a run; secrets are masked and lists are short."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registration_sandbox.examples.playing import play
from registration_sandbox.runtime.embedded import OWN_FILES, running_sandbox
from simulators.kit.masking import MASK
from simulators.kit.services import CONTROL_PLANE

Examples = dict[str, dict[str, Any]]
"""By operation, ``POST /registrations``: the ``request`` and, by status, the ``answers``."""

MOST_ITEMS, LONGEST_TEXT, SHOWN_OF_TEXT = 2, 200, 60
AT = {CONTROL_PLANE.name: (CONTROL_PLANE.name, "orchestrator")}
"""The services of which a document tells, where it is not of one only."""

SUCCESS = range(200, 300)
WHOLE_WORLDS = ("/state", "/snapshots/{snapshot}", "/credentials")
"""How paths end whose answers are a world's whole data, or all secrets."""


MASKS = {"expiryDate": "0100", "seed": 1}
"""What masked fields have in place of the mask where their schema would not take that."""


@dataclass(frozen=True)
class Seen:
    """An exchange that was seen in the run, masked."""

    service: str
    method: str
    path: str
    status: int
    request: Any = None
    answer: Any = None


class SecretInExample(Exception):
    """Raised for an example that would show a secret of the run."""


def collect() -> dict[str, Examples]:
    """Play both flows in a sandbox of its own; return the examples that were seen, by service."""
    with running_sandbox(environment=OWN_FILES) as sandbox:
        run = play(sandbox.urls)
    seen = [Seen(**each) for each in run.exchanges]
    found = {name: pick(document, [each for each in seen if each.service in AT.get(name, (name,))])
             for name, document in run.documents.items()}  # fmt: skip
    text = str(found)
    shown = sorted({name for name, secret in run.secrets.items() if len(secret) > 5 and secret in text})
    if shown:
        raise SecretInExample(f"The examples show {', '.join(shown)}.")
    return found


def pick(document: Mapping[str, Any], seen: Iterable[Seen]) -> Examples:
    """Return for each operation of a document the first request that went well, and the first answer of each status."""
    patterns = {
        (method.upper(), path): re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path)))
        for path, methods in document["paths"].items()
        for method in methods
    }
    found: Examples = {}
    for each in seen:
        path = each.path.partition("?")[0]
        name = next(
            (key for key, pattern in patterns.items() if key[0] == each.method and pattern.fullmatch(path)), None
        )
        if name is None:
            continue
        example = found.setdefault(" ".join(name), {})
        if each.request is not None and each.status in SUCCESS:
            example.setdefault("request", shorten(each.request))
        if each.answer is not None and not name[1].endswith(WHOLE_WORLDS):
            example.setdefault("answers", {}).setdefault(str(each.status), shorten(each.answer))
    in_order = [" ".join(key) for key in patterns]
    return {name: found[name] for name in in_order if found.get(name)}


def shorten(value: Any) -> Any:
    """Return a JSON value with the first items of its lists, and the beginnings of its long texts."""
    if isinstance(value, dict):
        return {key: MASKS[key] if key in MASKS and each == MASK else shorten(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shorten(each) for each in value[:MOST_ITEMS]]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[:SHOWN_OF_TEXT] + "…"
    return value
