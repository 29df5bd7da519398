"""Signed tokens: the staged ones of a registration and those of a login.

Expiry is in the world's time, so that moving its clock expires them; the signature is by a key of the world's own, so
that a token of another world, or of an earlier world of the same name, is as good as forged.
"""

import hashlib
from datetime import datetime
from typing import TypeVar

import msgspec
from itsdangerous import BadData, URLSafeSerializer
from msgspec import Struct

from simulators.cymmetri.records import Stage
from simulators.kit.seeds import derive

Claims = TypeVar("Claims", bound="Expiring")


class InvalidToken(Exception):
    """A token that was not signed here, or is no longer valid."""


class ExpiredToken(InvalidToken):
    """A genuine token whose time is over."""


class Expiring(Struct, kw_only=True):
    """What every token carries."""

    expires_at: datetime


class StagedToken(Expiring, kw_only=True):
    """The token of one stage of one registration; ``number`` counts the registration's tokens."""

    registration: str
    stage: Stage
    number: int


class LoginToken(Expiring, kw_only=True):
    """The token of a customer who logged in; ``number`` counts the world's logins."""

    cif: str
    number: int


class RefreshToken(LoginToken, kw_only=True):
    """The token that outlives a login token."""


class Seal:
    """Signs a world's tokens, and opens them; ``origin`` is the secret of the world and its copies."""

    def __init__(self, origin: str) -> None:
        self._key = derive(origin, "tokens")

    def sign(self, claims: Expiring) -> str:
        payload = msgspec.to_builtins(claims)
        return str(self._serializer(type(claims)).dumps(payload))

    def open(self, token: str, kind: type[Claims], now: datetime) -> Claims:
        """Return what a token of this kind claims. Raises InvalidToken, for a genuine one ExpiredToken."""
        claims = self.read(token, kind)
        if now >= claims.expires_at:
            raise ExpiredToken("expired")
        return claims

    def read(self, token: str, kind: type[Claims]) -> Claims:
        """Return what a genuine token of this kind claims, even if its time is over. Raises InvalidToken."""
        try:
            return msgspec.convert(self._serializer(kind).loads(token), kind)
        except (BadData, msgspec.ValidationError) as error:
            raise InvalidToken("forged, or of another world") from error

    def _serializer(self, kind: type[Expiring]) -> URLSafeSerializer:
        return URLSafeSerializer(self._key, salt=kind.__name__, signer_kwargs={"digest_method": hashlib.sha256})
