"""A fault's effect in a tester's words: ``delay=800``, ``status=503``, ``reset``; read, and told the same way."""

import json
from typing import Any

from orchestrator.cli.groups import did_you_mean

FORMS = """\b
Effects on a request:
  delay=800                     the answer comes after so many milliseconds
  delay=100..900                after a time between these
  delay=lognormal:200,0.6,5000  drawn by median, sigma and longest
  status=503                    another status, with the body that --body gives
  reset                         the connection is reset
  hang                          no answer at all
  garbage                       an answer that is not JSON
  truncate                      half of the answer's body
  lose-response                 the work is done, its answer is lost
\b
Effects on the TSG's push (sandbox fault add tsg push EFFECT), beside delay:
  duplicate=5                   it arrives so often
  reorder                       it arrives after the one that follows it
  drop                          it is lost
  tamper=FIELD=VALUE            a field of it has another value, or none
  remove=FIELD                  a field of it is missing
  bad-signature                 it is signed with another secret
  stale-timestamp               it is too old
"""
WORDS = tuple(line.split()[0] for line in FORMS.splitlines() if line.startswith("  "))
LOGNORMAL = "lognormal:"


class Unreadable(Exception):
    """An effect that cannot be read, with what is wrong with it."""


def read(text: str, body: Any, known: list[str]) -> dict[str, Any]:
    """Return an effect as a fault has it; ``body`` goes with a status, None for none, ``known`` are all effects' names.

    Raises Unreadable. Whether the value is one that the effect can have is not looked at.
    """
    word, given, value = text.partition("=")
    name = "tamper" if word == "remove" else word.replace("-", "_")
    if name not in known:
        words = [each.replace("_", "-") for each in known]
        raise Unreadable(f"There is no effect {word!r}.{did_you_mean(word, words)} There are: {', '.join(words)}.")
    if body is not None and name != "status":
        raise Unreadable(f"--body goes with the effect status, not with {word}.")
    if not given:
        return {name: True}
    if name == "delay":
        return {name: _delay(value)}
    if name == "tamper":
        return {name: _tampering(word, value)}
    if name == "status" and body is not None:
        return {name: _json(value), "body": body}
    return {name: _json(value)}


def told(effect: dict[str, Any]) -> str:
    """Return an effect as ``read`` reads it."""
    name, value = next((name, value) for name, value in effect.items() if name != "body" or len(effect) == 1)
    word = name.replace("_", "-")
    if value is True:
        return word
    if name == "delay":
        return f"delay={_told_delay(value)}"
    if name == "tamper":
        field = value["field"]
        return f"remove={field}" if value.get("remove") else f"tamper={field}={value.get('value')}"
    return f"{word}={json.dumps(value)}"


def _delay(text: str) -> dict[str, Any]:
    """Return a delay: in milliseconds, or in seconds where it says so."""
    if text.startswith(LOGNORMAL):
        numbers = text.removeprefix(LOGNORMAL).split(",")
        if len(numbers) != 3:
            raise Unreadable(f"delay={text} needs three numbers: the median, sigma and the longest delay.")
        median, sigma, longest = numbers
        return {"lognormal": {"median": _milliseconds(median), "sigma": _number(sigma), "max": _milliseconds(longest)}}
    least, is_range, most = text.partition("..")
    return {"uniform": [_milliseconds(least), _milliseconds(most)]} if is_range else {"ms": _milliseconds(text)}


def _told_delay(value: dict[str, Any]) -> str:
    if "uniform" in value:
        least, most = value["uniform"]
        return f"{least:g}..{most:g}"
    if "lognormal" in value:
        drawn = value["lognormal"]
        return f"{LOGNORMAL}{drawn['median']:g},{drawn['sigma']:g},{drawn['max']:g}"
    return f"{value['ms']:g}"


def _tampering(word: str, value: str) -> dict[str, Any]:
    if word == "remove":
        return {"field": value, "remove": True}
    field, given, other = value.partition("=")
    if not given:
        raise Unreadable(f"tamper={value} needs the other value, as in tamper={value}=; remove={value} removes it.")
    return {"field": field, "value": other}


def _milliseconds(text: str) -> float:
    if text.endswith("ms"):
        return _number(text.removesuffix("ms"))
    return _number(text.removesuffix("s")) * 1000 if text.endswith("s") else _number(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(f"{text!r} is no number.") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
