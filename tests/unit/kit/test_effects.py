"""What each effect declares, and what it does to a request or a push."""

import base64
import random
import socket
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Request, Response
from jsonschema import Draft202012Validator
from werkzeug.test import EnvironBuilder

from simulators.kit.errors import SandboxRefusal
from simulators.kit.faults import Fault, PushTry, effects, parse_fault
from simulators.kit.faults.connection import SOCKET
from simulators.kit.faults.effect import Substitute, is_answered
from simulators.kit.faults.model import effect_of
from simulators.kit.faults.schema import effect_schema
from simulators.kit.wire.webhooks import TOLERANCE

MESSAGE = {"type": "sign_up", "data": {"external_reference": "asha", "subject_id": "s"}}
TRY = PushTry(MESSAGE, "whsec_YQ==", datetime(2026, 1, 5, 9, tzinfo=UTC))
ALL = sorted(effects())
ON_PUSH = {"bad_signature", "delay", "drop", "duplicate", "reorder", "stale_timestamp", "tamper"}
ON_REQUEST = {"delay", "garbage", "hang", "lose_response", "reset", "status", "truncate"}


def make(effect):
    kind, value = effect_of(Fault(effect))
    return kind(value, random.Random(1))


def altered(effect):
    return make(effect).alter(TRY)


class Target:
    """A request, and how often what was done for it was committed."""

    def __init__(self):
        self.request = Request(EnvironBuilder("/x").get_environ())
        self.commits = 0

    def commit(self):
        self.commits += 1


def test_requests_and_pushes_have_the_effects_of_the_contract():
    assert {name for name, kind in effects().items() if kind.on_push} == ON_PUSH
    assert {name for name, kind in effects().items() if kind.on_request} == ON_REQUEST


@pytest.mark.parametrize("name", ALL)
def test_every_effect_says_what_it_does_and_every_field_what_it_is(name):
    kind = effects()[name]
    assert kind.summary().endswith(".")
    (schema,) = [each for each in effect_schema()["oneOf"] if each["title"] == name]
    assert schema["description"] == kind.summary()
    fields = schema["properties"] if kind.companions else schema["properties"][name].get("properties", {})
    assert {field for field, each in fields.items() if not each.get("description")} == set()


@pytest.mark.parametrize(
    ("effect", "valid"),
    [
        ({"reset": True}, True),
        ({"reset": False}, False),
        ({"status": 503}, True),
        ({"status": 503, "body": [1]}, True),
        ({"status": 99}, False),
        ({"status": 503, "reset": True}, False),
        ({"delay": {"ms": 5}}, True),
        ({"delay": {"ms": None}}, False),
        ({"delay": {}}, False),
        ({"delay": {"ms": 5, "uniform": [1, 2]}}, False),
        ({"delay": {"lognormal": {"median": 200, "sigma": 0.6, "max": 5000}}}, True),
        ({"duplicate": 50}, True),
        ({"duplicate": 51}, False),
        ({"tamper": {"field": "x", "value": None}}, True),
        ({"tamper": {"field": "x"}}, False),
        ({"nonsense": True}, False),
        ({}, False),
    ],
    ids=str,
)
def test_the_schema_allows_just_what_a_fault_takes(effect, valid):
    assert Draft202012Validator(effect_schema()).is_valid(effect) is valid
    if valid:
        effect_of(Fault(effect))
    else:
        with pytest.raises(SandboxRefusal):
            effect_of(Fault(effect))


@pytest.mark.parametrize(
    ("effect", "field", "message"),
    [
        ({}, "effect", "A fault has exactly one effect."),
        ({"status": 500, "reset": True}, "effect", "A fault has exactly one effect."),
        ({"nonsense": True, "rubbish": True}, "effect", "A fault has exactly one effect."),
        ({"status": 500, "rubbish": True}, "effect", "A fault has exactly one effect."),
        (
            {"nonsense": True}, "effect",
            f"There is no effect 'nonsense'; there are {', '.join(ALL)}.",
        ),
        ({"delay": {}}, "effect.delay", "effect.delay needs exactly one of ms, uniform, lognormal."),
        ({"tamper": {"field": "x"}}, "effect.tamper", "effect.tamper needs exactly one of value and remove."),
        ({"duplicate": "x"}, "effect.duplicate", "effect.duplicate expected int, got str."),
        ({"delay": {"ms": -1}}, "effect.delay.ms", "effect.delay.ms expected float >= 0.0."),
        (
            {"delay": {"uniform": [900, 100]}}, "effect.delay",
            "effect.delay has a uniform range whose first number is larger than its second.",
        ),
        ({"status": 204, "body": {}}, "effect", "effect cannot have a body with the status 204."),
        (
            {"tamper": {"field": "", "value": 1}}, "effect.tamper.field",
            "effect.tamper.field expected str of length >= 1.",
        ),
        ({"status": 99}, "effect.status", "effect.status expected int >= 200."),
    ],
)  # fmt: skip
def test_an_effect_that_is_none_is_refused_by_its_field(effect, field, message):
    with pytest.raises(SandboxRefusal) as refused:
        effect_of(Fault(effect))
    refusal = refused.value
    assert (refusal.code, refusal.status, refusal.field, refusal.message) == ("bad-fault", 400, field, message)


