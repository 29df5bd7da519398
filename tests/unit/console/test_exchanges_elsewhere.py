"""An exchange as other tools take it: as an entry of an HTTP archive, and as a curl command."""

from dataclasses import replace
from pathlib import Path

from registration_sandbox.console import curl, har
from simulators.kit.clock import Clock
from simulators.kit.masking import MASK
from simulators.kit.world import World
from tests.conftest import settings_in
from tests.support.made_runs import BEGINNING, exchange

REQUEST = {
    "Host": "127.0.0.1:8801", "Content-Type": "application/json", "Content-Length": "2", "Tenant": "acme",
    "Authorization": f"Bearer {MASK}", "Idempotency-Key": "it's mine", "Traceparent": "00-1-2-01",
    "User-Agent": "acme/1", "X-Forwarded-For": "10.0.0.1", "Sec-Fetch-Site": "none",
}  # fmt: skip
WORLD = World("w", "7", Clock(), "{}", "", BEGINNING, "")
ANSWER = {"Content-Type": "application/json", "Location": "/registrations/7"}


def test_an_archive_has_the_headers_of_request_and_answer(tmp_path: Path) -> None:
    made = exchange(request={}, request_headers=REQUEST, answer_headers=ANSWER)
    entry = har.archive([made], WORLD, settings_in(tmp_path), "1")["log"]["entries"][0]
    sent = {each["name"]: each["value"] for each in entry["request"]["headers"]}
    assert sent == {"Baggage": "sandbox.world=w", **REQUEST}
    assert {each["name"]: each["value"] for each in entry["response"]["headers"]} == ANSWER
    assert entry["response"]["redirectURL"] == "/registrations/7"


def test_an_archive_has_each_header_once(tmp_path: Path) -> None:
    made = exchange(request_headers={"Baggage": "sandbox.world=w,a=b"})
    entry = har.archive([made], WORLD, settings_in(tmp_path), "1")["log"]["entries"][0]
    assert entry["request"]["headers"] == [{"name": "Baggage", "value": "sandbox.world=w,a=b"}]


def test_curl_sends_the_headers_that_make_the_request_what_it_is() -> None:
    made = exchange(request={}, request_headers=REQUEST)
    assert curl.command(made, "w", "http://127.0.0.1:8801").split(" \\\n  ") == [
        "curl -i -X POST http://127.0.0.1:8801/registrations",
        "-H 'baggage: sandbox.world=w'",
        "-H 'tenant: acme'",
        f"-H 'authorization: Bearer {MASK}'",
        "-H 'idempotency-key: it'\"'\"'s mine'",
        "-H 'content-type: application/json'",
        "-d '{}'",
    ]


def test_a_masked_header_is_to_be_filled_in_by_hand() -> None:
    assert curl.has_masks(exchange(request_headers=REQUEST))
    assert not curl.has_masks(exchange(request_headers={"X-Forwarded-For": MASK, "Tenant": "acme"}))


def test_the_archive_of_an_unmasked_world_says_so(tmp_path: Path) -> None:
    unmasked = har.archive([], replace(WORLD, unmasked=True), settings_in(tmp_path), "1")
    assert unmasked["log"]["comment"].startswith("Unmasked: passwords")
    assert "comment" not in har.archive([], WORLD, settings_in(tmp_path), "1")["log"]
