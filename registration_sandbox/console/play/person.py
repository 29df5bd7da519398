"""What a person does, over HTTP as any client does it: the journal shows it as an exchange."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from flask import current_app

from registration_sandbox.console.pages import service
from registration_sandbox.console.play.notices import Notice, notice
from simulators.kit.wire.strict_json import read_json
from simulators.kit.world_names import to_baggage

if TYPE_CHECKING:
    from simulators.kit.wire.pool import Pool

PATIENCE = 30.0
"""Seconds for which a person waits for an answer."""

POOL = "console-people"


@dataclass(frozen=True)
class PersonReply:
    """A system's answer to a person; a ``status`` of 0 is no answer at all, for the reason in ``message``."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    branches: tuple[str, ...] = ()
    exchange: str = ""
    raw: bytes = b""
    silence: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def message(self) -> str:
        """Return the message in the answer: a registration's, a problem's, or that of a system's own envelope."""
        last = self.body.get("last_outcome")
        messages = (last.get("message") if isinstance(last, dict) else None, *map(self.body.get, ("detail", "message")))
        return str(next((text for text in messages if text), self.silence or f"The answer was {self.status}."))

    @property
    def details(self) -> dict[str, Any]:
        last = self.body.get("last_outcome")
        found = (
            last.get("details") if isinstance(last, dict) else self.body.get("details") or self.body.get("errorMeta")
        )
        return found if isinstance(found, dict) else {}

    def notice(self) -> Notice:
        """Return what the person sees of it."""
        if not self.status:
            return Notice("wait", "No answer", f"{self.message} Try again in a few minutes.")
        return notice(self.branches, self.message, self.details, went_well=self.ok, exchange=self.exchange)


def ask(
    world: str,
    name: str,
    method: str,
    path: str,
    body: Any = None,
    *,
    token: str = "",
    api_key: str = "",
    upload: tuple[bytes, str] | None = None,
    accept: str = "application/json",
) -> PersonReply:
    """Ask a service as a person's browser or phone does; ``upload`` is a body of a media type of its own."""
    from simulators.kit.wire.pool import NoAnswer

    headers = {"baggage": to_baggage("", world), "Accept": accept}
    raw = None
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if api_key:
        headers["X-API-Key"] = api_key
    if upload is not None:
        raw, headers["Content-Type"] = upload
    elif body is not None:
        raw, headers["Content-Type"] = msgspec.json.encode(body), "application/json"
    try:
        status, content, received = _pool().send(method, service().settings.url(name) + path, raw, headers, PATIENCE)
    except NoAnswer as silence:
        return PersonReply(0, silence=f"The bank {silence}.")
    taken = tuple(each for each in received.get("sandbox-branch", "").split(",") if each)
    return PersonReply(status, _object(content), taken, received.get("sandbox-exchange", ""), content)


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = read_json(content) if content[:1] == b"{" else {}
    except msgspec.MsgspecError:
        return {}
    return dict(found) if isinstance(found, Mapping) else {}


def _pool() -> "Pool":
    from simulators.kit.wire.pool import Pool

    pool: Pool | None = current_app.extensions.get(POOL)
    if pool is None:
        owner = service()
        settings = owner.settings
        pool = Pool(f"sandbox-client/{owner.version}", settings.connect_timeout, settings.ca_file)
        current_app.extensions[POOL] = pool
    return pool
