"""Secrets are replaced wherever exchanges are kept or shown."""

from simulators.kit.masking import MASK, masked, masked_email, masked_mobile, masked_path


def test_secret_fields_are_masked_at_any_depth_and_in_any_spelling() -> None:
    value = {"otp": "123456", "nested": [{"confirmPassword": "x", "sign_up_code": "12345678"}], "CVV": "123", "id": "7"}
    assert masked(value) == {
        "otp": MASK,
        "nested": [{"confirmPassword": MASK, "sign_up_code": MASK}],
        "CVV": MASK,
        "id": "7",
    }


def test_a_field_that_an_operation_names_is_masked_there_only() -> None:
    assert masked({"code": "123456"}, frozenset({"code"})) == {"code": MASK}
    assert masked({"code": "00"}) == {"code": "00"}


def test_an_absent_secret_stays_absent() -> None:
    assert masked({"pin": None, "otp": ""}) == {"pin": None, "otp": ""}


def test_contacts_are_shown_by_their_ends_only() -> None:
    assert masked_email("asha@example.test") == f"a{MASK}@example.test"
    assert masked_mobile("+919876543210") == "+91••••••3210"


def test_a_card_number_is_masked_in_any_field_and_in_any_usual_spelling() -> None:
    value = {"id": "4000008761004048", "words": ["no customer '4000 0087 6100 4048'.", "4000-0087-6100-4048"]}
    assert masked(value) == {"id": MASK, "words": [f"no customer '{MASK}'.", MASK]}


def test_other_long_numbers_are_told() -> None:
    value = {
        "id": "4000008761004049",
        "mobile": "+919000083103",
        "cif": "832977095",
        "at": "2026-01-05T09:00:00.000000Z",
    }
    assert masked(value) == value


def test_a_secret_in_a_path_or_a_query_is_masked() -> None:
    template = "/tsg/sign_up/<sign_up_code>"
    assert masked_path(template, {"sign_up_code": "12345678"}, "") == f"/tsg/sign_up/{MASK}"
    assert masked_path("/users/<name>", {"name": "asha"}, "Api-Key=k&wait=3&otp=&x") == (
        f"/users/asha?Api-Key={MASK}&wait=3&otp={MASK}&x"
    )
    assert masked_path("/users/<name>", {"name": "asha"}, "", frozenset({"name"})) == f"/users/{MASK}"
