"""The image that the containers are made of: built from the checkout, or taken as it is."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from orchestrator.runtime.containers import endings
from orchestrator.runtime.values import BadSetting

IMAGE = "registration-sandbox"
CHECKOUT = Path(__file__).parents[3]
BUILD_ARGUMENTS = ("BASE_IMAGE", "PIP_INDEX_URL")
"""The Dockerfile's arguments that are handed on where the environment has them, as Compose does."""

LAST_LINES = 15
LOOK_AGAIN = 0.1

Tell = Callable[[str], None]


def image(engine: Any, named: str | None, tell: Tell) -> str:
    """Return the image to use: the one that is named, else one built from the checkout, else one built before.

    Raises BadSetting where there is none, Interrupted when an ending comes meanwhile.
    """
    if named:
        if not _found(engine, named):
            tell(f"Pulling {named} ...")
            engine.images.pull(named)
        return named
    if (CHECKOUT / "Dockerfile").is_file():
        before = _found(engine, IMAGE)
        tell(f"Building the image {IMAGE} ...")
        _build(engine)
        _forget(engine, before)
    elif not _found(engine, IMAGE):
        raise BadSetting(f"There is no image {IMAGE} and no checkout to build it from. Name an image with --image.")
    return IMAGE


def _found(engine: Any, name: str) -> Any:
    from docker.errors import ImageNotFound

    try:
        return engine.images.get(name)
    except ImageNotFound:
        return None


def _forget(engine: Any, before: Any) -> None:
    """Remove the image that was replaced, unless it is still the one, or in use."""
    from docker.errors import APIError

    if before and before.id != engine.images.get(IMAGE).id:
        with suppress(APIError):
            engine.images.remove(before.id)


def _build(engine: Any) -> None:
    """Build in a thread, so that an ending is heard while the engine is silent; the engine drops what is left alone."""
    said = engine.api.build(
        path=str(CHECKOUT),
        tag=IMAGE,
        rm=True,
        forcerm=True,
        decode=True,
        buildargs={name: os.environ[name] for name in BUILD_ARGUMENTS if os.environ.get(name)},
        network_mode=os.environ.get("SANDBOX_BUILD_NETWORK") or None,
    )
    heard: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    Thread(target=_hear, args=(said, heard), daemon=True).start()
    lines: list[str] = []
    while True:
        endings.heed()
        try:
            chunk = heard.get(timeout=LOOK_AGAIN)
        except Empty:
            continue
        if chunk is None:
            return
        lines += filter(None, map(str.strip, str(chunk.get("stream") or "").splitlines()))
        if chunk.get("error"):
            last = "\n".join(lines[-LAST_LINES:])
            raise BadSetting(f"The image could not be built: {chunk['error']}\n{last}")


def _hear(said: Any, heard: "SimpleQueue[dict[str, Any] | None]") -> None:
    try:
        for chunk in said:
            heard.put(chunk)
    except Exception as error:
        heard.put({"error": str(error)})
    heard.put(None)
