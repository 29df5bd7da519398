"""Policies by their dotted names."""

import pytest

from registration_sandbox.worlds.policy_names import (
    BadPolicy,
    UnknownPolicy,
    flatten,
    list_names,
    read_checked,
    read_settings,
)


def test_values_are_json_or_texts_by_service() -> None:
    read = read_checked(
        ["cymmetri.otp.max_attempts=5", "cymmetri.otp.digits=8", "cymmetri.block=PT1H", "tsg.completion=poll"]
    )
    assert read == {
        "cymmetri": {"otp": {"max_attempts": 5, "digits": 8}, "block": "PT1H"},
        "tsg": {"completion": "poll"},
    }
    assert read_checked(["cymmetri.otp.max_attempts=default"]) == {"cymmetri": {"otp": {"max_attempts": 3}}}


def test_what_is_one_value_by_default_stays_one_policy() -> None:
    """Or a wire profile that is given whole could be set, and never be set back."""
    profile = {"like": "published", "fields": {"otp": "code"}}
    assert ("cymmetri.wire", profile) in flatten({"cymmetri": {"wire": profile}})
    assert "cymmetri.wire" in list_names()
    assert read_checked(['cymmetri.wire={"like": "published"}']) == {"cymmetri": {"wire": {"like": "published"}}}


def test_policies_of_services_that_are_not_there_are_left_out() -> None:
    assert [name for name, _ in flatten({"tsg": {"completion": "push"}})] == ["tsg.completion"]


def test_what_sets_no_policy_is_told_with_what_would() -> None:
    with pytest.raises(UnknownPolicy, match=r"no policy 'tsg\.completon'\. Did you mean tsg\.completion\?"):
        read_checked(["tsg.completon=push"])
    with pytest.raises(BadPolicy, match=r"tsg\.completion is \"pull\"; allowed is: both, poll, push"):
        read_checked(["tsg.completion=pull"])
    with pytest.raises(BadPolicy, match="write POLICY=VALUE"):
        read_checked(["tsg.completion"])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", '"\\ud800"', "9" * 30])
def test_what_no_service_could_read_as_json_is_a_text(value: str) -> None:
    assert read_settings([f"cymmetri.block={value}"], list_names()) == {"cymmetri": {"block": value}}


def test_a_group_of_policies_is_not_mistaken_for_one() -> None:
    with pytest.raises(
        BadPolicy, match=r"^cymmetri\.otp is several policies: set each by its name, such as cymmetri\.otp\."
    ):
        read_checked(["cymmetri.otp=3"])


def test_bytes_that_are_no_text_are_told_as_that() -> None:
    with pytest.raises(BadPolicy, match="no text in UTF-8"):
        read_checked(["cymmetri.block=\udcff"])
