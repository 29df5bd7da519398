"""Each policy has its bounds and says what it is for; a registration is played at both ends of each."""

from datetime import timedelta

import msgspec
import pytest
from msgspec import inspect

from simulators.cymmetri.policies import CymmetriPolicies, PasswordPolicy
from simulators.kit.policies import LEAST, MOST
from simulators.mailroom.policies import MailroomPolicies
from tests.contract.cymmetri.rig import ASHA, BINA, DEBIT, Cymmetri

PARTNERS = {
    "user_id.min_length": lambda end: {"user_id": {"max_length": max(end, 32)}},
    "user_id.max_length": lambda end: {"user_id": {"min_length": min(end, 4)}},
    "password.min_length": lambda end: {"password": {"max_length": max(end, 64)}},
    "password.max_length": lambda end: {
        "password": {"min_length": min(end, 8), **(dict.fromkeys(KINDS, 0) if end < 5 else {})}
    },
    **{
        f"password.{kind}": lambda end, kind=kind: {
            "password": {"max_length": 1024, **(dict.fromkeys(KINDS, 0) if end else {}), kind: end}
        }
        for kind in ("min_digits", "min_specials", "min_alpha", "min_upper", "min_lower")
    },
}
KINDS = ("min_digits", "min_specials", "min_alpha", "min_upper", "min_lower")


def settings_of(model, path=""):
    """Yield the path, the description and the bounds of every policy of a model."""
    for field in inspect.type_info(model).fields:  # type: ignore[attr-defined]
        name, kind = f"{path}{field.encode_name}", field.type
        schema = kind.extra_json_schema or {} if isinstance(kind, inspect.Metadata) else {}
        inner = kind.type if isinstance(kind, inspect.Metadata) else kind
        if isinstance(inner, inspect.StructType):
            yield from settings_of(inner.cls, f"{name}.")
        else:
            yield name, schema.get("description"), inner, schema


CYMMETRI = {name: rest for name, *rest in settings_of(CymmetriPolicies)}
EVERY = CYMMETRI | {f"mailroom.{name}": rest for name, *rest in settings_of(MailroomPolicies)}


@pytest.mark.parametrize("name", EVERY)
def test_every_policy_says_what_it_is_for_and_where_it_ends(name):
    description, kind, schema = EVERY[name]
    assert description, name
    if isinstance(kind, inspect.IntType):
        assert None not in (kind.ge, kind.le), name
    elif isinstance(kind, inspect.TimeDeltaType) or LEAST in schema:
        assert {LEAST, MOST} <= schema.keys(), name
    elif isinstance(kind, inspect.StrType | inspect.VarTupleType):
        assert kind.max_length, name
    else:
        assert isinstance(kind, inspect.BoolType | inspect.LiteralType | inspect.UnionType), name


def ends():
    for name, (_, kind, schema) in CYMMETRI.items():
        if isinstance(kind, inspect.IntType):
            yield from ((name, end) for end in (kind.ge, kind.le))
        elif LEAST in schema:
            yield from ((name, schema[end]) for end in (LEAST, MOST))
        elif isinstance(kind, inspect.BoolType):
            yield from ((name, end) for end in (False, True))
        elif isinstance(kind, inspect.LiteralType):
            yield from ((name, end) for end in kind.values)
    yield from (("block", end) for end in ("PT1S", "P3650D", "permanent"))
    yield from (("user_id.pattern", end) for end in ("(a|a)*", ".{0,320}"))
    yield from (("password.disallowed_characters", end) for end in ("", "".join(map(chr, range(256, 456)))))


def merged(*parts):
    found = {}
    for part in parts:
        for key, value in part.items():
            found[key] = merged(found.get(key, {}), value) if isinstance(value, dict) else value
    return found


def fitting_password(policy):
    """Return a password that a policy allows: of each kind of character as many as it asks for, then more letters."""
    upper = policy.min_upper
    lower = max(policy.min_lower, policy.min_alpha - upper)
    password = "7" * policy.min_digits + "#" * policy.min_specials + "Z" * upper + "x" * lower
    return password + "q" * max(0, policy.min_length - len(password), 1 - len(password))


