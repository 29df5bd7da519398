"""The file that describes a system under test (TOML), read with every mistake told by file, line and key."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct

from orchestrator.flows import FLOWS
from registration_sandbox.drivers import catalogue
from registration_sandbox.gate.claims import claims_of, matching
from registration_sandbox.gate.system import IN_FRONT, ClaimSettings, System, SystemSettings
from registration_sandbox.runtime import values
from registration_sandbox.worlds.mistakes import explain_error, format_value, nearest
from simulators.kit.services import SERVICES, spec_of

TABLES = ("system", "policies", "claims")
SHARE_THE_SANDBOXS_URL = ("browser", "channel", "ciamregsrvc")
"""Drivers that have something to act on in the sandbox itself."""

Table = TypeVar("Table", bound=Struct)
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]")
_INDEX = re.compile(r"\[\d+\]")
_STEP = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+")
_PLACE = re.compile(r" \(at line (\d+), column \d+\)|\s*\(at end of document\)")


class BadSystem(Exception):
    """A file that describes no system under test: one line with the file, the line and the key."""


def read_system(path: Path) -> System:
    """Return the system that a file describes. Raises BadSystem for the first thing that is wrong."""
    return _Reader(path).read()


def mistake_in(system: System, key: str, words: str) -> BadSystem:
    """Return what is wrong with a key of the file that a system was read from."""
    return _Reader(Path(system.file)).wrong(key, words)


class _Reader:
    """Reads one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._text = path.read_text("utf-8-sig")
        except OSError as error:
            raise BadSystem(f"{path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise BadSystem(f"{path}: is no text in UTF-8") from error
        self._lines = dict(_lines_of(self._text))

    def read(self) -> System:
        told = self._parse()
        for name in told:
            if name not in TABLES:
                raise self.wrong(name, f"is not known; a system's file has {', '.join(TABLES)}{nearest(name, TABLES)}")
        settings = self._table(told, "system", SystemSettings)
        self._check_reasons(told.get("claims"))
        claims = self._table(told, "claims", ClaimSettings)
        self._check_replaces(settings)
        self._check_claims(claims)
        self._check_clock(settings)
        url = self._url(settings)
        return System(
            name=settings.name,
            replaces=settings.replaces,
            url=url,
            driver=self._driver(settings),
            isolation=settings.isolation,
            clock=settings.clock if url else "world",
            clock_url=settings.clock_url,
            health=self._path_at("health", settings.health),
            command=settings.command,
            policies=self._policies(told.get("policies", {}), settings),
            claims=claims,
            file=str(self._path),
        )

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            found = _PLACE.search(str(error))
            line = int(found[1]) if found and found[1] else len(self._text.splitlines())
            raise BadSystem(f"{self._path}:{line}: is no TOML: {_PLACE.sub('', str(error))}") from error

    def _table(self, told: dict[str, Any], name: str, kind: type[Table]) -> Table:
        given = told.get(name, {})
        if name == "system" and name not in told:
            raise self.wrong(name, "is missing; it is a table that names the system: [system]")
        try:
            return msgspec.convert(given, kind)
        except msgspec.ValidationError as error:
            mistake = explain_error(error, kind, given, place=name)
            raise self.wrong(str(mistake.field), mistake.words) from error

    def _check_replaces(self, settings: SystemSettings) -> None:
        known = (*SERVICES, IN_FRONT)
        if settings.replaces not in known:
            hint = nearest(settings.replaces, known)
            words = f"is {format_value(settings.replaces)}; allowed is: {', '.join(known)}{hint}"
            raise self.wrong("system.replaces", words)

    def _url(self, settings: SystemSettings) -> str:
        if settings.url is None:
            if settings.replaces == IN_FRONT and settings.driver in SHARE_THE_SANDBOXS_URL and not settings.command:
                return ""
            raise self.wrong("system.url", "is missing; it is where the system listens, as in http://127.0.0.1:9900")
        flaw = values.find_flaw_of_url(settings.url)
        if flaw is not None:
            words = f"is {format_value(settings.url)}{flaw}; it must be a URL like http://127.0.0.1:9900"
            raise self.wrong("system.url", words)
        return settings.url.rstrip("/")

    def _driver(self, settings: SystemSettings) -> str:
        try:
            return catalogue.resolve(settings.driver, self._path.parent)
        except catalogue.BadDriver as error:
            raise self.wrong("system.driver", str(error)) from error

    def _check_clock(self, settings: SystemSettings) -> None:
        if settings.clock == "hook" and settings.clock_url is None:
            raise self.wrong("system.clock_url", 'is missing; clock = "hook" says that the time is POSTed there')
        if settings.clock != "hook" and settings.clock_url is not None:
            raise self.wrong("system.clock_url", f'is used only with clock = "hook", and clock is "{settings.clock}"')
        self._path_at("clock_url", settings.clock_url)

    def _path_at(self, key: str, value: str | None) -> str | None:
        if value is not None and not value.startswith(("/", "http://", "https://")):
            raise self.wrong(
                f"system.{key}", f"is {format_value(value)}; it must be a path like /healthz, or a whole URL"
            )
        return value

    def _policies(self, told: Any, settings: SystemSettings) -> dict[str, Any]:
        if not isinstance(told, dict):
            words = f"is {format_value(told)}; allowed is: a table of the service that is replaced, [policies.cymmetri]"
            raise self.wrong("policies", words)
        for service, given in told.items():
            place = f"policies.{service}"
            if service != settings.replaces:
                words = f'is not what the system replaces ("{settings.replaces}"): fakes are told by each scenario'
                raise self.wrong(place, words)
            model = spec_of(service).load_policies()
            try:
                msgspec.convert(given, model)
            except msgspec.ValidationError as error:
                mistake = explain_error(error, model, given, place=place)
                raise self.wrong(str(mistake.field), mistake.words) from error
        return told

    def _check_reasons(self, told: Any) -> None:
        """Refuse exceptions without a reason, and lists of claims that are there and name nothing."""
        given = told if isinstance(told, dict) else {}
        for name in ("flows", "branches"):
            if given.get(name) == []:
                raise self.wrong(f"claims.{name}", "names none; leave it out where the system claims everything")
        exceptions = given.get("except")
        for pattern, reason in exceptions.items() if isinstance(exceptions, dict) else ():
            if not isinstance(reason, str) or not reason.strip():
                words = f"has no reason but {format_value(reason)}; say in words why it is not claimed"
                raise self.wrong(f"claims.except.{pattern}", words)

    def _check_claims(self, claims: ClaimSettings) -> None:
        for flow in claims.flows:
            if flow not in FLOWS:
                words = f"names {format_value(flow)}; the flows are {', '.join(FLOWS)}{nearest(flow, FLOWS)}"
                raise self.wrong("claims.flows", words)
        for pattern in claims.branches:
            if not matching(pattern):
                raise self.wrong(
                    "claims.branches", f"names {format_value(pattern)}; no branch is called so, as DR-2.13 is"
                )
        for pattern in claims.exceptions:
            if not matching(pattern):
                raise self.wrong(f"claims.except.{pattern}", "is no branch, as DR-2.13 is")
        if not claims_of(claims).branches:
            raise self.wrong("claims.except", "excepts all that is claimed, and leaves nothing to be judged")

    def wrong(self, key: str, words: str) -> BadSystem:
        return BadSystem(f"{self._path}:{self._line(key)}: {key} {words}")

    def _line(self, key: str) -> int:
        """Return the line of a key, or where the first thing in it or the nearest around it stands."""
        steps = tuple(step.strip("\"'") for step in _split(_INDEX.sub("", key)))
        while steps and steps not in self._lines:
            inside = [line for place, line in self._lines.items() if place[: len(steps)] == steps]
            if inside:
                return inside[0]
            steps = steps[:-1]
        return self._lines.get(steps, 1)


def address(system: System, path: str) -> str:
    """Return where something of the system is: a path below its URL, or a URL of its own."""
    return path if urlsplit(path).scheme else urljoin(system.url + "/", path.lstrip("/"))


def _split(key: str) -> list[str]:
    """Return the steps of a key; a branch has a dot of its own."""
    head, found, rest = key.partition("except.")
    return [*head.rstrip(".").split("."), "except", rest] if found else key.split(".")


def _lines_of(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the path of every table and key, each with its line (from 1)."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _steps(header[1])
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_steps(key[1])), number


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step.strip("\"'") for step in _STEP.findall(path))
