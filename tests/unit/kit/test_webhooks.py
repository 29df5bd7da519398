"""The signature of a push, against the specification's own library."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from simulators.kit import webhooks
from simulators.kit.clock import wall_now

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAYLOAD = json.dumps({"type": "sign_up", "data": {}}).encode()
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_the_library_accepts_what_is_signed_here() -> None:
    headers = webhooks.signed(SECRET, "msg_1", wall_now(), PAYLOAD)
    assert Webhook(SECRET).verify(PAYLOAD, headers) == json.loads(PAYLOAD)


def test_what_the_library_signs_is_accepted_here() -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, PAYLOAD.decode())
    headers = {webhooks.ID: "msg_1", webhooks.TIMESTAMP: str(int(NOW.timestamp())), webhooks.SIGNATURE: signature}
    assert webhooks.checked(SECRET, headers, PAYLOAD, NOW) == "msg_1"


def test_one_of_several_signatures_is_enough() -> None:
    headers = webhooks.signed(SECRET, "msg_1", NOW, PAYLOAD)
    headers[webhooks.SIGNATURE] = "v1a,xxxx v1,yyyy " + headers[webhooks.SIGNATURE]
    assert webhooks.checked(SECRET, headers, PAYLOAD, NOW) == "msg_1"


@pytest.mark.parametrize("late", [timedelta(seconds=301), timedelta(seconds=-301)])
def test_a_timestamp_more_than_five_minutes_away_is_refused(late: timedelta) -> None:
    headers = webhooks.signed(SECRET, "msg_1", NOW, PAYLOAD)
    with pytest.raises(webhooks.BadWebhook, match="five minutes"):
        webhooks.checked(SECRET, headers, PAYLOAD, NOW + late)


@pytest.mark.parametrize("missing", [webhooks.ID, webhooks.TIMESTAMP, webhooks.SIGNATURE])
def test_a_missing_header_is_refused(missing: str) -> None:
    headers = webhooks.signed(SECRET, "msg_1", NOW, PAYLOAD)
    del headers[missing]
    with pytest.raises(webhooks.BadWebhook, match="lacks"):
        webhooks.checked(SECRET, headers, PAYLOAD, NOW)


def test_an_altered_body_another_secret_and_another_id_are_refused() -> None:
    headers = webhooks.signed(SECRET, "msg_1", NOW, PAYLOAD)
    for secret, given, body in [
        (SECRET, headers, PAYLOAD + b" "),
        (OTHER, headers, PAYLOAD),
        (SECRET, headers | {webhooks.ID: "msg_2"}, PAYLOAD),
    ]:
        with pytest.raises(webhooks.BadWebhook, match="signature"):
            webhooks.checked(secret, given, body, NOW)
