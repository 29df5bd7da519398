"""``Idempotency-Key`` on the channel API (after the IETF's draft-ietf-httpapi-idempotency-key-header).

The same key with the same request gets the same answer; with another request it is refused (422). A key belongs to the
user who sends it, or, where no login is needed, to the bearer token that comes with it, and is remembered for the time
that a policy sets. While the first request is still being worked on, a repeat waits for its answer; what a killed
process had begun can be begun again after a while.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import msgspec

from orchestrator import tables
from orchestrator.policies import OrchestratorPolicies
from orchestrator.records import AnswerRow
from simulators.kit import clock
from simulators.kit.errors import Refusal, SandboxRefusal, make_problem
from simulators.kit.waiting import look_until
from simulators.kit.web.api import Answer
from simulators.kit.web.call import IDEMPOTENCY_KEY as KEY
from simulators.kit.web.call import LONGEST_KEY, Call

LEASE = timedelta(seconds=15)
"""For how long a request may be worked on before another with its key begins it again."""

POLL_INTERVAL = 0.01
"""Seconds between two looks for the answer that another process may have made."""

IDEMPOTENCY = {
    KEY: "Repeats of the request with the same key get the same answer, others with it 422. It is remembered for "
    f"{msgspec.to_builtins(OrchestratorPolicies().idempotency_key_lifetime)} of the world's time "
    "(policy orchestrator.idempotency_key_lifetime)."
}
"""The header and its meaning, for the description of the operations that honour it."""

_STRING = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')

View = Callable[..., Any]
FindOwner = Callable[..., str]
"""Returns whose a key is, given what the view is given. Raises Refusal where the caller may not ask for this at all."""


def idempotent(find_owner: FindOwner) -> Callable[[View], View]:
    """Have a view answer a repeated ``Idempotency-Key`` as it answered the first time.

    ``find_owner`` is called for every request with a key, so that an answer is given only to who may still have it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer_once(call: Call, *arguments: Any, **parameters: Any) -> Any:
            header = call.request.headers.get(KEY)
            if header is None:
                return view(call, *arguments, **parameters)
            key = _hash_key(find_owner(call, *arguments, **parameters), parse_key(header))
            earlier = _lease(call, key)
            if earlier is not None:
                call.relayed += earlier.branches
                body = (earlier.body or "").encode()
                return Answer(body, earlier.status or 200, earlier.headers, earlier.media_type or "")
            answer = _call(view, call, arguments, parameters)
            _remember(call, key, answer)
            return answer

        return answer_once

    return decorate


def parse_key(header: str) -> str:
    """Return a key that was sent as it is, or as the draft has it: as a string in quotes (RFC 8941, section 3.3.3).

    Raises Refusal (``validation-failed``, 400).
    """
    key = header
    if header.startswith('"'):
        quoted = _STRING.fullmatch(header)
        if quoted is None:
            message = f"{KEY} begins with a quote and is no string of RFC 8941."
            raise Refusal("validation-failed", 400, message, field=KEY)
        key = re.sub(r"\\(.)", r"\1", quoted[1])
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Refusal("validation-failed", 400, f"{KEY} must have 1 to {LONGEST_KEY} characters.", field=KEY)
    return key


def _hash_key(owner: str, key: str) -> str:
    return hashlib.sha256(f"{owner}\n{key}".encode()).hexdigest()


def _lease(call: Call, key: str) -> AnswerRow | None:
    """Take the lease on a key, or return the answer that it has had before, once another request has made it."""
    body = msgspec.json.encode(call.body, order="deterministic")
    request = hashlib.sha256(call.request.path.encode() + b"\n" + body).hexdigest()
    expires_at = call.now + call.world.policies(OrchestratorPolicies).idempotency_key_lifetime
    found = look_until(lambda: _look(call, key, request, expires_at), LEASE.total_seconds(), POLL_INTERVAL)
    if found is None:
        message = f"The first request with this {KEY} is still being worked on; try again."
        raise Refusal("idempotency-key-in-use", 409, message, headers={"Retry-After": "1"})
    return found[0]


def _look(call: Call, key: str, request: str, expires_at: datetime) -> tuple[AnswerRow | None] | None:
    """Return the answer to a key, or that there is none and the lease is ours; ``None`` while somebody else has it."""
    row = call.tx.get(tables.answers, AnswerRow, key=key)
    wall = clock.wall_now()
    if row is not None and row.expires_at <= call.now:
        row = None
    if row is not None and row.request != request:
        message = f"This {KEY} was used with another request; take a new one."
        raise Refusal("idempotency-key-reused", 422, message)
    if row is not None and row.status is not None:
        return (row,)
    # a lease ends, and none counts that was taken before the machine's clock was set back
    if row is None or not wall < row.leased_until <= wall + LEASE + clock.SKEW:
        call.tx.run(tables.forget_expired_answers, now=call.now_text, wall=clock.stamp(wall))
        call.tx.upsert(tables.answers, AnswerRow(key, request, wall + LEASE, expires_at))
        call.commit()
        return (None,)
    call.commit()
    return None


def _call(view: View, call: Call, arguments: tuple[Any, ...], parameters: dict[str, Any]) -> Answer:
    try:
        answer = view(call, *arguments, **parameters)
    except SandboxRefusal:
        raise
    except Refusal as refusal:
        return Answer(make_problem(refusal), refusal.status, refusal.headers, "application/problem+json")
    return answer if isinstance(answer, Answer) else Answer(answer)


def _remember(call: Call, key: str, answer: Answer) -> None:
    """Remember the answer, unless it is an outage's: that may be tried again with the same key."""
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
