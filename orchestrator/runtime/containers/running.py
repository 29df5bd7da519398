"""``sandbox up --docker``: a stack from its start until an ending, whatever happens between."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import Any

from orchestrator.runtime.containers import endings, engine, logs, ownership
from orchestrator.runtime.containers.image import image
from orchestrator.runtime.containers.stack import Stack
from orchestrator.runtime.embedded import DIRECT
from orchestrator.runtime.settings import Plan
from orchestrator.runtime.values import BadSetting
from simulators.kit.clock import monotonic, pause

START_LIMIT = 60.0
LOOK_AGAIN = 0.05

Tell = Callable[[str], None]


def run(plan: Plan, named_image: str | None, ready: Callable[[], None], tell: Tell) -> None:
    """Run a plan's services in containers until Ctrl-C or SIGTERM, and remove all that was made for it.

    ``ready`` is called once they answer; ``tell`` hears what is done, and then each line of the containers' logs.
    Raises BadSetting.
    """
    with (
        endings.held_back(),
        engine.connected() as client,
        suppress(endings.Interrupted),
        started(client, plan, named_image, tell) as stack,
    ):
        ready()
        with logs.followed(stack, tell):
            endings.wait_for_one()


@contextmanager
def started(client: Any, plan: Plan, named_image: str | None, tell: Tell) -> Iterator[Stack]:
    """Give a stack whose services all answer, for the block.

    Raises BadSetting when it does not come up, Interrupted when an ending comes first.
    """
    stack = Stack(client, ownership.name_of(min(plan.ports.values())))
    with ownership.held(plan.settings.data_dir, stack.name) as labels:
        ownership.remove_left_overs(client, stack.name, labels)
        made_of = image(client, named_image, tell)
        endings.heed()
        try:
            stack.make_network(labels)
            with ThreadPoolExecutor(len(plan.started)) as pool:
                list(pool.map(lambda service: _start(stack, service, plan, made_of, labels), plan.started))
            for service in plan.started:
                wait_for(stack, service, plan.settings.url(service))
            yield stack
        finally:
            stack.remove()


def _start(stack: Stack, service: str, plan: Plan, made_of: str, labels: Mapping[str, str]) -> None:
    from docker.errors import APIError

    endings.heed()
    try:
        stack.start(service, plan, made_of, labels)
    except APIError as error:
        raise BadSetting(
            f"{service} cannot be started on {plan.host}:{plan.ports[service]}: {engine.why(error)}. "
            "If something else listens there, stop it, or choose --base-port."
        ) from error


def wait_for(stack: Stack, service: str, url: str) -> None:
    """Return once a service answers. Raises BadSetting when its container ends instead, or nothing comes in time."""
    container = stack.containers()[service]
    give_up = monotonic() + START_LIMIT
    while not _answers(url):
        endings.heed()
        container.reload()
        if container.status == "exited":
            last = container.logs(tail=1).decode(errors="replace").strip()
            raise BadSetting(f"{service} has ended in its container: {last.removeprefix('Error: ')}")
        if monotonic() > give_up:
            raise BadSetting(f"{service} did not answer at {url} within {START_LIMIT:.0f} s.")
        pause(LOOK_AGAIN)


def _answers(url: str) -> bool:
    with suppress(OSError, HTTPException), DIRECT.open(f"{url}/_sandbox/health", timeout=1) as answer:
        return bool(answer.status == 200)
    return False
