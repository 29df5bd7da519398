"""``sandbox push``: the TSG's pushes, listed with every try, sent again, or made by hand."""

import pytest

from registration_sandbox.cli.push import read_credential


@pytest.fixture
def sent(world):
    """A push made by hand, which the middleware refuses: it has not begun such a sign-up."""
    said = world.type("push", "send", "--reference", "mine", "--subject", "ab" * 32, "--credential", "text", "--json")
    assert said.code == 0, said.err
    world.type("clock", "--advance", "1s")
    return said.json


def tries(world):
    return [[each["status"] for each in push["tries"]] for push in world.type("push", "--json").json["pushes"]]


def test_without_a_push_that_is_said(world):
    assert world.type("push").out == f"TSG has pushed nothing in the world {world.name}.\n"


def test_pushes_are_listed_with_receiver_state_and_every_try(world, sent):
    row = world.type("push", "list").lines[1]
    for cell in (sent["id"], "mine", "middleware", "pending", "2026-01-05 09:00:00 404"):
        assert cell in row
    assert tries(world) == [[404]]


def test_a_push_is_sent_again_by_the_beginning_of_its_id_or_as_the_last(world, sent):
    for which in (sent["id"][:8], "last", sent["id"]):
        said = world.type("push", "resend", which)
        assert said.out == f"{sent['id']} is being sent to middleware. Look at it with: sandbox push\n"
        world.type("clock", "--advance", "1s")
    assert tries(world) == [[404] * 4]


def test_which_push_is_meant_must_be_clear(world, sent):
    world.type("push", "send", "--reference", "other", "--subject", "x")
    several = world.type("push", "resend", "msg_")
    assert (several.code, "2 pushes begin with 'msg_'" in several.err) == (1, True)
    unknown = world.type("push", "resend", "none")
    assert (unknown.code, "There is no push 'none'" in unknown.err) == (1, True)


@pytest.mark.parametrize(
    ("typed", "credential"), [("text", "text"), ('{"a": 1}', {"a": 1}), ("7", "7"), ("[1]", "[1]"), ("", "")]
)
def test_a_credential_is_an_object_or_any_text(typed, credential):
    assert read_credential(typed) == credential


def test_a_push_needs_a_reference_and_a_subject(world):
    for words in (("--reference", "r"), ("--subject", "s")):
        said = world.type("push", "send", *words)
        assert (said.code, "Missing option" in said.err) == (2, True)
