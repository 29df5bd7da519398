"""Presets: defaults for the password rules that come from somewhere else than the vendor."""

from collections.abc import Mapping
from typing import Any

NIST_PASSWORD: Mapping[str, Any] = {
    "min_length": 15,
    "max_length": 128,
    "min_digits": 0,
    "min_specials": 0,
    "min_alpha": 0,
    "min_upper": 0,
    "min_lower": 0,
    "disallowed_characters": "",
    "refuse_common": 3000,
}
"""NIST SP 800-63B-4, section 3.1.1.2: a password that is the only factor has 15 characters at least; 64 at least are
allowed; no composition rules; every printable character and the space; a blocklist of the commonest."""

PRESETS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {"vendor": {}, "nist": {"password": NIST_PASSWORD}}


def below(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return policies as given, completed by those of the preset that they name."""
    preset = given.get("preset")
    if not isinstance(preset, str) or preset not in PRESETS:
        return given
    completed = dict(given)
    for section, defaults in PRESETS[preset].items():
        own = given.get(section, {})
        if isinstance(own, Mapping):
            completed[section] = {**defaults, **own}
    return completed
