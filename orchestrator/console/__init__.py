"""The console: the sandbox seen and played in a browser, served by the orchestrator.

It is an application of its own, made when it is first asked for: nobody who only calls the API waits for it.
"""

import re
from threading import Lock
from typing import TYPE_CHECKING, Any

from simulators.kit.app import service_of

if TYPE_CHECKING:
    from flask import Flask

_ITS_OWN = re.compile(r"/|/console(/.*)?|/w/[^/]+/")
"""The paths that are the console's: its root, its pages, and the root of a world."""


class _Console:
    """The console's application, once it is wanted."""

    def __init__(self, owner: "Flask") -> None:
        self._owner = owner
        self._app: Flask | None = None
        self._making = Lock()

    @property
    def app(self) -> "Flask":
        with self._making:
            if self._app is None:
                from orchestrator.console.app import create_app

                self._app = create_app(service_of(self._owner))
        return self._app


def mount(owner: "Flask") -> None:
    """Serve the console at the root of the orchestrator's application and below ``/console``."""
    console = owner.extensions["console"] = _Console(owner)
    api = owner.wsgi_app

    def dispatch(environ: dict[str, Any], start_response: Any) -> Any:
        theirs = _ITS_OWN.fullmatch(environ.get("PATH_INFO", ""))
        return (console.app.wsgi_app if theirs else api)(environ, start_response)

    owner.wsgi_app = dispatch  # type: ignore[method-assign]


def app_of(owner: "Flask") -> "Flask":
    """Return the console's application of an orchestrator's."""
    found: Flask = owner.extensions["console"].app
    return found


def warm(owner: "Flask") -> None:
    """Do ahead what the first page would wait for: make the console, and compile its templates."""
    templates = app_of(owner).jinja_env
    for name in templates.list_templates():
        templates.get_template(name)
