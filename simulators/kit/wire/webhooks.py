"""Standard Webhooks (specification 1.0.0): how a push is signed and checked, in the world's time.

The signature is ``v1,`` and the base64 of HMAC-SHA-256 over ``id.timestamp.payload``, under the secret that follows
``whsec_`` in base64. A receiver refuses a timestamp that is more than five minutes away from its own time.
"""

import base64
import hmac
import re
from datetime import datetime, timedelta
from typing import Protocol

LONGEST_ID = 255
TOLERANCE = timedelta(seconds=300)
SECRET_PREFIX = "whsec_"  # noqa: S105
_SECONDS = re.compile("[0-9]{1,12}")
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


class Headers(Protocol):
    """Headers that are found without regard to case, as Werkzeug's are."""

    def get(self, name: str, default: str, /) -> str: ...


class BadWebhook(Exception):
    """A push that cannot be trusted, and why."""


def sign(secret: str, id: str, now: datetime, payload: bytes) -> dict[str, str]:
    """Return the three headers of a push."""
    timestamp = str(int(now.timestamp()))
    return {ID: id, TIMESTAMP: timestamp, SIGNATURE: f"v1,{_digest(secret, id, timestamp, payload)}"}


def verify(secret: str, headers: Headers, payload: bytes, now: datetime) -> str:
    """Return the id of a push that is signed and fresh. Raises BadWebhook."""
    id, timestamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "")
    if not (id and timestamp and given):
        raise BadWebhook(f"it lacks {ID}, {TIMESTAMP} or {SIGNATURE}")
    if len(id) > LONGEST_ID:
        raise BadWebhook(f"its {ID} has more than {LONGEST_ID} characters")
    expected = _digest(secret, id, timestamp, payload)
    versions = [part.partition(",") for part in given.split()]
    if not any(v == "v1" and hmac.compare_digest(s.encode(), expected.encode()) for v, _, s in versions):
        raise BadWebhook("its signature is not ours")
    if not _SECONDS.fullmatch(timestamp):
        raise BadWebhook("its timestamp is no number of seconds")
    sent = int(timestamp)
    if abs(now.timestamp() - sent) > TOLERANCE.total_seconds():
        raise BadWebhook("its timestamp is more than five minutes away")
    return id


def _digest(secret: str, id: str, timestamp: str, payload: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except ValueError as error:
        raise ValueError("a push secret is whsec_ followed by base64") from error
    return base64.b64encode(hmac.digest(key, f"{id}.{timestamp}.".encode() + payload, "sha256")).decode()
