"""What a push says, and when it is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from simulators.kit.services import spec_of
from simulators.tsg.policies import PushRetryPolicy
from simulators.tsg.push_message import message_of
from simulators.tsg.push_retry import gap, retry_after, time_to_next_try
from simulators.tsg.records import Push

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
POLICY = PushRetryPolicy()


def push(attempts=1, **changes):
    given = {"id": "msg_1", "number": 1, "subject_id": "s", "service_id": "bank", "external_reference": "asha"}
    return Push(
        **(given | {"made_at": NOW, "traceparent": "", "receiver": "middleware", "attempts": attempts} | changes)
    )


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


def test_jitter_is_spread_over_its_whole_share():
    shares = [gap(POLICY, "7", push(id=f"msg_{number}")) / timedelta(seconds=5) - 1 for number in range(50)]
    assert 0 <= min(shares) < 0.05
    assert 0.15 < max(shares) <= 0.2
    assert len({gap(POLICY, "7", push(attempts)) / POLICY.max for attempts in range(20, 25)}) == 5


def test_a_gap_is_the_same_in_every_version():
    assert [gap(POLICY, "7", push(attempts)) for attempts in (1, 2)] == [
        timedelta(seconds=5.292521), timedelta(seconds=11.127864),
    ]  # fmt: skip


def test_a_gap_that_has_grown_for_ever_is_still_the_longest():
    assert gap(PushRetryPolicy(factor=16, jitter=0), "7", push(100_000)) == POLICY.max


def after(status=503, wanted=0, now=NOW, attempts=1):
    return time_to_next_try(POLICY, "7", push(attempts), status=status, wanted=timedelta(seconds=wanted), now=now)


def test_retry_after_makes_a_gap_longer_but_not_shorter():
    assert after(wanted=1) == gap(POLICY, "7", push())
    assert after(wanted=120) == timedelta(seconds=120)


def test_a_push_is_given_up_when_the_next_try_would_be_after_its_span_or_when_it_is_not_wanted():
    last = NOW + POLICY.span - gap(POLICY, "7", push())
    assert after(now=last) is not None
    assert after(now=last + timedelta(microseconds=1)) is None
    assert after(status=410) is None
    assert after(wanted=86_401) is None


def test_a_push_says_whose_sign_up_it_is_with_the_credential_that_the_app_sent():
    data = {"service_id": "bank", "subject_id": "s", "external_reference": "asha"}
    said = {"type": "sign_up", "timestamp": "2026-01-05T09:00:00.000000Z", "data": data}
    assert message_of(push()) == said
    assert message_of(push(credential='{"k": [1]}')) == said | {"data": data | {"credential": {"k": [1]}}}
    assert message_of(push(credential="null")) == said | {"data": data | {"credential": None}}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("9" * 8, 99_999_999),
        ("9" * 9, 0),
        ("", 0),
        ("-7", 0),
        ("\u0667", 0),
        ("\u00b2", 0),
        ("tomorrow", 0),
        ("9" * 30, 0),
    ],
)
def test_retry_after_is_read_in_seconds(text, seconds):
    assert retry_after({"retry-after": text}, NOON) == timedelta(seconds=seconds)
    assert retry_after({}, NOON) == timedelta()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "Mon, 05 Jan 2026 12:05:00 GMT"}, 300),
        ({"retry-after": "Mon, 05 Jan 2026 12:05:00 -0000"}, 300),
        ({"retry-after": "Mon, 05 Jan 2026 12:05:00 GMT", "date": "Sun, 29 Nov 2026 09:40:00 GMT"}, 300),
        ({"retry-after": "Sun, 29 Nov 2026 09:41:00 GMT", "date": "Sun, 29 Nov 2026 09:40:00 GMT"}, 60),
        ({"retry-after": "Mon, 05 Jan 2026 12:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 05 Jan 2026 11:59:59 GMT", "date": "no date"}, 0),
        ({"retry-after": "Mon, 99 Jan 2026 12:05:00 GMT"}, 0),
        ({"retry-after": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, 0),
        ({"retry-after": "Mon, 05 Jan 2026 12:05:00 GMT", "date": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, 300),
    ],
)
def test_retry_after_is_read_as_a_date_by_the_worlds_clock_or_the_receivers(headers, seconds):
    assert retry_after(headers, NOON) == timedelta(seconds=seconds)


def test_faults_know_the_fields_of_a_push():
    push = Push("p", 1, "s", "bank", "ref", NOW, "", "middleware", credential='"x"')
    assert tuple(message_of(push)["data"]) == spec_of("tsg").pushes
