"""How a request names its world."""

import pytest

from simulators.kit.errors import SandboxRefusal
from simulators.kit.worlds import from_baggage, to_baggage, world_id


@pytest.mark.parametrize(
    ("header", "world"),
    [
        ("sandbox.world=team-a", "team-a"),
        ("user=7, sandbox.world=team-a;ttl=5 , other=1", "team-a"),
        (" sandbox.world = team%2Da ", "team-a"),
        ("user=7", None),
        ("sandbox.world", None),
        ("", None),
    ],
)
def test_the_world_is_read_from_baggage(header: str, world: str | None) -> None:
    assert from_baggage(header) == world


def test_baggage_keeps_its_other_members_when_the_world_is_put_into_it() -> None:
    assert to_baggage("user=7,sandbox.world=old", "new") == "sandbox.world=new,user=7"


@pytest.mark.parametrize("text", ["", "-a", "A", "a_b", "a/b", "a" * 64, "a b", "ä"])
def test_a_name_that_no_world_can_have_is_the_name_of_no_world(text: str) -> None:
    with pytest.raises(SandboxRefusal) as refused:
        world_id(text)
    assert (refused.value.code, refused.value.status) == ("unknown-world", 404)


@pytest.mark.parametrize("text", ["a", "0", "a-b-", "a" * 63])
def test_a_well_formed_name_is_taken(text: str) -> None:
    assert world_id(text) == text
