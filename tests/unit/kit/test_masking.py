"""Secrets are replaced wherever exchanges are kept or shown."""

from pathlib import Path

import pytest

from simulators.cbs.app import create_app
from simulators.kit import masking
from simulators.kit.masking import MASK, mask, mask_email, mask_mobile, mask_name, mask_own_secrets, mask_path
from simulators.kit.web.app import service_of
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Work
from tests.conftest import settings_in


def test_secret_fields_are_masked_at_any_depth_and_in_any_spelling() -> None:
    value = {"otp": "123456", "nested": [{"confirmPassword": "x", "sign_up_code": "12345678"}], "CVV": "123", "id": "7"}
    assert mask(value) == {
        "otp": MASK,
        "nested": [{"confirmPassword": MASK, "sign_up_code": MASK}],
        "CVV": MASK,
        "id": "7",
    }


def test_a_field_that_an_operation_names_is_masked_there_only() -> None:
    assert mask({"code": "123456"}, frozenset({"code"})) == {"code": MASK}
    assert mask({"told": [{"code": "123456"}, {"of": {"code": "00"}}]}, frozenset({"code"})) == {
        "told": [{"code": MASK}, {"of": {"code": MASK}}]
    }
    assert mask({"code": "00"}) == {"code": "00"}


def test_in_an_unmasked_world_only_what_goes_beyond_its_people_is_masked() -> None:
    secrets = {"api_key": "k", "privateKey": "k", "Authorization": "k", "secret": "k", "seed": 7}
    value = {"password": "p", "nested": [{"otp": "123456", **secrets}], "card": "4111111111111111", "x" * 101: "v"}
    masked = dict.fromkeys(secrets, MASK)
    assert mask_own_secrets(value) == {**value, "nested": [{"otp": "123456", **masked}]}
    assert mask_own_secrets({"secret": None, "seed": ""}) == {"secret": None, "seed": ""}
    assert mask_own_secrets({"user.api_key": "k", "user.otp": "1"}) == {"user.api_key": MASK, "user.otp": "1"}
    assert masking.OWN_SECRETS < masking.SECRET_FIELDS


def test_an_absent_secret_stays_absent() -> None:
    assert mask({"pin": None, "otp": ""}) == {"pin": None, "otp": ""}


def test_contacts_are_shown_by_their_ends_only() -> None:
    assert mask_email("asha@example.test") == f"a{MASK}@example.test"
    assert mask_mobile("+919876543210") == "+91••••••3210"
    assert mask_name("asha.rao") == f"as{MASK}"
    assert [mask_email(address) for address in ("asha", "@", "")] == [f"a{MASK}@", f"{MASK}@", f"{MASK}@"]


def test_of_what_is_short_less_is_shown() -> None:
    assert [mask_name(name) for name in ("asha", "abc", "ab", "a", "")] == [
        f"as{MASK}", f"a{MASK}", f"a{MASK}", MASK, MASK,
    ]  # fmt: skip
    assert [mask_mobile(number) for number in ("12345678", "12345", "1234", "")] == ["••••5678", "••••5", "••••", ""]


def test_a_card_number_is_masked_in_any_field_and_in_any_usual_spelling() -> None:
    value = {"id": "4000008761004048", "words": ["no customer '4000 0087 6100 4048'.", "4000-0087-6100-4048"]}
    assert mask(value) == {"id": MASK, "words": [f"no customer '{MASK}'.", MASK]}


def test_a_card_number_is_masked_as_a_number_and_as_the_name_of_a_field() -> None:
    assert mask({"id": 4000008761004048, "4000 0087 6100 4048": 1}) == {"id": MASK, MASK: 1}
    others = [4000008761004049, 832977095, True, 4.5, -4000008761004048, 10**5000]
    assert mask(others) == others


@pytest.mark.parametrize(
    "number", ["4111111111111111", "5555555555554444", "378282246310005", "4999999999999", "6011000990139424000"]
)
def test_a_number_is_a_cards_if_its_check_digit_is_right(number: str) -> None:
    bare = number[:-1]
    right = [digit for digit in "0123456789" if mask(bare + digit) == MASK]
    assert right == [luhn_digit(bare)]


def luhn_digit(bare: str) -> str:
    """Return the check digit of a number without one, by the table of doubled digits."""
    doubled = "0246813579"
    digits = bare[::-1]
    return str(-sum(int(doubled[int(d)] if place % 2 == 0 else d) for place, d in enumerate(digits)) % 10)


