"""When a push is tried again, and what faults do to it."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from simulators.kit.faults.model import Fault, effect_of
from simulators.tsg.policies import PushRetryPolicy
from simulators.tsg.push_faults import Sending, struck
from simulators.tsg.push_retry import gap, next_try, retry_after
from simulators.tsg.records import Push

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
POLICY = PushRetryPolicy()
MESSAGE = {"type": "sign_up", "data": {"external_reference": "asha", "subject_id": "s"}}
SENDING = Sending(MESSAGE, "whsec_YQ==", NOW)


def push(attempts=1, **changes):
    given = {"id": "msg_1", "number": 1, "subject_id": "s", "service_id": "bank", "external_reference": "asha"}
    return Push(**(given | {"made_at": NOW, "traceparent": "", "attempts": attempts} | changes))


def test_gaps_grow_up_to_the_longest():
    gaps = [gap(POLICY, "7", push(attempts)).total_seconds() for attempts in range(1, 30)]
    assert gaps[:8] == sorted(gaps[:8])
    for attempts, seconds in enumerate(gaps, 1):
        plain = min(5 * 2 ** (attempts - 1), 600)
        assert plain <= seconds <= plain * 1.2


def test_gaps_without_jitter_are_the_policys():
    plain = PushRetryPolicy(first=timedelta(seconds=3), factor=3, max=timedelta(seconds=20), jitter=0)
    assert [gap(plain, "7", push(n)).total_seconds() for n in (1, 2, 3, 4)] == [3, 9, 20, 20]


def test_jitter_differs_from_push_to_push_and_repeats_with_the_seed():
    assert gap(POLICY, "7", push()) == gap(POLICY, "7", push())
    assert len({gap(POLICY, seed, push(id=id)) for seed in "78" for id in ("a", "b")}) == 4


def test_a_gap_that_has_grown_for_ever_is_still_the_longest():
    assert gap(PushRetryPolicy(factor=16, jitter=0), "7", push(100_000)) == POLICY.max


def after(status=503, wanted=0, now=NOW, attempts=1):
    return next_try(POLICY, "7", push(attempts), status=status, wanted=timedelta(seconds=wanted), now=now)


def test_retry_after_makes_a_gap_longer_but_not_shorter():
    assert after(wanted=1) == gap(POLICY, "7", push())
    assert after(wanted=120) == timedelta(seconds=120)


def test_a_push_is_given_up_when_the_next_try_would_be_after_its_span_or_when_it_is_not_wanted():
    last = NOW + POLICY.span - gap(POLICY, "7", push())
    assert after(now=last) is not None
    assert after(now=last + timedelta(microseconds=1)) is None
    assert after(status=410) is None
    assert after(wanted=86_401) is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7), (" 7 ", 7), ("", 0), ("-7", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("9" * 30, 0)]
)
def test_retry_after_is_read_in_seconds(text, seconds):
    assert retry_after({"retry-after": text}) == timedelta(seconds=seconds)
    assert retry_after({}) == timedelta()


def hit(effect):
    kind, value = effect_of(Fault({**effect}, path="push"))
    return struck(SENDING, kind(value, random.Random(1)), "7")


def test_without_a_fault_a_push_leaves_as_it_is():
    assert struck(SENDING, None, "7") == SENDING


def test_each_fault_changes_just_what_it_says():
    assert hit({"duplicate": 3}).copies == 3
    assert hit({"drop": True}).copies == 0
    assert hit({"delay": {"ms": 250}}).wait == 0.25
    assert hit({"stale_timestamp": True}).signed_at == NOW - timedelta(minutes=10)
    assert hit({"bad_signature": True}).secret not in (SENDING.secret, "")
    assert hit({"reorder": True}) == SENDING


def test_tampering_sets_or_removes_a_field_of_a_copy():
    changed = hit({"tamper": {"field": "external_reference", "value": None}})
    assert changed.message["data"] == {"external_reference": None, "subject_id": "s"}
    removed = hit({"tamper": {"field": "subject_id", "remove": True}})
    assert removed.message["data"] == {"external_reference": "asha"}
    assert MESSAGE["data"] == {"external_reference": "asha", "subject_id": "s"}
