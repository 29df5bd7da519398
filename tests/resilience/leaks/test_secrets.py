"""No secret of a whole run, mistakes and refusals included, is found in journal, diagram, history, event or log."""

import http.client
import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest

from registration_sandbox.runtime.embedded import LOG_FILE, RunningSandbox
from simulators.kit.masking import MASK
from tests.resilience.leaks.whole_run import WholeRun, tables
from tests.support.described import documents_of, undescribed

pytestmark = pytest.mark.thorough


BANNER = re.compile(r"^  SANDBOX_(TSG_API_KEY|TSG_PUSH_SECRET|AUTH_SERVICE_API_KEY) +\S+$", re.MULTILINE)
"""How ``sandbox up`` shows the credentials once, to the user who started it; the test's log is its output."""

ALONE = r"(?<![\w.:+-]){}(?![\w.:-])"
"""A short secret counts as found where it stands alone: as part of a time or a number it means nothing."""


LAST_FOUR = re.compile(r"(last4\W+|•••• )\d{4}", re.IGNORECASE)
"""What everybody may see of a card; those of one in a hundred worlds are the expiry or the PIN of another card."""


LENGTH = re.compile(r"(content-length\W+)\d+", re.IGNORECASE)
"""How long a body is, which may happen to be a CVV."""


@pytest.fixture(scope="module")
def run(sandbox: RunningSandbox) -> WholeRun:
    return WholeRun(sandbox)


def found_in(text: str, run: WholeRun) -> dict[str, str]:
    """Return the secrets that are found in a text, each with what is around it."""
    found = {}
    text = LENGTH.sub(r"\1", LAST_FOUR.sub(r"\1", text))
    for name, secret in run.secrets.items():
        for spelling in {secret, quote(secret), json.dumps(secret)[1:-1]}:
            plain = re.escape(spelling)
            match = re.search(ALONE.format(plain) if len(secret) < 9 else plain, text)
            if match:
                found[name] = text[max(0, match.start() - 120) : match.end() + 40]
    return found


def no_secret(texts: Iterator[tuple[str, str]], run: WholeRun) -> None:
    found = {place: secrets for place, text in texts if (secrets := found_in(text, run))}
    assert not found, "\n".join(f"{place}: {secrets}" for place, secrets in found.items())


def test_the_search_finds_what_is_there(run: WholeRun) -> None:
    personas = run.world.ask("orchestrator", "GET", f"/_sandbox/worlds/{run.world.name}/personas").text
    messages = run.world.ask("mailroom", "GET", "/messages?limit=1000").text
    assert len(run.secrets) > 50
    assert {"pin of Asha's DEBIT", "cvv of Asha's CREDIT", "Chitra's password"} <= set(found_in(personas, run))
    codes = {name for name in run.secrets if name.startswith(("email-otp ", "mobile-otp ", "sign-up-code "))}
    assert len(codes) >= 8
    assert codes <= set(found_in(messages, run))


def test_what_may_be_seen_of_a_card_is_no_secret_and_what_stands_beside_it_is(run: WholeRun) -> None:
    expiry = run.secrets["expiry of Asha's CREDIT"]
    assert found_in(f'"maskedNumber":"•••• •••• •••• {expiry}","last4":"{expiry}"', run) == {}
    assert found_in(f'"last4":"2122","expiry":"{expiry}"', run)


def test_the_length_of_a_body_is_no_secret_and_what_stands_beside_it_is(run: WholeRun) -> None:
    cvv = run.secrets["cvv of Asha's CREDIT"]
    assert found_in(f'"Content-Length": "{cvv}", "content-length":"{cvv}"', run) == {}
    assert found_in(f'"Content-Length": "12", "cvv": "{cvv}"', run)


def test_every_status_of_the_run_is_described(run: WholeRun) -> None:
    documents = documents_of(run.sandbox)
    assert undescribed(run.world.exchanges(), documents) == set()
    verify = documents["orchestrator"]["paths"]["/registrations/{id}/actions/verify-email-otp"]["post"]
    del verify["responses"]["401"]
    of_ours = "orchestrator: POST /registrations/{id}/actions/verify-email-otp 401"
    assert undescribed(run.world.exchanges(), documents) == {of_ours}


def test_no_secret_is_in_the_journal(run: WholeRun) -> None:
    exchanges = run.world.exchanges()
    assert len(exchanges) > 200
    assert len({exchange["service"] for exchange in exchanges}) == 7
    assert sum(MASK in json.dumps(exchange, ensure_ascii=False) for exchange in exchanges) > 50
    no_secret(((f"{e['service']} {e['path']}", json.dumps(e, ensure_ascii=False)) for e in exchanges), run)


def test_no_secret_is_in_a_sequence_diagram(run: WholeRun) -> None:
    path = f"/_sandbox/worlds/{run.world.name}/sequence"
    for query in ("", *(f"?registration={id}" for id in run.registrations)):
        drawn = run.world.ask("orchestrator", "GET", path + query).text
        assert "->>" in drawn
        no_secret(iter([(query, drawn)]), run)


def test_no_secret_is_in_a_registration_or_its_history(run: WholeRun) -> None:
    for id, token in run.registrations.items():
        for path in (f"/registrations/{id}", f"/registrations/{id}/history"):
            told = run.world.ask("orchestrator", "GET", path, token=token)
            assert told.status == 200
            no_secret(iter([(path, told.text)]), run)


def test_no_secret_is_in_the_tables_behind_journal_and_history(run: WholeRun) -> None:
    rows = list(tables(run.sandbox, "journal", "history"))
    assert len({place for place, _ in rows}) == 8
    no_secret(iter(rows), run)


def test_no_secret_is_streamed(run: WholeRun) -> None:
    parts = urlsplit(run.world.sandbox.urls["orchestrator"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.request("GET", f"/_sandbox/events?world={run.world.name}&since=2000-01-01T00:00:00Z")
    stream = connection.getresponse()
    expected = len(run.world.exchanges())
    seen = bytearray()
    while seen.count(b"event: exchange") < min(expected, 1000):
        more = stream.read1(65536)
        assert more, "the stream has ended"
        seen += more
    connection.close()
    no_secret(iter([("events", seen.decode())]), run)


def test_no_secret_is_in_the_log(run: WholeRun) -> None:
    log = (run.sandbox.data_dir / LOG_FILE).read_text("utf-8")
    shown, times = BANNER.subn("", log)
    assert times == 3
    no_secret(iter([("log", shown)]), run)
