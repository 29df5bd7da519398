"""The signature of a push, against the specification's own library."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from simulators.kit.clock import wall_now
from simulators.kit.wire import webhooks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAYLOAD = json.dumps({"type": "sign_up", "data": {}}).encode()
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_the_library_accepts_what_is_signed_here() -> None:
    headers = webhooks.sign(SECRET, "msg_1", wall_now(), PAYLOAD)
    assert Webhook(SECRET).verify(PAYLOAD, headers) == json.loads(PAYLOAD)


def test_what_the_library_signs_is_accepted_here() -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, PAYLOAD.decode())
    headers = {webhooks.ID: "msg_1", webhooks.TIMESTAMP: str(int(NOW.timestamp())), webhooks.SIGNATURE: signature}
    assert webhooks.verify(SECRET, headers, PAYLOAD, NOW) == "msg_1"


def test_one_of_several_signatures_is_enough() -> None:
    headers = webhooks.sign(SECRET, "msg_1", NOW, PAYLOAD)
    headers[webhooks.SIGNATURE] = "v1a,xxxx v1,yyyy " + headers[webhooks.SIGNATURE]
    assert webhooks.verify(SECRET, headers, PAYLOAD, NOW) == "msg_1"


@pytest.mark.parametrize("length", [255, 256])
def test_an_id_has_at_most_255_characters(length: int) -> None:
    headers = webhooks.sign(SECRET, "m" * length, NOW, PAYLOAD)
    if length == 255:
        assert webhooks.verify(SECRET, headers, PAYLOAD, NOW) == "m" * length
    else:
        with pytest.raises(webhooks.BadWebhook, match=r"^its webhook-id has more than 255 characters$"):
            webhooks.verify(SECRET, headers, PAYLOAD, NOW)


@pytest.mark.parametrize("late", [timedelta(seconds=301), timedelta(seconds=-301)])
def test_a_timestamp_more_than_five_minutes_away_is_refused(late: timedelta) -> None:
    headers = webhooks.sign(SECRET, "msg_1", NOW, PAYLOAD)
    with pytest.raises(webhooks.BadWebhook, match=r"^its timestamp is more than five minutes away$"):
        webhooks.verify(SECRET, headers, PAYLOAD, NOW + late)


@pytest.mark.parametrize("late", [timedelta(seconds=300), timedelta(seconds=-300)])
def test_a_timestamp_just_five_minutes_away_is_accepted(late: timedelta) -> None:
    headers = webhooks.sign(SECRET, "msg_1", NOW, PAYLOAD)
    assert webhooks.verify(SECRET, headers, PAYLOAD, NOW + late) == "msg_1"


@pytest.mark.parametrize(
    "timestamp", ["x", "1e9", "+1", "-1", "1.5", "1_000", " 1", "\u0663", "\u00b2", "9" * 400, "9" * 5000]
)
def test_a_timestamp_that_is_no_number_of_seconds_is_refused_even_where_it_was_signed(timestamp: str) -> None:
    digest = webhooks._digest(SECRET, "msg_1", timestamp, PAYLOAD)
    headers = {webhooks.ID: "msg_1", webhooks.TIMESTAMP: timestamp, webhooks.SIGNATURE: f"v1,{digest}"}
    with pytest.raises(webhooks.BadWebhook, match=r"^its timestamp is no number of seconds$"):
        webhooks.verify(SECRET, headers, PAYLOAD, NOW)


@pytest.mark.parametrize("missing", [webhooks.ID, webhooks.TIMESTAMP, webhooks.SIGNATURE])
def test_a_missing_header_is_refused(missing: str) -> None:
    headers = webhooks.sign(SECRET, "msg_1", NOW, PAYLOAD)
    del headers[missing]
    with pytest.raises(webhooks.BadWebhook, match=r"^it lacks webhook-id, webhook-timestamp or webhook-signature$"):
        webhooks.verify(SECRET, headers, PAYLOAD, NOW)


def test_an_altered_body_another_secret_and_another_id_are_refused() -> None:
    headers = webhooks.sign(SECRET, "msg_1", NOW, PAYLOAD)
    for secret, given, body in [
        (SECRET, headers, PAYLOAD + b" "),
        (OTHER, headers, PAYLOAD),
        (SECRET, headers | {webhooks.ID: "msg_2"}, PAYLOAD),
    ]:
        with pytest.raises(webhooks.BadWebhook, match=r"^its signature is not ours$"):
            webhooks.verify(secret, given, body, NOW)


@pytest.mark.parametrize("secret", ["whsec_MfKQ!9r8A", "whsec_MfKQ9", "whsec_\u00e9"])
def test_a_secret_that_is_not_in_base64_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r"^a push secret is whsec_ followed by base64$"):
        webhooks.sign(secret, "msg_1", NOW, PAYLOAD)
