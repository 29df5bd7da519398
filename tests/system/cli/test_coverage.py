"""``sandbox coverage``: the branches that were taken, against all."""

from orchestrator.flows.branches import branches


def test_every_branch_is_listed_with_how_often_it_was_taken(played):
    lines = played.type("coverage").lines
    counts = {line.split()[0]: line.split()[1] for line in lines[1 : len(branches()) + 1]}
    assert list(counts) == list(branches())
    assert {id: count for id, count in counts.items() if count != "-"} == {"WR-1.2": "1", "WR-2.2": "2"}
    assert lines[-1] == f"2 of {len(branches())} branches were taken in the world {played.world.name}."


def test_what_is_missing_of_a_flow_is_listed(played):
    web = [id for id, branch in branches().items() if branch.flow == "web"]
    told = played.type("coverage", "--flow", "web", "--missing", "--json").json
    assert [each["id"] for each in told["branches"]] == [id for id in web if id not in ("WR-1.2", "WR-2.2")]
    assert (told["taken"], told["all"]) == (2, len(web))


def test_a_program_gets_the_exchanges_that_took_a_branch(played):
    told = {each["id"]: each for each in played.type("coverage", "--json").json["branches"]}
    assert told["WR-2.2"]["count"] == len(told["WR-2.2"]["exchanges"]) == 2


def test_a_misspelt_flow_is_told_with_the_one_that_was_meant(played):
    said = played.type("coverage", "--flow", "devise")
    assert said.code == 2
    assert "Did you mean device?" in said.err
