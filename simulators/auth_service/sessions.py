"""Sessions of logged-in users: when one ends (DR-0.8), and the bearer token that stands for it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from simulators.auth_service.records import Session, User

TOKEN_BYTES = 32


def draw_token() -> str:
    """Return a new token; nobody can guess it, not even from the world's seed."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def id_of(token: str) -> str:
    """Return the id of a token's session."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(token: str, user: User, now: datetime, lifetime: timedelta) -> Session:
    """Return the session of a user who logs in now."""
    return Session(id_of(token), user.key, user.username, now + lifetime, now)


def is_live(session: Session, now: datetime, idle: timedelta | None) -> bool:
    """Tell whether a session still lasts: it ends at the instant of its expiry, and after ``idle`` without use."""
    return now < session.expires_at and (idle is None or now < session.last_used_at + idle)
