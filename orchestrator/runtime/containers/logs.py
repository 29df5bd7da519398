"""What the containers of a stack say, as they say it, each line after the name of its service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from orchestrator.runtime.containers.stack import SERVICE, STACK, Stack
from simulators.kit.clock import wall_now
from simulators.kit.settings import SERVICES

WIDTH = max(map(len, SERVICES))
NANOSECONDS = 1_000_000_000

Tell = Callable[[str], None]


@contextmanager
def followed(stack: Stack, tell: Tell) -> Iterator[None]:
    """Tell what the stack's containers say from now on, through stops and starts, and when one ends."""
    filters = {"type": "container", "label": f"{STACK}={stack.name}", "event": ["start", "die"]}
    events = stack.engine.events(decode=True, filters=filters)
    now = wall_now().timestamp()
    for service, container in stack.containers().items():
        _relay(stack.engine, container.id, service, now, tell)
    _in_background(_follow, stack.engine, events, tell)
    try:
        yield
    finally:
        events.close()


def _follow(engine: Any, events: Any, tell: Tell) -> None:
    for event in events:
        attributes = event["Actor"]["Attributes"]
        service = attributes[SERVICE]
        if event["Action"] == "start":
            _relay(engine, event["Actor"]["ID"], service, event["timeNano"] / NANOSECONDS, tell)
        else:
            tell(_line(service, f"has ended with exit code {attributes.get('exitCode')}"))


def _relay(engine: Any, id: str, service: str, since: float, tell: Tell) -> None:
    """Tell, in the background, what a container says until it ends; ``since`` is in seconds of Unix time."""

    def relay() -> None:
        from docker.errors import APIError

        rest = b""
        with suppress(APIError):  # it is being removed
            for chunk in engine.api.logs(id, stream=True, follow=True, since=since):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    tell(_line(service, line.decode(errors="replace")))

    _in_background(relay)


def _in_background(work: Callable[..., None], *arguments: Any) -> None:
    Thread(target=work, args=arguments, daemon=True).start()


def _line(service: str, said: str) -> str:
    return f"{service:<{WIDTH}} | {said}"
