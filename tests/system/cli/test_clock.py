"""``sandbox clock``: a world's time, told and moved."""

import pytest


def test_the_time_is_told(shared):
    assert shared.type("clock").out == (
        f"It is 2026-01-05 09:00:00 UTC in the world {shared.name}, and its clock stands still.\n"
    )


def test_the_clock_is_moved_in_every_service_by_a_length_as_people_write_it(world):
    for length, then in (
        ("5m", "05T09:05:00"), ("90s", "05T09:06:30"), ("1h30m", "05T10:36:30"), ("PT5M", "05T10:41:30"),
        ("pt1h", "05T11:41:30"), ("2min", "05T11:43:30"), ("1H 5S", "05T12:43:35"), ("2d", "07T12:43:35"),
    ):  # fmt: skip
        assert world.type("clock", "--advance", length, "--json").json["now"] == f"2026-01-{then}Z"
    assert world.begins().json["created_at"].startswith("2026-01-07T12:43:35")


def test_the_clock_is_set_and_frozen_in_one_go(world):
    world.type("clock", "--unfreeze")
    state = world.type("clock", "--set", "2027-02-03 10:00:00+05:30", "--freeze", "--json").json
    assert (state["now"], state["frozen"]) == ("2027-02-03T04:30:00Z", True)


def test_the_clock_runs_again(world):
    assert world.type("clock", "--unfreeze", "--json").json["frozen"] is False
    assert world.type("clock").out.endswith("and its clock runs.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--advance", "soon"], "'soon' is no length of time like 5m"),
        (["--advance", ""], "is no length of time"),
        (["--set", "noon"], "'noon' is no instant like 2026-01-05T09:00:00Z"),
        (["--set", "2026-01-05T09:00:00"], "lacks its time zone"),
        (["--advance", "5m", "--set", "2026-01-05T09:00:00Z"], "not both"),
        (["--freeze", "--unfreeze"], "not both"),
    ],
)
def test_what_cannot_be_read_is_a_mistake_in_typing_and_moves_nothing(shared, words, told):
    said = shared.type("clock", *words)
    assert said.code == 2
    assert told in said.err
    assert "09:00:00" in shared.type("clock").out


def test_what_the_sandbox_refuses_is_told(shared):
    said = shared.type("clock", "--set", "1960-01-01T00:00:00Z")
    assert said.code == 1
    assert "must lead to a time between" in said.err
