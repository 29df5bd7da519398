"""Chance that repeats: every random-looking value of a world is derived from its seed and a label."""

import base64
import hashlib
import secrets


def fresh_seed() -> str:
    """Return a seed that nobody can guess, for a world that was given none."""
    return secrets.token_hex(16)


def derive(seed: str, *labels: object) -> bytes:
    """Return 32 bytes that depend on the seed and every label (keyed BLAKE2b, RFC 7693, section 2.9)."""
    key = seed.encode()
    if len(key) > hashlib.blake2b.MAX_KEY_SIZE:
        key = hashlib.blake2b(key).digest()
    return hashlib.blake2b("\x1f".join(map(str, labels)).encode(), key=key, digest_size=32).digest()


def derive_hex(seed: str, *labels: object, length: int = 32) -> str:
    return derive(seed, *labels).hex()[:length]


def derive_int(seed: str, *labels: object) -> int:
    return int.from_bytes(derive(seed, *labels), "big")


def derive_base32(seed: str, *labels: object) -> str:
    """Return a secret in the form that pyotp takes (RFC 4648 base32, 160 bits)."""
    return base64.b32encode(derive(seed, *labels)[:20]).decode()


def pick(seed: str, alphabet: str, length: int, *labels: object) -> str:
    """Return ``length`` characters of ``alphabet``."""
    number = derive_int(seed, *labels)
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(alphabet))
        characters.append(alphabet[index])
    return "".join(characters)
