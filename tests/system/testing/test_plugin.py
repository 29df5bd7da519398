"""The pytest plugin, tried as another project's test suite would, in a directory that knows nothing of ours."""

import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from importlib.metadata import entry_points

import pytest

from registration_sandbox.client import Sandbox
from registration_sandbox.runtime.tls import loopback_opener

pytestmark = pytest.mark.thorough


PLUGIN = "registration_sandbox.testing.plugin"
Run = Callable[..., pytest.RunResult]

WITHOUT = ("-p", "no:cacheprovider", "-p", "no:faker", "-p", "no:hypothesispytest")
"""Plugins that take longer to load than our tests take."""

IDLE = f"""
import sys, {PLUGIN}
packages = ("orchestrator", "registration_sandbox", "simulators")
ours = {{name for name in sys.modules if name.split(".")[0] in packages}}
assert ours == {{"registration_sandbox", "registration_sandbox.testing", "{PLUGIN}"}}, ours
assert not {{"requests", "flask", "msgspec"}} & set(sys.modules)
"""


@pytest.fixture
def run(pytester: pytest.Pytester, running: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a test module of another project's on the running sandbox, and return what pytest said."""
    monkeypatch.setenv("SANDBOX_ORCHESTRATOR_URL", running.urls["orchestrator"])

    def tried(tests: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(test_theirs="import pytest\n" + textwrap.dedent(tests))
        return pytester.runpytest_inprocess(*WITHOUT, *options)

    return tried


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    assert PLUGIN in {found.value for found in entry_points(group="pytest11")}


def test_nothing_of_the_sandbox_is_imported_until_a_test_asks_for_it() -> None:
    subprocess.run([sys.executable, "-c", IDLE], check=True, timeout=30)


def test_every_test_has_a_world_of_its_own_which_is_gone_afterwards(run: Run, running: Sandbox) -> None:
    run("""
        seen = []
        @pytest.mark.parametrize("time", ["first", "second"])
        def test_mail(world, persona, inbox, time):
            world.begin_web(persona("Asha"))
            assert len(inbox("Asha").messages("email-otp")) == 1
            seen.append(world.id)
            assert len(set(seen)) == len(seen)
    """).assert_outcomes(passed=2)
    assert not [world for world in running.worlds() if "test-mail" in world.world]


def test_a_mark_says_which_world_a_test_wants_and_the_nearest_counts(run: Run) -> None:
    run("""
        @pytest.mark.sandbox(scenario="new-customer", seed=7, policies={"cymmetri": {"otp": {"digits": 8}}})
        class TestMarked:
            def test_of_the_class(self, world, persona, inbox):
                world.begin_web(persona("Asha"))
                assert len(inbox("Asha").code("email-otp")) == 8
                assert [person.name for person in world.personas()] == ["Asha"]

            @pytest.mark.sandbox("new-phone")
            def test_of_its_own(self, world, persona, phone):
                assert phone("Chitra").em_cert_id == persona("Chitra").handsets[0].emCertID
                assert world.policies()["cymmetri"]["otp"]["digits"] == 8

        @pytest.mark.sandbox({"personas": [{"name": "Zoya"}]})
        def test_of_a_whole_scenario(persona, phone):
            assert persona("Zoya").handsets == []
            assert len(phone("Zoya").em_cert_id) == 64
            assert len(persona("Zoya").handsets) == 1
    """).assert_outcomes(passed=3)


def test_the_same_test_meets_the_same_people_in_every_run_unless_it_names_a_seed(run: Run) -> None:
    tests = """
        @pytest.mark.sandbox("new-customer")
        def test_one(persona): print("cif", persona("Asha").cif)
        @pytest.mark.sandbox("new-customer")
        def test_two(persona): print("cif", persona("Asha").cif)
        @pytest.mark.sandbox("new-customer", seed=7)
        def test_three(persona): print("cif", persona("Asha").cif)
        @pytest.mark.sandbox("new-customer", seed=7)
        def test_four(persona): print("cif", persona("Asha").cif)
    """
    first, second = (re.findall(r"cif (\d+)", run(tests, "-s").stdout.str()) for _ in range(2))
    assert first == second
    assert len(set(first)) == 3
    assert first[2] == first[3]


def test_a_failing_test_tells_the_seed_and_the_last_exchanges_of_its_world(run: Run) -> None:
    said = run("""
        @pytest.mark.sandbox("new-customer", seed=41)
        def test_it(world, persona):
            world.begin_web(persona("Asha"))
            assert False
        def test_without_a_world():
            assert False
    """)
    said.assert_outcomes(failed=2)
    assert said.stdout.str().count("registration sandbox") == 1
    said.stdout.re_match_lines(
        [
            r"World test-it-\w+ of new-customer, seed 41",
            r"  client → orchestrator +POST +/registrations +201",
            r"  orchestrator → cymmetri +POST +/ciamregsrvc/webRegistration/checkIdentity +200 WR-1.2",
        ],
        consecutive=False,
    )


def test_what_was_asked_for_in_a_failing_test_does_not_steer_the_terminal(run: Run) -> None:
    said = run("""
        from urllib.request import urlopen
        from urllib.error import HTTPError
        def test_it(world, sandbox):
            with pytest.raises(HTTPError):
                urlopen(f"{sandbox.urls['auth_service']}/w/{world.id}/users/%1b%5d0;owned%07")
            assert False
    """).stdout.str()
    assert "/users/\\x1b]0;owned\\x07" in said
    assert "\x1b]0" not in said


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ('@pytest.mark.sandbox(scenery="new-customer")', "'scenery'. It takes scenario, seed and policies"),
        ('@pytest.mark.sandbox("new-custmer")', "Did you mean new-customer"),
        ('@pytest.mark.sandbox(policies={"cymmetri": {"otp": {"digitz": 8}}})', "policies.cymmetri.otp.digitz"),
    ],
)
def test_a_mark_that_cannot_be_had_is_told_by_what_is_wrong_with_it(run: Run, mark: str, words: str) -> None:
    said = run(f"{mark}\ndef test_it(world): pass")
    said.assert_outcomes(errors=1)
    assert words in said.stdout.str()


def test_parallel_workers_share_one_sandbox_which_is_gone_after_the_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SANDBOX_ORCHESTRATOR_URL", raising=False)
    pytester.makepyfile("""
        import os
        def test_it(sandbox, persona):
            assert persona("Asha")
            with open(os.environ["PYTEST_XDIST_WORKER"], "w") as met:
                met.write(sandbox.urls["orchestrator"])
    """)
    pytester.runpytest_subprocess(*WITHOUT, "-n2", "--dist=each", timeout=60).assert_outcomes(passed=2)
    first, second = ((pytester.path / worker).read_text("utf-8") for worker in ("gw0", "gw1"))
    assert first == second
    with pytest.raises(OSError, match="refused"):
        loopback_opener().open(first + "/_sandbox/health", timeout=5)
