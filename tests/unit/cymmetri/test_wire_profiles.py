"""The wire profiles that are shipped for Cymmetri."""

import re

import pytest

from simulators.cymmetri.routes import login, registration
from simulators.cymmetri.wire_profiles import ENVELOPE, PATHS, SHIPPED, check_profile, translator
from simulators.kit.wire.profiles import WireProfile

NO_MOBILE = {"errorCode": "REGSRVC.MOBILE_NOT_REGISTERED", "message": "No."}


def test_the_contracts_paths_are_those_that_are_served():
    assert {operation.path for api in (registration.api, login.api) for operation in api.operations} == PATHS


def test_the_contract_needs_no_translation():
    assert translator("ours") is None


@pytest.mark.parametrize("wire", ["published", WireProfile(like="published")])
def test_a_profile_that_is_like_a_shipped_one_says_what_that_says(wire):
    spoken = translator(wire)
    assert spoken.write_answer(409, NO_MOBILE) == (400, NO_MOBILE | {"errorCode": "MFASRVC.MOBILE_NOT_FOUND"})


def test_a_profile_of_ones_own_comes_before_the_shipped_one():
    spoken = translator(WireProfile(like="published", errors={"MOBILE_NOT_REGISTERED": "OWN"}))
    assert spoken.write_answer(409, NO_MOBILE) == (400, NO_MOBILE | {"errorCode": "OWN"})


@pytest.mark.parametrize(
    "wire",
    [
        *SHIPPED,
        WireProfile(like="dotnet-sdk", fields={"otp": "code"}),
        WireProfile(paths={"/ciamregsrvc/otp/": "/otp/"}),
    ],
)
def test_what_is_shipped_can_be_spoken(wire):
    check_profile(wire)


@pytest.mark.parametrize(
    ("wire", "message"),
    [
        ("theirs", "wire: 'theirs' is no profile; shipped are ours, published, dotnet-sdk"),
        (WireProfile(like="theirs"), "wire: 'theirs' is no profile; shipped are ours, published, dotnet-sdk"),
        (WireProfile(fields={"a": "x", "b": "x"}), "wire.fields: 'x' stands for two of ours"),
        (WireProfile(paths={"a": "/x"}), "wire.paths: 'a' does not begin with /"),
        (WireProfile(paths={"/ciamregsrvc/": "/"}), "wire.paths: '/ciamauthsrvc/login' would stand for two of ours"),
    ],
)
def test_what_cannot_be_spoken_is_refused(wire, message):
    with pytest.raises(ValueError, match=r"^wire") as error:
        check_profile(wire)
    assert re.sub("/ciamauthsrvc/[a-z]+", "/ciamauthsrvc/login", str(error.value)) == message
    assert ENVELOPE.code not in message
