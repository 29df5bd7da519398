"""A service's edge: an installation's paths come in, and answers go out as the installation sends them."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from simulators.kit.errors import SandboxRefusal
from simulators.kit.store.failures import StoreFailure
from simulators.kit.web.api import Answer
from simulators.kit.wire.control import CONTROL_PREFIX
from simulators.kit.wire.translator import Translator
from simulators.kit.work import Service
from simulators.kit.world_names import world_id

MOVED = "sandbox.moved"
"""The WSGI environment's key that says that a request came by the installation's path."""


def read_paths(app: Any, service: Service, known: frozenset[str], named: Callable[[Any], str]) -> Any:
    """Wrap a WSGI application so that it is reached by an installation's paths, too.

    ``known`` are the paths of the contract, for which no world need be looked up; ``named`` returns the world that a
    request names.
    """

    def select(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path not in known and not path.startswith(CONTROL_PREFIX):  # these make worlds, and must not wait for one
            try:
                translator = service.translator(service.worlds.find(world_id(named(environ))))
            except (SandboxRefusal, StoreFailure):
                translator = None  # the request itself is refused for it
            ours = translator.read_path(path) if translator else None
            if ours is not None:
                environ["PATH_INFO"], environ[MOVED] = ours, True
        return app(environ, start_response)

    return select


def write_answer(translator: Translator, answer: Answer, branches: Collection[str]) -> Answer:
    """Return an answer as the installation sends it; problems of the sandbox itself are sent as they are."""
    if answer.media_type != "application/json" or isinstance(answer.body, str | bytes | None):
        return answer
    status, body = translator.write_answer(answer.status, msgspec.to_builtins(answer.body), branches)
    return Answer(body, status, answer.headers, answer.media_type)
