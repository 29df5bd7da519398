"""The bearer token of a logged-in user: signed, not stored, good in one world until a time of that world."""

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
from itsdangerous import BadData, URLSafeSerializer
from msgspec import Struct


class Claims(Struct):
    """What a token says: whose it is, and when it ends, in seconds since the epoch (RFC 7519, section 4.1)."""

    sub: str
    exp: int


@dataclass(frozen=True)
class Issued:
    """A new token and the seconds it is good for."""

    token: str
    expires_in: int


def key_for(signing_key: str, world: str, created_at: datetime) -> str:
    """Return the key of one world's tokens: they end with the world, also when it is replaced by its namesake."""
    return f"{signing_key}/{world}/{created_at.astimezone(UTC).isoformat()}"


def issue(key: str, username: str, now: datetime, lifetime: timedelta) -> Issued:
    """Return a token for a user who has just logged in."""
    expires_at = math.floor((now + lifetime).timestamp())
    token = _serializer(key).dumps(msgspec.to_builtins(Claims(username, expires_at)))
    return Issued(token if isinstance(token, str) else token.decode(), int(lifetime.total_seconds()))


def read(key: str, token: str, now: datetime) -> Claims | None:
    """Return what a token says; ``None`` when it is forged, of another world, or has expired."""
    try:
        claims = msgspec.convert(_serializer(key).loads(token), Claims)
    except (BadData, msgspec.ValidationError):
        return None
    return claims if now.timestamp() < claims.exp else None


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="auth_service.token", signer_kwargs={"digest_method": hashlib.sha256})
