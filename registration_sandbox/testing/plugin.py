"""The pytest plugin: a sandbox for the run, a fresh world for every test that asks for one.

Fixtures: ``sandbox`` (the whole run's), ``world`` (the test's own), ``persona``, ``inbox`` and ``phone`` (people of the
world, by name). A test says which world it wants by a mark: ``@pytest.mark.sandbox(scenario="new-customer", seed=7)``.

Nothing but pytest is imported until a test asks for a sandbox.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from registration_sandbox.client import Inbox, Persona, Phone, Sandbox, World
    from registration_sandbox.testing.wishes import Wish

MARK = (
    "sandbox(scenario='default', *, seed=None, policies=None): the world that the test wants: a scenario's name or a "
    "whole scenario, its seed (one made of the test's id, if left out), and policies laid over the scenario's"
)

_WORLD: "pytest.StashKey[tuple[World, Wish]]" = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("registration sandbox")
    group.addoption(
        "--sandbox-url",
        metavar="URL",
        help="the control plane's URL of a sandbox that runs already; SANDBOX_URL, if left out. "
        "Where neither is given, one is started at the first test that needs it, for all workers of the run.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARK)


@pytest.fixture(scope="session")
def sandbox(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Sandbox]":
    """The sandbox of the test run: the one whose URL is given, else one that is started for it."""
    from registration_sandbox.client import Sandbox
    from registration_sandbox.runtime.embedded import control_plane_url
    from registration_sandbox.testing.shared import shared_sandbox

    url = pytestconfig.getoption("sandbox_url") or control_plane_url()
    if url or not os.environ.get("PYTEST_XDIST_WORKER"):
        with Sandbox.started(url) as running:
            yield running
    else:
        with shared_sandbox(tmp_path_factory.getbasetemp().parent) as urls:
            yield Sandbox(urls)


@pytest.fixture
def world(sandbox: "Sandbox", request: pytest.FixtureRequest) -> "Iterator[World]":
    """A world of the test's own, as its mark ``sandbox`` wants it; deleted afterwards."""
    from registration_sandbox.testing import wishes

    wish = wishes.wish_of(request.node)
    with sandbox.make(wish.scenario, world=wish.world, seed=wish.seed, policies=wish.policies) as made:
        request.node.stash[_WORLD] = made, wish
        yield made
        del request.node.stash[_WORLD]


@pytest.fixture
def persona(world: "World") -> "Callable[[str], Persona]":
    """Everyone in the test's world by name: ``persona("Asha").cif``."""
    return world.persona


@pytest.fixture
def inbox(world: "World") -> "Callable[[str], Inbox]":
    """What comes to somebody by mail and SMS: ``inbox("Asha").code("email-otp")``."""
    return lambda name: world.inbox(world.persona(name))


@pytest.fixture
def phone(world: "World") -> "Callable[[str], Phone]":
    """Somebody's phone: the one that the scenario gives the person, else a new one."""

    def phone_of(name: str) -> "Phone":
        return next(iter(world.phones_of(world.persona(name))), None) or world.new_phone(name)

    return phone_of


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Add, to the report of a test that failed, what was said in its world, and the seed it was made from."""
    report: pytest.TestReport = yield
    if report.failed and _WORLD in item.stash:
        from registration_sandbox.testing import wishes

        report.sections.append(wishes.describe_world(*item.stash[_WORLD]))
    return report
