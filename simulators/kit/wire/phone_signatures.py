"""HTTP Message Signatures of the simulated phones (RFC 9421), in the one form that the app SDK and the TSG use.

A phone signs ``@method``, ``@path`` and ``content-digest`` (RFC 9530, sha-256) with its emCert's key, as
``ecdsa-p256-sha256`` (RFC 9421, section 3.3.4: r and s, 32 bytes each). The parameters are ``created`` in the world's
time, a ``nonce`` that is used once, ``keyid`` (the emCertID) and ``alg``. ``@path`` is the path as it was sent, a world
in it included.
"""

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256

TOLERANCE = timedelta(seconds=300)
ALGORITHM = "ecdsa-p256-sha256"
COMPONENTS = ("@method", "@path", "content-digest")
CONTENT_DIGEST, SIGNATURE_INPUT, SIGNATURE = "Content-Digest", "Signature-Input", "Signature"

_LABEL = "sig1"
_NUMBER = 32
"""Bytes of r, and of s."""

_INPUT = re.compile(
    r'([a-z*][\w.*-]*)=(\(((?:"[a-z@-]+" ?)*)\)((?:;[a-z]+=(?:[0-9]{1,15}|"[\x20-\x21\x23-\x5b\x5d-\x7e]*"))*))'
)
_PARAMETER = re.compile(r';([a-z]+)=(?:([0-9]{1,15})|"([^"]*)")')
_CREATED = re.compile("[0-9]{1,15}")
_MEMBER = re.compile(r"(?:^|[,\s])([a-z*][\w.*-]*)=:([A-Za-z0-9+/]+={0,2}):")
"""A member of a dictionary header. What a caller calls it is compared: as a pattern it would be kept by ``re``."""


class BadSignature(Exception):
    """A request that cannot be trusted, and why."""


@dataclass(frozen=True)
class SignedRequest:
    """A request as it arrived, with the three headers that make up its signature; empty where one is missing."""

    method: str
    path: str
    body: bytes
    content_digest: str
    signature_input: str
    signature: str


@dataclass(frozen=True)
class Claim:
    """What a signature says of itself; nothing of it is checked yet."""

    key_id: str
    nonce: str
    created: int
    components: tuple[str, ...]
    parameters: str
    signature: bytes


def sign(
    key: EllipticCurvePrivateKey, key_id: str, *, method: str, path: str, body: bytes, now: datetime, nonce: str
) -> dict[str, str]:
    """Return the headers that sign a request. The same arguments give the same signature (RFC 6979)."""
    covered = " ".join(f'"{component}"' for component in COMPONENTS)
    created = int(now.timestamp())
    parameters = f'({covered});created={created};nonce="{nonce}";keyid="{key_id}";alg="{ALGORITHM}"'
    digest = content_digest(body)
    base = _base(COMPONENTS, parameters, method, path, digest)
    der = key.sign(base, ec.ECDSA(SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(der)
    raw = base64.b64encode(r.to_bytes(_NUMBER, "big") + s.to_bytes(_NUMBER, "big")).decode()
    return {CONTENT_DIGEST: digest, SIGNATURE_INPUT: f"{_LABEL}={parameters}", SIGNATURE: f"{_LABEL}=:{raw}:"}


def claim_of(request: SignedRequest) -> Claim:
    """Return what a request's signature says of itself. Raises BadSignature when there is none that can be read."""
    found = _INPUT.fullmatch(request.signature_input.strip())
    if found is None:
        raise BadSignature("it has no Signature-Input that can be read")
    label, parameters, covered, rest = found.groups()
    given = {name: number or text for name, number, text in _PARAMETER.findall(rest)}
    if sorted(given) != ["alg", "created", "keyid", "nonce"] or not _CREATED.fullmatch(given["created"]):
        raise BadSignature("its parameters are not created, nonce, keyid and alg")
    if given["alg"] != ALGORITHM:
        raise BadSignature(f"its alg is not {ALGORITHM}")
    components = tuple(part.strip('"') for part in covered.split())
    if sorted(components) != sorted(COMPONENTS):
        raise BadSignature(f"it does not cover exactly {', '.join(COMPONENTS)}")
    raw = _member(label, request.signature)
    if len(raw) != 2 * _NUMBER:
        raise BadSignature("it has no Signature of 64 bytes")
    return Claim(given["keyid"], given["nonce"], int(given["created"]), components, parameters, raw)


def check(claim: Claim, request: SignedRequest, key: EllipticCurvePublicKey, now: datetime) -> None:
    """Check that ``key`` signed the request as it arrived, and lately. Raises BadSignature."""
    if not hmac.compare_digest(_member("sha-256", request.content_digest), hashlib.sha256(request.body).digest()):
        raise BadSignature("its body is not the one that was signed")
    r, s = (int.from_bytes(half, "big") for half in (claim.signature[:_NUMBER], claim.signature[_NUMBER:]))
    base = _base(claim.components, claim.parameters, request.method, request.path, request.content_digest)
    try:
        key.verify(utils.encode_dss_signature(r, s), base, ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise BadSignature("the key of its keyid did not sign it") from None
    if abs(now.timestamp() - claim.created) > TOLERANCE.total_seconds():
        raise BadSignature("it was created more than five minutes away")


def content_digest(body: bytes) -> str:
    """Return the ``Content-Digest`` of a body (RFC 9530, section 2)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _base(components: tuple[str, ...], parameters: str, method: str, path: str, digest: str) -> bytes:
    """Return the signature base (RFC 9421, section 2.5)."""
    values = {"@method": method, "@path": path, "content-digest": digest.strip()}
    lines = [f'"{component}": {values[component]}' for component in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def _member(label: str, header: str) -> bytes:
    """Return the bytes of one member of a dictionary header (RFC 8941, sections 3.2 and 3.3.5); none if not there."""
    found = next((encoded for name, encoded in _MEMBER.findall(header) if name == label), "")
    try:
        return base64.b64decode(found, validate=True)
    except binascii.Error:
        return b""
