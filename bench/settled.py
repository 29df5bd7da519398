"""A sandbox that has done all that it does by itself after its first answer, so that it does not disturb a measure."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from registration_sandbox.client import World
from registration_sandbox.runtime.embedded import RunningSandbox, running_sandbox
from simulators.kit.world_names import DEFAULT

IDLE_SECONDS = 4.0


@contextmanager
def settled_sandbox(environment: Mapping[str, str] | None = None) -> Iterator[RunningSandbox]:
    """Run a sandbox until the block ends; begin the block when its default world is made and it has come to rest."""
    with running_sandbox(environment=environment) as sandbox:
        World(sandbox.urls, DEFAULT).personas()
        time.sleep(IDLE_SECONDS)
        yield sandbox
