"""A running sandbox as the command line speaks to it: over HTTP, by nothing that takes long to import."""

import http.client
import json
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import click

from registration_sandbox.cli.endings import NO_SANDBOX, REFUSED
from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT
from registration_sandbox.runtime.tls import client_context
from simulators import __version__
from simulators.kit.wire.addresses import is_loopback
from simulators.kit.world_names import is_world_id

CONNECT_LIMIT = 2.0
ANSWER_LIMIT = 120.0
"""Seconds for an answer; outlasts the longest that a call of the control plane may take."""

SILENCE_LIMIT = 40.0
"""Seconds of silence after which a stream of events is given up; the sandbox says more often that it lives."""

MOST_EXCHANGES = 10_000
"""The most exchanges of a journal that the sandbox returns at once."""

HEADERS = {"User-Agent": f"sandbox-cli/{__version__}"}
"""The journal has these exchanges as those of the caller ``cli``."""


class NoSandbox(click.ClickException):
    """No sandbox at the URL: nobody answers there, or something else does."""

    exit_code = NO_SANDBOX


class Refused(click.ClickException):
    """What the sandbox refused, in its words; ``code`` is the problem's (RFC 9457)."""

    exit_code = REFUSED

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or f"The sandbox answered {status}."))
        self.status = status
        self.code = str(problem.get("code") or "")


class Connection:
    """The sandbox at a URL, spoken to in one world. ``limit`` bounds the wait for an answer, in seconds."""

    def __init__(self, url: str, world: str, limit: float = ANSWER_LIMIT) -> None:
        self.url = url
        self.world = world
        self._limit = limit

    def ask(self, method: str, path: str, body: Any = None, /, **query: Any) -> dict[str, Any]:
        """Call the control plane, or our middleware beside it; return the JSON object of the answer, or an empty one.

        Parameters of the query that are empty are left out. Raises NoSandbox and Refused.
        """
        text = self.text(method, path, body, **query)
        try:
            found: dict[str, Any] = json.loads(text or "{}")
        except ValueError as error:
            raise self._other(f"{method} {path} was answered with something that is not JSON") from error
        return found

    def control(self, method: str, path: str = "", body: Any = None, /, **query: Any) -> dict[str, Any]:
        """Call the control plane about the world; ``path`` is what follows the world's name."""
        return self.ask(method, self.place(path), body, **query)

    def choose(self, world: str | None) -> None:
        """Ask about a world that is named as an argument; about the option's where none is."""
        if world is not None:
            self.world = world

    def place(self, path: str) -> str:
        """Return the control plane's path about the world. Raises UsageError for a name that no path can have."""
        if not is_world_id(self.world):
            raise click.UsageError(f"No world can be called {self.world!r}: use a to z, 0 to 9 and -, 63 at most.")
        return f"/_sandbox/worlds/{quote(self.world, safe='')}{path}"

    def text(self, method: str, path: str, body: Any = None, /, **query: Any) -> str:
        """Call the control plane, or our middleware beside it; return the text of the answer."""
        wanted = urlencode({name: value for name, value in query.items() if value not in ("", None)})
        with self._answer(method, path + (f"?{wanted}" if wanted else ""), body, self._limit) as answer:
            return answer.read().decode(errors="replace")

    def messages(self, **query: Any) -> list[dict[str, Any]]:
        """Return the world's messages, newest first, from the mailroom: which a fault can strike, too.

        Raises NoSandbox, and Refused with a code.
        """
        from registration_sandbox.runtime.embedded import urls_beside

        mailroom = Connection(urls_beside(self.url)["mailroom"], self.world, self._limit)
        try:
            return list(mailroom.ask("GET", f"/w/{quote(self.world, safe='')}/messages", **query)["messages"])
        except (NoSandbox, Refused, KeyError) as error:
            if isinstance(error, Refused) and (error.code or error.status < 500):
                raise
            words = f"The mailroom at {mailroom.url} does not answer as it should. Does a fault strike it?"
            raise NoSandbox(f"{words} See `sandbox fault`.") from error

    def events(self, since: str) -> Iterator[tuple[str, Any]]:
        """Yield the world's events since an instant as they happen, each with its name, until the stream ends."""
        path = "/_sandbox/events?" + urlencode({"world": self.world, "since": since})
        with self._answer("GET", path, None, SILENCE_LIMIT) as answer:
            name = ""
            for line in answer:
                if not line.endswith(b"\n"):  # the sandbox ended while it said this
                    return
                field, _, value = line.decode().strip().partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    yield name, json.loads(value)

    @contextmanager
    def _answer(self, method: str, path: str, body: Any, limit: float) -> Iterator[http.client.HTTPResponse]:
        connection = open_connection(self.url, min(CONNECT_LIMIT, limit))
        token = os.environ.get("SANDBOX_ADMIN_TOKEN")
        if token and not (token.isascii() and token.isprintable()):
            raise click.UsageError("SANDBOX_ADMIN_TOKEN has characters that no header can have, such as a line's end.")
        headers = {**HEADERS, **({"Authorization": f"Bearer {token}"} if token else {})}
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.connect()
            connection.sock.settimeout(limit)
            connection.request(method, urlsplit(self.url).path + path, content, headers)
            answer = connection.getresponse()
            if not 200 <= answer.status < 300:
                raise self._refusal(answer)
            yield answer
        except (OSError, http.client.HTTPException) as error:
            raise self._silent(error) from error
        finally:
            connection.close()

    def _refusal(self, answer: http.client.HTTPResponse) -> click.ClickException:
        try:
            problem = json.loads(answer.read())
            refused = Refused(answer.status, problem)
        except (ValueError, AttributeError):
            return self._other(f"it answered {answer.status} without a problem document")
        if refused.code == "not-found":
            return self._other("name its control plane with --url or SANDBOX_URL")
        return refused

    def _silent(self, error: Exception) -> NoSandbox:
        if isinstance(error, ssl.SSLCertVerificationError):
            return NoSandbox(
                f"The certificate of {self.url} is not trusted ({error.verify_message}): name the file of its CA by "
                "SANDBOX_CA_FILE. `sandbox up --tls` says at its start where its own is."
            )
        parts = urlsplit(self.url)
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        elsewhere = is_loopback(parts.hostname or "") and parts.port not in (None, DEFAULT_BASE_PORT)
        here = f" --base-port {parts.port}" if elsewhere else ""
        return NoSandbox(
            f"No sandbox answers at {self.url} ({why.lower()}): start one with `sandbox up{here}`, "
            "or name the one that is up with --url or SANDBOX_URL."
        )

    def _other(self, why: str) -> NoSandbox:
        return NoSandbox(f"What answers at {self.url} is no sandbox's control plane; {why}.")


def open_connection(url: str, limit: float) -> http.client.HTTPConnection:
    """Return a connection to a URL, not yet made; ``limit`` bounds each wait, in seconds."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=limit, context=client_context())
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit)