@pytest.mark.parametrize(("name", "end"), [*ends()])
def test_a_registration_is_played_at_both_ends_of_every_policy(settings, name, end):
    section, _, field = name.partition(".")
    policies = {section: {field: end}} if field else {section: end}
    policies = merged(policies, PARTNERS[name](end) if name in PARTNERS else {})
    cymmetri = Cymmetri(settings, policies)
    in_force = msgspec.convert(CymmetriPolicies.with_preset(policies), CymmetriPolicies)
    if (name, end) == ("min_age", 120):
        assert cymmetri.check().branches == "WR-1.13"
        for cif in (ASHA["cif"], BINA["cif"]):
            cymmetri.change(cif, dateOfBirth="1906-01-05")
    user_id = "a" * max(in_force.user_id.min_length, min(in_force.user_id.max_length, 8))
    password = fitting_password(in_force.password)
    token = cymmetri.at_password(user_id)
    reply = cymmetri.call("validatePassword", {"password": password}, token)
    assert reply.branches == "WR-10.1", reply.body
    assert cymmetri.set_password(reply.token, password).data["status"] == "ACTIVE"
    cymmetri.settle()
    assert len(cymmetri.post.notices) == 2
    assert cymmetri.log_in(user_id, password).status == 200
    tokens = [cymmetri.at_email(id=BINA["cif"])]
    for _ in range(2):
        reply = cymmetri.call("VerifyEmailOtp", {"otp": "0" * in_force.otp.digits}, tokens[0])
        assert reply.reason in ("INVALID_OTP", "USER_BLOCKED", "OTP_EXPIRED")


def test_changing_one_policy_leaves_its_neighbours(settings):
    cymmetri = Cymmetri(settings, {"otp": {"max_attempts": 5, "digits": 8}, "card": {"max_attempts": 2}})
    cymmetri.set_policies(otp={"max_attempts": 4})
    told = cymmetri.client.get("/_sandbox/worlds/default/policies").json["policies"]
    assert (told["otp"]["max_attempts"], told["otp"]["digits"], told["card"]["max_attempts"]) == (4, 8, 2)
    assert told["otp"]["max_sent"] == 10
    reply = cymmetri.check()
    assert (reply.data["attemptsLeft"], reply.data["otpLength"]) == (4, 8)
    wrong = cymmetri.call("authenticateUser", DEBIT | {"pin": "0000"}, cymmetri.at_card())
    assert wrong.meta == {"attemptsLeft": 1}


def test_a_preset_is_told_with_the_policies_in_force(settings):
    cymmetri = Cymmetri(settings, {"preset": "nist"})
    told = cymmetri.client.get("/_sandbox/worlds/default/policies").json["policies"]
    assert told["password"]["min_length"] == 15
    cymmetri.set_policies(preset="vendor")
    told = cymmetri.client.get("/_sandbox/worlds/default/policies").json["policies"]
    assert msgspec.convert(told["password"], PasswordPolicy) == PasswordPolicy()


def test_under_the_preset_nist_a_long_sentence_is_a_password(settings):
    cymmetri = Cymmetri(settings, {"preset": "nist"})
    token = cymmetri.at_password()
    assert cymmetri.call("validatePassword", {"password": "Tr0mbone!x"}, token).meta["violations"] == ["MIN_LENGTH"]
    sentence = "the trombone, <quite> loud \\o/"
    token = cymmetri.call("validatePassword", {"password": sentence}, token).token
    cymmetri.set_password(token, sentence)
    assert cymmetri.log_in("asha.rao", sentence).status == 200
    assert cymmetri.log_in("asha.rao", sentence.upper()).status == 401


def test_durations_are_told_in_iso_8601(settings):
    told = Cymmetri(settings).client.get("/_sandbox/worlds/default/policies").json["policies"]
    assert msgspec.convert(told["otp"]["max_sent_window"], timedelta) == timedelta(days=1)
