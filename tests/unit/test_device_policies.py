"""Each policy of the device flow's services says what it is for, and has bounds that are refused by its name."""

import msgspec
import pytest
from msgspec import inspect

from orchestrator.api.channel import _draw_qr
from orchestrator.policies import OrchestratorPolicies
from orchestrator.state import check_qr_payload
from simulators.auth_service.policies import AuthServicePolicies
from simulators.handset.policies import HandsetPolicies
from simulators.kit.policies import LEAST
from simulators.tsg import sign_up_codes
from simulators.tsg.policies import TsgPolicies
from tests.support.policy_ends import ends_of, merge, nested, policies_of

MODELS = {
    "tsg": TsgPolicies,
    "auth_service": AuthServicePolicies,
    "handset": HandsetPolicies,
    "orchestrator": OrchestratorPolicies,
}
EVERY = {f"{service}.{name}": rest for service, model in MODELS.items() for name, *rest in policies_of(model)}
UNBOUNDED = {"orchestrator.cymmetri_wire", "auth_service.cymmetri_wire", "tsg.push_url"}
"""Whole profiles, and a URL: each checked by rules of its own."""

BESIDE = {
    "tsg.sign_up_code.length": {"sign_up_code": {"min_length": 1, "max_length": 40}},
    "tsg.sign_up_code.min_length": {"sign_up_code": {"length": 8}},
}


def read(path, value):
    service, _, rest = path.partition(".")
    return msgspec.convert(merge(BESIDE.get(path, {}), nested(rest, value)), MODELS[service])


@pytest.mark.parametrize("path", EVERY)
def test_every_policy_says_what_it_is_for(path):
    assert EVERY[path][1].get("description"), path  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", sorted(EVERY.keys() - UNBOUNDED))
def test_every_policy_is_accepted_at_both_ends(path):
    ends = ends_of(*EVERY[path])
    assert len(ends) >= 2
    assert None not in ends, path
    for end in ends:
        read(path, end)


def test_a_sign_ups_qr_code_holds_every_service_id():
    for character in ("x", "\u0915"):
        policies = read("orchestrator.service_id", character * 200)
        payload = sign_up_codes.qr_payload(policies.service_id, "x" * 32)
        check_qr_payload(payload)
        assert _draw_qr(payload, "svg")
    with pytest.raises(msgspec.ValidationError, match="service_id has more than 1800 characters"):
        read("orchestrator.service_id", "\U0001f600" * 200)


def test_a_profile_of_ones_own_is_checked_in_every_service_that_speaks_it():
    for name in ("orchestrator.cymmetri_wire", "auth_service.cymmetri_wire"):
        with pytest.raises(msgspec.ValidationError, match="wire"):
            read(name, {"instants": "%"})


BEYOND = [
    (path, value)
    for path, (kind, schema) in EVERY.items()
    if path not in UNBOUNDED
    for value in (
        ("PT0.5S", "P4000D", "-PT5M", "soon", 7) if LEAST in schema
        else (kind.ge - 1, kind.le + 1, 2**63, -(2**63), "1") if isinstance(kind, inspect.IntType | inspect.FloatType)
        else ("nonsense", 7, None) if isinstance(kind, inspect.LiteralType)
        else ("", "x" * 201, 7)
    )
]  # fmt: skip
ALLOWED = {("tsg.push_retry.span", "PT0.5S")}


@pytest.mark.parametrize(("path", "value"), [each for each in BEYOND if each not in ALLOWED])
def test_what_lies_beyond_the_ends_of_a_policy_is_refused_by_its_name(path, value):
    with pytest.raises(msgspec.ValidationError) as wrong:
        read(path, value)
    assert path.rpartition(".")[2] in str(wrong.value)


def test_the_length_of_a_code_lies_between_the_shortest_and_the_longest():
    for policies in ({"length": 3}, {"length": 33}, {"min_length": 5, "length": 4}):
        with pytest.raises(msgspec.ValidationError, match="length must be between min_length and max_length"):
            msgspec.convert({"sign_up_code": policies}, TsgPolicies)
