"""Refusals that an operation's description does not tell callers to expect."""

import warnings
from typing import Any

import pytest
from msgspec import Struct

from simulators.kit.errors import Refusal
from simulators.kit.web.api import Api, Operation, Variant
from simulators.kit.web.everywhere import warn_if_undeclared
from simulators.kit.web.tags import Tag


class Body(Struct):
    name: str


def _operation(**told: Any) -> Operation:
    api = Api()
    api.operation("POST", "/things", refusals=[(409, "THING_IS_THERE")], **told)(lambda call: None)
    return api.operations[0]


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("THING_IS_THERE", 409, "It is."),
        Refusal("validation-failed", 400, "Any operation with a body may say so."),
        Refusal("of-a-variant", 422, "A variant says so."),
    ],
    ids=lambda refusal: refusal.code,
)
def test_a_refusal_that_is_described_is_none_to_warn_of(refusal: Refusal) -> None:
    variant = Variant("/things/a", "a", "A", "", Tag("t", ""), Body, refusals=[(422, "of-a-variant")])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_if_undeclared(_operation(body=Body, variants=[variant]), refusal)


@pytest.mark.parametrize("refusal", [Refusal("THING_IS_THERE", 410, ""), Refusal("THING_IS_GONE", 409, "")])
def test_a_status_or_a_reason_that_is_not_described_is(refusal: Refusal) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_if_undeclared(_operation(), refusal)
    (warning,) = caught
    assert f"POST /things answers {refusal.status} {refusal.code}" in str(warning.message)
