"""``Idempotency-Key`` on the channel API (after the IETF's draft-ietf-httpapi-idempotency-key-header).

The same key with the same request gets the same answer; with another request it is refused (422). While the first is
still at work the repeat waits for its answer; what a killed process had begun can be taken up again after a while.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from simulators.kit import clock
from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.errors import Refusal, SandboxRefusal, problem
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from orchestrator import tables
else:
    tables = lazy("orchestrator.tables")

LONGEST_KEY = 255
CLAIM = timedelta(seconds=15)
LOOK_AGAIN = 0.01
"""Seconds between two looks for the answer that another process may have made."""


class AnswerRow(Struct):
    key: str
    request: str
    claimed_until: datetime
    status: int | None = None
    body: str | None = None
    media_type: str | None = None
    headers: dict[str, str] = {}
    branches: list[str] = []


View = Callable[..., Any]


def idempotent(view: View) -> View:
    """Have a view answer a repeated ``Idempotency-Key`` as it answered the first time."""

    @wraps(view)
    def answered(call: Call, *arguments: Any, **parameters: Any) -> Any:
        given = call.request.headers.get("Idempotency-Key")
        if given is None:
            return view(call, *arguments, **parameters)
        key = _key(call, given)
        earlier = _claimed(call, key)
        if earlier is not None:
            call.relayed += earlier.branches
            body = (earlier.body or "").encode()
            return Answer(body, earlier.status or 200, earlier.headers, earlier.media_type or "")
        answer = _as_answer(view, call, arguments, parameters)
        _keep(call, key, answer)
        return answer

    return answered


def _key(call: Call, given: str) -> str:
    if not 1 <= len(given) <= LONGEST_KEY:
        words = f"Idempotency-Key must have 1 to {LONGEST_KEY} characters."
        raise Refusal("validation-failed", 400, words, field="Idempotency-Key")
    return hashlib.sha256(f"{call.bearer or ''}\n{given}".encode()).hexdigest()


def _claimed(call: Call, key: str) -> AnswerRow | None:
    """Claim the key for this request, or return the answer that it has had before, waiting for one that is made."""
    body = msgspec.json.encode(call.heard, order="deterministic")
    request = hashlib.sha256(call.request.path.encode() + b"\n" + body).hexdigest()
    give_up = clock.monotonic() + CLAIM.total_seconds()
    while True:
        row = call.tx.get(tables.answers, AnswerRow, key=key)
        wall = clock.wall_now()
        if row is not None and row.request != request:
            raise Refusal(
                "idempotency-key-reused", 422, "This Idempotency-Key was used with another request; take a new one."
            )
        if row is not None and row.status is not None:
            return row
        # a claim lapses, and none holds that was made before the machine's clock was set back
        if row is None or not wall < row.claimed_until <= wall + CLAIM + clock.SKEW:
            call.tx.upsert(tables.answers, AnswerRow(key, request, wall + CLAIM))
            call.commit()
            return None
        call.commit()
        if clock.monotonic() > give_up:
            words = "The first request with this Idempotency-Key is still being worked on; ask again."
            raise Refusal("idempotency-key-in-use", 409, words, headers={"Retry-After": "1"})
        clock.pause(LOOK_AGAIN)


def _as_answer(view: View, call: Call, arguments: tuple[Any, ...], parameters: dict[str, Any]) -> Answer:
    try:
        answer = view(call, *arguments, **parameters)
    except SandboxRefusal:
        raise
    except Refusal as refusal:
        return Answer(problem(refusal), refusal.status, refusal.headers, "application/problem+json")
    return answer if isinstance(answer, Answer) else Answer(answer)


def _keep(call: Call, key: str, answer: Answer) -> None:
    """Keep the answer, unless it is an outage's: that may be tried again under the same key."""
    row = call.tx.get(tables.answers, AnswerRow, key=key)
    if row is None:
        return
    if answer.status >= 500:
        call.tx.delete(tables.answers, key=key)
        return
    row.status, row.media_type, row.headers = answer.status, answer.media_type, answer.headers
    row.body = msgspec.json.encode(answer.body).decode()
    row.branches = list(dict.fromkeys([*call.branches, *call.relayed]))
    call.tx.update(tables.answers, row)
