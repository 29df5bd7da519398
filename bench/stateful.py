"""How many stateful calls a second two of the fakes answer with everything on, and stateful mocks of one service."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from bench import peers
from bench.load import Request, rate
from bench.mockoon import mockoon
from bench.processes import DidNotStart, running
from bench.rounds import Benchmark, Goal, Ratio, Side, Sides, Unavailable
from bench.settled import settled_sandbox
from registration_sandbox.client import Sandbox
from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port
from simulators.kit.world_names import DEFAULT

MESSAGES = "mailroom POST /messages"
SUBJECT_INFO = "TSG subject_info"
MOUNTEBANK = "mountebank"
KEPT_ALIVE = "mountebank told to keep connections"
MOCKOON = "mockoon"
MOTO = "moto"

REGISTERED = "Jai"
SERVICE_ID = "registration-sandbox"
MESSAGE = json.dumps(
    {
        "channel": "sms", "to": "+919876543210", "body": "Your code is 123456.", "purpose": "mobile-otp",
        "sender": "bench", "code": "123456",
    }
)  # fmt: skip

INJECTED = """function (config) {
    var kept = config.state.messages = config.state.messages || [];
    var message = JSON.parse(config.request.body || '{}');
    message.id = String(kept.length + 1);
    kept.push(message);
    return { statusCode: 201, headers: HEADERS, body: JSON.stringify(message) };
}"""
"""mountebank's stub: keeps the message it is sent and answers it with an id, as the mailroom does."""

AWS_HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "Authorization": "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=bench",
}
TABLE = {
    "TableName": "messages", "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
}  # fmt: skip
ITEM = {"id": {"S": "1"}, **{name: {"S": value} for name, value in json.loads(MESSAGE).items()}}


@contextmanager
def _open() -> Iterator[Sides]:
    sides = Sides()
    with ExitStack() as opened:
        sandbox = opened.enter_context(settled_sandbox())
        sides.measured[MESSAGES] = _messages(sandbox)
        for name, peer in PEERS.items():
            try:
                sides.measured[name] = opened.enter_context(peer())
            except (Unavailable, DidNotStart) as reason:
                sides.skipped[name] = str(reason)
        sides.measured[SUBJECT_INFO] = _subject_info(sandbox)
        yield sides


def _messages(sandbox: RunningSandbox) -> Side:
    return lambda: rate(Request(sandbox.urls["mailroom"] + "/messages", MESSAGE))


def _subject_info(sandbox: RunningSandbox) -> Side:
    client = Sandbox(sandbox.urls)
    key = client.credentials()["SANDBOX_TSG_API_KEY"]
    subject = client.world(DEFAULT).persona(REGISTERED).handsets[0].emCertID
    body = json.dumps({"service_id": SERVICE_ID, "subject_id": subject})
    request = Request(sandbox.urls["tsg"] + "/tsg/subject_info", body, {"X-API-Key": key})
    return lambda: rate(request)


@contextmanager
def _mountebank(headers: dict[str, str]) -> Iterator[Side]:
    program = peers.npm_program(peers.MOUNTEBANK, "mb")
    admin, port = free_base_port(), free_base_port()
    inject = INJECTED.replace("HEADERS", json.dumps({"Content-Type": "application/json", **headers}))
    stubs = [{"responses": [{"inject": inject}]}]
    imposter = {"protocol": "http", "port": port, "host": "127.0.0.1", "stubs": stubs}
    url = f"http://127.0.0.1:{port}/messages"
    with TemporaryDirectory(prefix="bench-") as temporary:
        directory = Path(temporary)
        (directory / "imposters.json").write_text(json.dumps({"imposters": [imposter]}), "utf-8")
        options = ["start", "--nologfile", "--localOnly", "--allowInjection", "--loglevel", "error"]
        options += ["--port", str(admin), "--configfile", "imposters.json"]
        with running([*program, *options], [url], directory):
            yield lambda: rate(Request(url, MESSAGE))


@contextmanager
def _mockoon() -> Iterator[Side]:
    with mockoon() as (url, _):

        def measure() -> float:
            requests.put(url, json=[], timeout=10).raise_for_status()  # it slows down as its bucket fills
            return rate(Request(url, MESSAGE))

        yield measure


@contextmanager
def _moto() -> Iterator[Side]:
    program = peers.python_program(peers.MOTO, "server", "moto_server")
    port = free_base_port()
    url = f"http://127.0.0.1:{port}/"
    with TemporaryDirectory(prefix="bench-") as temporary:
        options = ["-H", "127.0.0.1", "-p", str(port)]
        with running([*program, *options], [url + "moto-api/"], Path(temporary)):
            made = requests.post(url, json.dumps(TABLE), headers=_aws("CreateTable"), timeout=30)
            made.raise_for_status()
            item = json.dumps({"TableName": TABLE["TableName"], "Item": ITEM})
            yield lambda: rate(Request(url, item, _aws("PutItem")))


def _aws(operation: str) -> dict[str, str]:
    return {**AWS_HEADERS, "X-Amz-Target": f"DynamoDB_20120810.{operation}"}


PEERS: dict[str, Callable[[], AbstractContextManager[Side]]] = {
    MOUNTEBANK: lambda: _mountebank({}),
    KEPT_ALIVE: lambda: _mountebank({"Connection": "keep-alive"}),
    MOCKOON: _mockoon,
    MOTO: _moto,
}
GOALS = {MOUNTEBANK: Goal(1.0, at_least=True), MOCKOON: Goal(3.0, at_least=True), MOTO: Goal(8.0, at_least=True)}

RATIOS = [Ratio(ours, peer, GOALS.get(peer)) for ours in (MESSAGES, SUBJECT_INFO) for peer in PEERS]

BENCHMARK = Benchmark("stateful", "calls/s", _open, RATIOS)
