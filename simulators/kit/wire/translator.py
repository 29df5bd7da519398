"""Speaking and reading a wire profile, at the two edges between which everything is called as in the contract."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from simulators.kit.wire.instants import read_instant, write_instant
from simulators.kit.wire.profiles import LONGEST_INSTANT, EnvelopeFields, WireProfile, move_path


class Translator:
    """Speaks and reads one profile of a system whose answers come in an envelope."""

    def __init__(self, profile: WireProfile, envelope: EnvelopeFields) -> None:
        self.profile = profile
        self._envelope = envelope

    def write_request(self, body: Any) -> Any:
        """Return a request's body, of ours, as the installation wants it."""
        return _rename(body, self.profile.fields, _same)

    def read_request(self, body: Any) -> Any:
        """Return a request's body, as the installation wants it, in our names."""
        return _rename(body, self._our_fields, _same)

    def write_answer(self, status: int, body: Any, branches: Collection[str] = ()) -> tuple[int, Any]:
        """Return an answer's status and body, of ours, as the installation sends it."""
        if not isinstance(body, dict):
            return status, body
        if self._envelope.code not in body:
            return status, _rename(body, self.profile.fields, self._their_instant)
        written = dict(body)
        reason = str(written.get(self._envelope.code) or "").rpartition(".")[2]
        if reason:
            written[self._envelope.code] = self._their_code(reason, written[self._envelope.code], branches)
        if self.profile.message == "null" or (self.profile.message == "null_on_success" and not reason):
            written[self._envelope.message] = None
        written = _rename(written, self.profile.fields, self._their_instant)
        for path, value in self.profile.extra.items():
            _add(written, path.split("."), value)
        statuses = self.profile.statuses
        return statuses.get(reason, statuses.get(str(status), status)), written

    def read_answer(self, body: Any, expected: Collection[str] = ()) -> Any:
        """Return an answer's body in our names.

        Of several reasons that one code may mean, it is one that is ``expected``: there stand the reasons, and the
        branches, of the operation that was called.
        """
        found = _rename(body, self._our_fields, self._our_instant)
        code = found.get(self._envelope.code) if isinstance(found, dict) else None
        keys = self._our_keys.get(code) if isinstance(code, str) else None
        if keys:
            best = next((key for key in keys if set(key.split("@")) <= set(expected)), keys[0])
            found[self._envelope.code] = best.partition("@")[0]
        return found

    def code_in(self, body: Mapping[str, Any]) -> Any:
        """Return the error code of an answer as the installation sent it."""
        name = self._envelope.code
        return body.get(self.profile.fields.get(name, name))

    def write_path(self, path: str) -> str:
        """Return where the installation has what is at ``path`` in the contract."""
        return move_path(path, self.profile.paths) or path

    def read_path(self, path: str) -> str | None:
        """Return where the contract has what the installation has at ``path``, if that was moved."""
        return move_path(path, self._our_paths)

    def hides(self, path: str) -> bool:
        """Return whether the installation has nothing at this path of the contract: it was moved."""
        return move_path(path, self.profile.paths) not in (None, path)

    def _their_code(self, reason: str, ours: str, branches: Collection[str]) -> str:
        keys = [*(f"{reason}@{branch}" for branch in branches), reason]
        return next((self.profile.errors[key] for key in keys if key in self.profile.errors), ours)

    def _their_instant(self, value: str) -> str:
        instant = read_instant(value)
        return value if instant is None or not self.profile.instants else instant.strftime(self.profile.instants)

    def _our_instant(self, value: str) -> str:
        if not self.profile.instants or len(value) > LONGEST_INSTANT:
            return value
        try:
            return write_instant(datetime.strptime(value, self.profile.instants).replace(tzinfo=UTC))
        except ValueError:
            return value

    @cached_property
    def _our_fields(self) -> dict[str, str]:
        return {theirs: ours for ours, theirs in self.profile.fields.items()}

    @cached_property
    def _our_paths(self) -> dict[str, str]:
        return {theirs: ours for ours, theirs in self.profile.paths.items()}

    @cached_property
    def _our_keys(self) -> dict[str, list[str]]:
        """What each code may mean: reasons of ours, or REASON@BRANCH."""
        found: dict[str, list[str]] = {}
        for key, code in self.profile.errors.items():
            found.setdefault(code, []).append(key)
        return found


def _rename(value: Any, names: Mapping[str, str], spell: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _rename(item, names, spell) for key, item in value.items()}
    if isinstance(value, list):
        return [_rename(item, names, spell) for item in value]
    return spell(value) if isinstance(value, str) else value


def _same(text: str) -> str:
    return text


def _add(body: dict[str, Any], path: list[str], value: Any) -> None:
    name, rest = path[0], path[1:]
    if not rest:
        body.setdefault(name, value)
    elif isinstance(body.get(name), dict):
        _add(body[name], rest, value)
