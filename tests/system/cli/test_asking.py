"""How a command finds its sandbox and its world, and what it says when either is not there."""

from tests.system.cli.conftest import typed

NOBODY = "http://127.0.0.1:9"


def test_without_a_sandbox_one_sentence_tells_how_to_start_one():
    said = typed("worlds", SANDBOX_ORCHESTRATOR_URL=NOBODY)
    assert (said.code, said.out) == (3, "")
    (line,) = said.err.splitlines()
    assert line.startswith(f"Error: No sandbox answers at {NOBODY} (connection refused): start one with `sandbox up")


def test_every_command_that_asks_a_sandbox_ends_alike_without_one():
    for words in (["personas"], ["clock"], ["fault"], ["inbox"], ["journal"], ["journal", "--follow"], ["sequence"],
                  ["why", "last"], ["coverage"], ["worlds", "load", "default"]):  # fmt: skip
        assert typed(*words, "--url", NOBODY).code == 3, words


def test_the_option_comes_before_the_environment(shared):
    assert shared.type("clock", "--url", shared.url, SANDBOX_ORCHESTRATOR_URL=NOBODY).code == 0
    assert shared.type("clock", "--world", shared.name, SANDBOX_WORLD="nowhere").code == 0
    assert shared.type("clock", "--url", NOBODY).code == 3


def test_without_a_name_the_world_is_default(shared):
    said = typed("clock", "--json", SANDBOX_ORCHESTRATOR_URL=shared.url)
    assert not said.json["frozen"]
    assert "in the world default" in typed("clock", SANDBOX_ORCHESTRATOR_URL=shared.url).out


def test_options_hold_for_the_subcommand_wherever_they_stand(shared):
    for words in (["worlds", "--json"], ["worlds", "--json", "list"], ["worlds", "list", "--json"]):
        assert shared.name in [each["world"] for each in shared.type(*words).json["worlds"]]
    assert shared.type("fault", "--url", NOBODY, "list").code == 3


def test_an_unknown_world_is_told_with_the_one_that_was_meant(shared):
    said = shared.type("journal", "--world", shared.name + "x")
    assert said.code == 1
    assert f"There is no world '{shared.name}x' at {shared.url}. Did you mean {shared.name}?" in said.err
    assert "sandbox worlds load" in said.err


def test_a_name_that_no_world_can_have_is_a_mistake_in_typing(shared):
    for name in ("a/b", "", "A", "-a", "a" * 64):
        said = shared.type("personas", "--world", name)
        assert said.code == 2
        assert f"No world can be called {name!r}" in said.err
    assert "No world can be called 'Their World'" in shared.type("worlds", "load", "default", "Their World").err


def test_an_argument_that_is_no_utf_8_is_a_mistake_in_typing(shared):
    for words in (
        ["inbox", "--purpose", "\udcff"],
        ["push", "send", "--reference", "x", "--subject", "of \udcff"],
        ["people", "Asha", "--email", "\udcff@example.test"],
    ):
        said = shared.type(*words)
        assert (said.code, r"'\udcff' is no text in UTF-8" in said.err) == (2, True), words


def test_a_url_that_is_none_is_a_mistake_in_typing():
    said = typed("worlds", "--url", "127.0.0.1:8800")
    assert said.code == 2
    assert "it is '127.0.0.1:8800'; it must be a URL like http://" in said.err


def test_another_service_is_not_taken_for_the_control_plane(sandbox):
    said = typed("worlds", "--url", sandbox.urls["cbs"])
    assert said.code == 3
    assert "name its control plane" in said.err


def test_the_admin_token_is_sent_where_it_is_set(elsewhere):
    asked = elsewhere({"worlds": []})
    assert typed("worlds", "--url", asked.url, SANDBOX_ADMIN_TOKEN="a-secret").code == 0
    assert typed("worlds", "--url", asked.url).code == 0
    assert asked.tokens == ["Bearer a-secret", None]


def test_what_is_no_json_is_told(elsewhere):
    said = typed("worlds", "--url", elsewhere("<html>").url)
    assert said.code == 3
    assert "is no sandbox's control plane" in said.err


def test_a_misspelt_command_is_told_with_the_one_that_was_meant():
    for words, meant in ((["wolds"], "worlds"), (["worlds", "lod"], "load"), (["fault", "ad"], "add")):
        said = typed(*words)
        assert said.code == 2
        assert f"Did you mean {meant}?" in said.err


def test_the_control_plane_is_named_by_its_own_variable_before_the_middlewares(shared):
    assert typed("clock", SANDBOX_URL=shared.url, SANDBOX_ORCHESTRATOR_URL=NOBODY).code == 0
    assert typed("clock", SANDBOX_URL=NOBODY, SANDBOX_ORCHESTRATOR_URL=shared.url).code == 3


def test_a_demo_plays_on_the_sandbox_that_is_named_in_a_world_of_its_own(shared):
    before = [each["world"] for each in shared.ask("GET", "/_sandbox/worlds").json["worlds"]]
    said = typed("demo", SANDBOX_ORCHESTRATOR_URL=shared.url)
    assert (said.code, "Both flows are done" in said.out) == (0, True)
    assert [each["world"] for each in shared.ask("GET", "/_sandbox/worlds").json["worlds"]] == before


def test_a_demo_starts_every_service_whatever_the_environment_puts_elsewhere(shared):
    before = shared.ask("GET", f"/_sandbox/worlds/{shared.name}/personas").json
    said = typed("demo", SANDBOX_CBS_URL=shared.wire.urls["cbs"])
    assert "Both flows are done" in said.out
    assert shared.ask("GET", f"/_sandbox/worlds/{shared.name}/personas").json == before
    asked = shared.wire.ask("cbs", "GET", "/_sandbox/worlds/default/journal").json["exchanges"]
    assert asked == []


def test_what_every_command_is_told_may_stand_before_it(shared):
    said = typed("--json", "--world", shared.name, f"--url={shared.url}", "clock")
    assert said.json == shared.type("clock", "--json").json
    assert typed("--world", shared.name, "--url", shared.url, "worlds", "list").code == 0
    assert "No such option '--world'" in typed("--world", shared.name, "completion", "bash").err
