"""Signed tokens: the staged ones of a registration and those of a login.

Expiry is in the world's time, so that moving its clock expires them; the signature is by a key of the world's own, so
that a token of another world, or of an earlier world of the same name, is as good as forged.
"""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from simulators.cymmetri.registration import Stage
from simulators.kit.clock import stamp
from simulators.kit.seeds import derive

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

Claims = TypeVar("Claims", bound="Expiring")


class BadToken(Exception):
    """A token that is none of ours, or no longer good."""


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
    """Signs a world's tokens, and opens them."""

    def __init__(self, signing_key: str, world: str, seed: str, created_at: datetime) -> None:
        self._key = derive(signing_key, "tokens", world, seed, stamp(created_at))

    def sign(self, claims: Expiring) -> str:
        payload = msgspec.to_builtins(claims)
        return str(self._serializer(type(claims)).dumps(payload))

    def open(self, token: str, kind: type[Claims], now: datetime) -> Claims:
        """Return what a token of this kind claims. Raises BadToken."""
        from itsdangerous import BadData

        try:
            claims = msgspec.convert(self._serializer(kind).loads(token), kind)
        except (BadData, msgspec.ValidationError) as error:
            raise BadToken("forged, or of another world") from error
        if now >= claims.expires_at:
            raise BadToken("expired")
        return claims

    def _serializer(self, kind: type[Expiring]) -> "URLSafeSerializer":
        from itsdangerous import URLSafeSerializer

        return URLSafeSerializer(self._key, salt=kind.__name__, signer_kwargs={"digest_method": hashlib.sha256})