def test_an_effect_is_refused_where_it_cannot_be_had():
    with pytest.raises(SandboxRefusal, match="no effect of a push"):
        parse_fault({"effect": {"status": 500}, "path": "push"})
    with pytest.raises(SandboxRefusal, match="give path push"):
        parse_fault({"effect": {"drop": True}, "path": "/tsg/*"})


@pytest.mark.parametrize(
    ("effect", "change"),
    [
        ({"duplicate": 3}, {"copies": 3}),
        ({"drop": True}, {"copies": 0}),
        ({"delay": {"ms": 250}}, {"wait": 0.25}),
        ({"stale_timestamp": True}, {"signed_at": TRY.signed_at - 2 * TOLERANCE}),
        ({"reorder": True}, {"held": True}),
        ({"reset": True}, {}),
    ],
    ids=str,
)
def test_an_effect_changes_of_a_push_just_what_it_says(effect, change):
    assert altered(effect) == replace(TRY, **change)


def test_a_bad_signature_is_that_of_another_secret():
    changed = altered({"bad_signature": True})
    assert len(base64.b64decode(changed.secret.removeprefix("whsec_"), validate=True)) == 32
    assert changed.secret != TRY.secret
    assert replace(changed, secret=TRY.secret) == TRY


def test_tampering_sets_or_removes_a_field_of_a_copy():
    changed = altered({"tamper": {"field": "external_reference", "value": None}})
    assert changed.message["data"] == {"external_reference": None, "subject_id": "s"}
    given = altered({"tamper": {"field": "credential", "value": {"k": [1]}}})
    assert given.message == MESSAGE | {"data": MESSAGE["data"] | {"credential": {"k": [1]}}}
    assert altered({"tamper": {"field": "credential", "remove": True}}) == TRY
    removed = altered({"tamper": {"field": "subject_id", "remove": True}})
    assert removed.message["data"] == {"external_reference": "asha"}
    assert MESSAGE["data"] == {"external_reference": "asha", "subject_id": "s"}


@pytest.mark.parametrize(
    ("effect", "substitute"),
    [
        ({"status": 418}, Substitute(418, {})),
        ({"status": 503, "body": None}, Substitute(503, None)),
        ({"status": 503, "body": {"my": "own"}}, Substitute(503, {"my": "own"})),
        ({"reset": True}, Substitute(503)),
        ({"hang": True}, Substitute(503)),
        (
            {"garbage": True},
            Substitute(body="<html><body>Proxy error: the upstream said something strange</body></html>"),
        ),
        ({"lose_response": True}, None),
        ({"truncate": True}, None),
        ({"delay": {"ms": 0}}, None),
        ({"status": 204}, Substitute(204, None)),
        ({"status": 204, "body": None}, Substitute(204, None)),
        ({"duplicate": 2}, None),
    ],
    ids=str,
)
def test_an_effect_answers_in_place_of_the_work_or_leaves_it(effect, substitute):
    assert make(effect).before(Target()) == substitute


def test_what_waits_commits_first():
    target = Target()
    make({"delay": {"ms": 0}}).before(target)
    make({"hang": True}).before(target)
    assert target.commits == 2


def test_a_delay_is_drawn_from_its_distribution_and_cut_off():
    def seconds(delay):
        return altered({"delay": delay}).wait

    assert 0.1 <= seconds({"uniform": [100, 200]}) <= 0.2
    assert seconds({"uniform": [200, 200]}) == 0.2
    assert seconds({"lognormal": {"median": 5000, "sigma": 0, "max": 6000}}) == pytest.approx(5)
    assert seconds({"lognormal": {"median": 5000, "sigma": 0, "max": 120}}) == 0.12


@pytest.mark.parametrize(("name", "answered"), [("reset", False), ("hang", False), ("lose_response", False),
                                                ("drop", False), ("truncate", True), ("status", True),
                                                ("of-another-version", True), (None, True)])  # fmt: skip
def test_an_effect_says_whether_an_answer_is_sent(name, answered):
    assert is_answered(name) is answered


def test_half_of_a_truncated_body_is_left():
    response = make({"truncate": True}).after(Target(), Response(b"12345"))
    assert response.get_data() == b"12"


@pytest.mark.parametrize("name", ["reset", "hang", "lose_response"])
def test_a_connection_that_is_not_there_cannot_be_broken_silently(name):
    with pytest.raises(ConnectionResetError):
        make({name: True}).after(SimpleNamespace(request=Target().request, commit=None), Response(b"x"))


@pytest.mark.parametrize("name", ["reset", "hang", "lose_response"])
def test_a_connection_that_is_there_is_reset_before_the_first_byte_of_the_answer(name):
    target = Target()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        target.request.environ[SOCKET] = ours
        response = make({name: True}).after(target, Response(b"x", 204, {"Location": "/"}))
        assert (response.status_code, dict(response.headers)) == (200, {})
        with pytest.raises(ConnectionResetError):
            next(iter(response.response))


def test_the_least_and_the_longest_delay_are_taken_and_no_longer_one():
    assert altered({"delay": {"ms": 600_000}}).wait == 600
    for delay in ({"ms": 600_000.1}, {"ms": -0.1}, {"uniform": [0, 600_001]}):
        with pytest.raises(SandboxRefusal):
            make({"delay": delay})
    assert altered({"delay": {"ms": 0}}).wait == 0.0
