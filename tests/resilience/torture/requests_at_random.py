"""Requests made from an OpenAPI document and then broken: valid but for one or two things, or for all.

What answers tell (ids, tokens, names) is remembered by the name of its field, and sent where a field is called so: that
is how requests get past the first refusal.
"""

import random
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from tests.contract.running.wire import NOTHING
from tests.resilience.torture.target import ENDLESS, SCRATCH, UNMAKING

REMEMBERED = 40
"""Values that are remembered of a name."""

DEEPEST = 6
LONGEST_WORD = 1_000
"""Characters of a parameter: of many, a longer one makes a URL that no server takes (414)."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63 - 1, 2**63, 10**400, 1.5, -0.0, 1e308, "", " ", "\n", "x\n", "\x00",
    "\u0085", "²", "٣", "é", "e\u0301", "\ud800", "\U0001f600", "a" * 65, "a" * 5_000, "../..", "%2e%2e", "a/b", "?#",
    "<b>", "'", '"', "null", "true", "0", "-1", "1e9", "P1D", "P1Y", "-PT1S", "PT99999999999999S", "2026-02-30",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-05T09:00:00", "*", "**", "(a|a)*b", "[", "default",
    "torture", "asha@", "+91", "@", [], [[]], [None], ["a"] * 200, {}, {"": ""}, {"a": {"a": {"a": {}}}},
)  # fmt: skip


@dataclass
class Sent:
    """A request as it was sent, so that it can be told and sent again."""

    method: str
    path: str
    body: Any = NOTHING
    headers: dict[str, str] = field(default_factory=dict)
    statuses: dict[int, set[str]] = field(default_factory=dict, repr=False)
    """By status that the document knows of this operation, the media types of its body."""


class Requests:
    """Makes requests of the operations of one service, each time others, the same for the same seed."""

    def __init__(self, document: Mapping[str, Any], seed: str) -> None:
        self._document = document
        self._random = random.Random(seed)
        self._known: defaultdict[str, deque[Any]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._operations = [
            (method.upper(), path, described)
            for path, item in document["paths"].items()
            for method, described in item.items()
            if path != ENDLESS and not re.search(UNMAKING, described["operationId"])
        ]

    def next(self) -> Sent:
        """Return another request."""
        method, path, described = self._random.choice(self._operations)
        # one in eight is as it should be, one in eight is broken everywhere, the others in a place or two
        self._odds = self._random.choice((0.0, 0.08, 0.08, 0.15, 0.15, 0.3, 0.3, 1.0))
        query: dict[str, str] = {}
        headers: dict[str, str] = {}
        for parameter in map(self._resolve, described.get("parameters", ())):
            name, place = parameter["name"], parameter["in"]
            if place == "path":
                path = path.replace(
                    f"{{{name}}}", quote(self._word(name, parameter), safe="", errors="surrogatepass") or "%20"
                )
            elif self._random.random() < 0.3 or parameter.get("required"):
                (query if place == "query" else headers)[name] = self._word(name, parameter)
        if query:
            path += "?" + urlencode(query, errors="surrogatepass")
        headers = {name: _as_header(value) for name, value in headers.items()}
        if self._known["token"] and self._random.random() < 0.5:
            headers["Authorization"] = _as_header(f"Bearer {self._random.choice(self._known['token'])}")
        content = self._resolve(described.get("requestBody", {})).get("content", {}).get("application/json")
        body = self._value("body", content.get("schema", {})) if content and self._random.random() < 0.97 else NOTHING
        return Sent(method, path, body, headers, self._statuses(described))

    def learn(self, answer: Any, name: str = "", depth: int = 0) -> None:
        """Remember what an answer tells."""
        if isinstance(answer, dict):
            for key, value in answer.items():
                self.learn(value, key, depth + 1)
        elif isinstance(answer, list):
            for value in answer[:5]:
                self.learn(value, name, depth + 1)
        elif isinstance(answer, str) and answer and len(answer) < 500:
            self._known[_key(name)].append(answer)

    def _statuses(self, described: Mapping[str, Any]) -> dict[int, set[str]]:
        return {
            int(status): set(self._resolve(answer).get("content", ()))
            for status, answer in described["responses"].items()
            if status.isdecimal()
        }

    def _resolve(self, described: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in described:
            place: Any = self._document
            for part in described["$ref"].removeprefix("#/").split("/"):
                place = place[part]
            described = place
        return described

    def _word(self, name: str, parameter: Mapping[str, Any]) -> str:
        """Return the text of a parameter; a world's is always the one that may be harmed, or nobody's."""
        if name == "world":
            return SCRATCH if self._random.random() < 0.9 else "nobody"
        if name in ("wait", "timeout"):
            return self._random.choice(("0", "0.05", "-1", "x", ""))
        value = self._value(name, parameter.get("schema", {}))
        return str(value)[:LONGEST_WORD]

    def _value(self, name: str, schema: Mapping[str, Any], depth: int = 0) -> Any:
        """Return a value of a schema, with odd ones within it, or in its place."""
        if self._random.random() < self._odds / (1 + depth):
            return self._random.choice(ODD)
        schema = self._resolve(schema)
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return self._value(name, self._random.choice(choices), depth + 1)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._random.choice(schema["enum"])
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = self._random.choice(kind)
        if kind == "object":
            return dict(self._members(schema, depth))
        if kind == "array":
            number = self._random.choice((0, 1, 1, 2))
            return [self._value(name, schema.get("items", {}), depth + 1) for _ in range(number)]
        if kind == "integer":
            return self._random.choice((schema.get("minimum", 0), schema.get("maximum", 9), 1))
        if kind == "number":
            return self._random.choice((schema.get("minimum", 0), schema.get("maximum", 1.0), 0.5))
        if kind in ("boolean", "null"):
            return None if kind == "null" else self._random.random() < 0.5
        return self._text(name, schema)

    def _members(self, schema: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
        required = schema.get("required", ())
        for name, inner in schema.get("properties", {}).items():
            likely = 0.97 if name in required else 0.0 if depth > DEEPEST else 0.4
            if self._random.random() < likely:
                yield name, self._value(name, inner, depth + 1)
        if self._random.random() < self._odds / 4:
            yield self._random.choice(("", "unknown", "a.b", "é", "__class__")), self._random.choice(ODD)

    def _text(self, name: str, schema: Mapping[str, Any]) -> str:
        told = [*schema.get("examples", ()), *([schema["default"]] if isinstance(schema.get("default"), str) else [])]
        known = self._known[_key(name)]
        if known and self._random.random() < 0.7:
            return str(self._random.choice(known))
        if told:
            return str(self._random.choice(told))
        length = min(max(schema.get("minLength", 4), 1), schema.get("maxLength", 12), 64)
        return "".join(self._random.choices("0123456789" if self._random.random() < 0.6 else "abcdef", k=length))


def _key(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _as_header(value: str) -> str:
    return "".join(letter for letter in value if letter.isprintable() and ord(letter) < 256) or "0"
