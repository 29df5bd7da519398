"""A real system asked directly, by calls that change nothing, beside the fake that is asked the same."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
import yaml

from registration_sandbox.drift.documents import read_document
from registration_sandbox.drift.har import Observation
from registration_sandbox.drift.shapes import BadSource, Interface, Operation
from simulators.kit.masking import mask
from simulators.kit.wire.pool import NoAnswer, Pool
from simulators.kit.wire.strict_json import read_json

CONNECT_TIMEOUT, READ_TIMEOUT = 3.0, 15.0
USER_AGENT = "sandbox-drift/1"


class ActAs(msgspec.Struct, forbid_unknown_fields=True):
    """A test customer of the real system: how it is found, and further headers that the installation wants."""

    deviceId: str
    type: str
    id: str | None = None
    cardNumber: str | None = None
    headers: dict[str, str] = {}


def read_act_as(path: Any) -> ActAs:
    """Return the test customer that a YAML file names. Raises BadSource."""
    try:
        return msgspec.convert(read_document(path), ActAs)
    except msgspec.ValidationError as error:
        words = "It has deviceId, type, id or cardNumber, and may have headers."
        raise BadSource(f"{path}: {error}. {words}") from error
    except yaml.YAMLError as error:
        raise BadSource(f"{path}: is no YAML: {error}") from error


def ask(url: str, known: Interface, person: ActAs | None) -> list[Observation]:
    """Return what a system answers to calls that change nothing; with a test customer, also to the first step.

    Without one, every operation that takes no id is asked without a token and with an empty body: a system that is as
    strict as it should be refuses each of them. Raises BadSource where nothing answers.
    """
    base = urlsplit(url)
    if base.scheme not in ("http", "https") or not base.netloc:
        raise BadSource(f"{url}: is no http or https URL.")
    pool = Pool(USER_AGENT, CONNECT_TIMEOUT)
    headers = person.headers if person else {}
    return [_ask(pool, url.rstrip("/"), operation, body, headers) for operation, body in _calls(known, person)]


def _calls(known: Interface, person: ActAs | None) -> Iterator[tuple[Operation, Any]]:
    for operation in known.operations:
        if "{" in operation.path or operation.method not in ("GET", "POST"):
            continue
        if person is not None and operation.path.endswith("/checkIdentity"):
            given = {"deviceId": person.deviceId, "type": person.type, "id": person.id, "cardNumber": person.cardNumber}
            yield operation, {name: value for name, value in given.items() if value is not None}
        else:
            yield operation, {} if operation.method == "POST" else None


def _ask(pool: Pool, url: str, operation: Operation, body: Any, headers: Mapping[str, str]) -> Observation:
    raw = None if body is None else msgspec.json.encode(body)
    sent = {**headers, **({"Content-Type": "application/json"} if raw is not None else {})}
    try:
        status, content, received = pool.send(operation.method, url + operation.path, raw, sent, READ_TIMEOUT)
    except NoAnswer as error:
        raise BadSource(f"{url}{operation.path}: {error}.") from error
    try:
        answered = mask(read_json(content)) if content else None
    except msgspec.MsgspecError:
        answered = None
    media_type = received.get("content-type", "").partition(";")[0].strip()
    names = frozenset(name.lower() for name in sent)
    return Observation(operation.method, operation.path, names, frozenset(), body, status, answered, media_type)
