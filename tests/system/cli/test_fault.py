"""``sandbox fault``: things broken on purpose, and how often."""

import pytest

from simulators.kit.services import SERVICES


def rows(world):
    """Return the listed faults, by id, as texts between which there are two blanks at least."""
    found = [[cell for cell in line.split("  ") if cell.strip()] for line in world.type("fault").lines[1:]]
    return {row[0]: [cell.strip() for cell in row[1:]] for row in found}


def test_a_fault_strikes_and_is_listed_with_how_often(world):
    said = world.type("fault", "add", "cbs", "POST /cbs/customers/search", "status=503", "--times", "1")
    assert said.out == "cbs-1: POST /cbs/customers/search of cbs, status=503, once.\n"
    assert world.begins().status == 503
    assert world.begins().status == 201
    assert rows(world) == {"cbs-1": ["cbs", "POST /cbs/customers/search", "status=503", "once", "1", "1"]}
    assert world.type("fault", "list", "--json").json["faults"][0]["fired"] == 1


def test_method_and_path_need_no_quotes_and_may_be_left_out(world):
    for words, told in (
        (["POST", "/messages", "reset"], "POST /messages of mailroom, reset"),
        (["post", "lose-response"], "POST every path of mailroom, lose-response"),
        (["/mess*", "delay=2s"], "/mess* of mailroom, delay=2000"),
        (["hang"], "every path of mailroom, hang"),
    ):
        assert told in world.type("fault", "add", "mailroom", *words).out


def test_when_it_strikes_is_told_and_kept(world):
    words = ["--after", "2", "--times", "3", "--probability", "0.5", "--seed", "4", "--body", '{"code": "99"}']
    said = world.type("fault", "add", "cbs", "status=500", *words)
    assert said.out == "cbs-1: every path of cbs, status=500, after 2, 3 times, with probability 0.5.\n"
    kept = world.type("fault", "--json").json["faults"][0]
    assert (kept["after"], kept["times"], kept["probability"], kept["seed"]) == (2, 3, 0.5, 4)
    assert kept["effect"] == {"status": 500, "body": {"code": "99"}}


def test_the_push_is_struck(world):
    assert world.type("fault", "add", "tsg", "push", "duplicate=5", "--json").json["path"] == "push"
    assert rows(world) == {"tsg-1": ["tsg", "push", "duplicate=5", "always", "0", "0"]}


def test_a_fault_can_be_everywhere_and_is_removed_everywhere(world):
    world.type("fault", "add", "everywhere", "reset", "--after", "1000")
    assert len(world.type("fault", "--json").json["faults"]) == len(SERVICES)
    assert world.type("fault", "remove", "--all").out == "Removed: everywhere-1.\n"
    assert world.type("fault").out == f"There is no fault in the world {world.name}.\n"


def test_a_path_that_no_request_can_have_is_refused_by_the_nearest_one(world):
    wrong = world.type("fault", "add", "cbs", "/cbs/costumers/*", "reset")
    assert wrong.code == 1
    assert "Did you mean /cbs/customers/" in wrong.err
    assert world.type("fault").out == f"There is no fault in the world {world.name}.\n"


def test_faults_are_removed_by_their_ids_all_or_none(world):
    for _ in range(2):
        world.type("fault", "add", "cbs", "reset")
    wrong = world.type("fault", "remove", "cbs-1", "cbs-11")
    assert wrong.code == 1
    assert "There is no fault 'cbs-11'" in wrong.err
    assert "Did you mean cbs-1?" in wrong.err
    assert len(rows(world)) == 2
    assert world.type("fault", "remove", "cbs-1", "--json").json == {"removed": ["cbs-1"]}
    assert list(rows(world)) == ["cbs-2"]


def test_a_fault_of_probability_nought_is_taken_as_over_http_and_harms_nobody(world):
    said = world.type("fault", "add", "cbs", "reset", "--probability", "0")
    assert said.out == "cbs-1: every path of cbs, reset, always, with probability 0.\n"
    assert world.begins().status == 201
    assert rows(world)["cbs-1"][-2:] == ["1", "0"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cb", "reset"], "Did you mean cbs?"),
        (["cbs", "rest"], "Did you mean reset?"),
        (["cbs", "status=30"], "status"),
        (["cbs", "duplicate=5"], "push"),
        (["tsg", "push", "reset"], "no effect of a push"),
        (["cbs", "PSOT /x", "reset"], "Did you mean POST?"),
        (["cbs", "status=500", "delay=5"], "'status=500' is no path"),
        (["cbs", "reset", "--body", "{"], "not JSON"),
        (["cbs", "reset", "--body", "{}"], "does not go with reset"),
        (["cbs", "reset", "--probability", "1.1"], "0<=x<=1"),
        (["cbs", "reset", "--probability", "-0.1"], "0<=x<=1"),
    ],
)
def test_what_no_sandbox_would_take_is_a_mistake_in_typing(shared, words, told):
    said = shared.type("fault", "add", *words)
    assert said.code == 2
    assert told in said.err
    assert rows(shared) == {}


def test_what_to_remove_must_be_said(shared):
    assert shared.type("fault", "remove").code == 2
    assert shared.type("fault", "remove", "cbs-1", "--all").code == 2
