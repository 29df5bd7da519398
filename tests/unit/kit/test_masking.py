"""Secrets are replaced wherever exchanges are kept or shown."""

from simulators.kit.masking import MASK, masked, masked_email, masked_mobile


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