def test_other_long_numbers_are_told() -> None:
    value = {
        "id": "4000008761004049",
        "mobile": "+919000083103",
        "cif": "832977095",
        "at": "2026-01-05T09:00:00.000000Z",
    }
    assert mask(value) == value


def test_a_secret_in_a_path_or_a_query_is_masked() -> None:
    template = "/tsg/sign_up/<sign_up_code>"
    assert mask_path(template, {"sign_up_code": "12345678"}, "") == f"/tsg/sign_up/{MASK}"
    assert mask_path("/users/<name>", {"name": "asha"}, "Api-Key=k&wait=3&otp=&x") == (
        f"/users/asha?Api-Key={MASK}&wait=3&otp={MASK}&x"
    )
    assert mask_path("/users/<name>", {"name": "asha"}, "", frozenset({"name"})) == f"/users/{MASK}"
    assert mask_path("/x", {}, "filter=a=b&otp=1=2") == f"/x?filter=a=b&otp={MASK}"


@pytest.mark.parametrize("name", ["q[password]", "q%5Bpassword%5D", "user.password", "a[0][otp]", "otp[]", "pin.x"])
def test_a_secret_within_another_field_is_masked(name: str) -> None:
    assert mask_path("/x", {}, f"{name}=1234") == f"/x?{name}={MASK}"
    assert mask({"user.password": "p", "codes[otp]": "1", "opinion.poll": "p"}) == {
        "user.password": MASK, "codes[otp]": MASK, "opinion.poll": "p",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["password", "confirmPassword", "confirm_password", "PASSWORD", "otp", "pin", "cvv", "expiry", "expiryDate",
     "cardNumber", "card-number", "token", "accessToken", "refresh_token", "sign_up_code", "signUpCode", "qr_payload",
     "secret", "seed", "privateKey", "Authorization", "apiKey", "api-key", "X-API-Key"],
)  # fmt: skip
def test_every_secret_of_the_sandbox_is_masked_in_a_body_a_path_and_a_query(name: str) -> None:
    assert mask({name: "s3cret"}) == {name: MASK}
    assert mask({"nested": [{name: {"any": "s3cret"}}]}) == {"nested": [{name: MASK}]}
    assert mask_path("/x", {}, f"{name}=s3cret") == f"/x?{name}={MASK}"


@pytest.mark.parametrize("name", ["passwordPolicy", "pins", "username", "userId", "seeds", "tokenType", "code"])
def test_a_field_that_only_looks_like_a_secret_is_shown(name: str) -> None:
    assert mask({name: "plain"}) == {name: "plain"}


def test_a_name_of_the_greatest_length_is_looked_up() -> None:
    name = "n" * masking.LONGEST_NAME
    assert mask({name: "y"}, frozenset({name})) == {name: MASK}


def test_a_name_that_is_too_long_for_a_secret_is_not_remembered() -> None:
    before = masking._is_among.cache_info().currsize
    assert mask({"x" * (masking.LONGEST_NAME + 1): "y"}) == {"x" * (masking.LONGEST_NAME + 1): "y"}
    assert masking._is_among.cache_info().currsize == before


def test_the_facts_of_a_decision_are_masked(tmp_path: Path) -> None:
    client = create_app(settings_in(tmp_path)).test_client()
    client.put("/_sandbox/worlds/w", json={})
    service = service_of(client.application)
    work = Work(service, service.worlds.find("w"), Trace.from_headers(""))
    work.decide("X-1.1", "rule", password="s3cret", nested={"otp": "123456"}, number="4000 0087 6100 4048", left=2)
    (decision,) = work.decisions
    assert decision.facts == {"password": MASK, "nested": {"otp": MASK}, "number": MASK, "left": 2}


def test_a_password_in_a_request_never_reaches_the_journal(tmp_path: Path) -> None:
    client = create_app(settings_in(tmp_path)).test_client()
    client.put("/_sandbox/worlds/w", json={})
    client.post("/w/w/cbs/customers/search?token=s3cret", json={"cif": "1", "password": "s3cret"})
    journal = client.get("/_sandbox/worlds/w/journal").text
    assert "/cbs/customers/search" in journal
    assert "s3cret" not in journal
