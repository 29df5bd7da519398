"""What a foreign page in a real browser can do to a sandbox, and what a page of the bank's own web site can."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import World
from tests.ui.watching import ARGUMENTS

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


EVIL = "evil.example"
MESSAGE = '{"channel":"sms","to":"+919000000001","subject":"","body":"x","purpose":"p","sender":"s"}'
FETCH = """async ([url, options]) => {
    try {
        const answer = await fetch(url, options)
        return [answer.type, answer.status, answer.status ? await answer.text() : "", [...answer.headers.keys()]]
    } catch (error) { return ["error", 0, String(error), []] }
}"""
JSON = {"Content-Type": "application/json"}


class Page(BaseHTTPRequestHandler):
    """A page of no sandbox's."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>A page</title>")

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


@pytest.fixture(scope="module")
def page_at(chromium: Any, chromium_path: str) -> Callable[[str], Any]:
    """Open a page in a browser for which evil.example is this machine, as after a rebinding of its name."""

    @contextmanager
    def open_page(url: str) -> Iterator[Any]:
        rules = f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"
        browser = chromium.browser_type.launch(executable_path=chromium_path, args=[*ARGUMENTS, rules])
        try:
            page = browser.new_page()
            page.goto(url)
            yield page
        finally:
            browser.close()

    return open_page


def test_a_page_whose_name_was_rebound_to_this_machine_reads_nothing(
    page_at: Callable[[str], Any], sandbox: RunningSandbox
) -> None:
    for service in ("orchestrator", "cymmetri", "mailroom"):
        own = sandbox.urls[service].replace("127.0.0.1", EVIL)
        with page_at(f"{own}/docs") as page:
            assert "unknown-host" in page.content()
            for path in ("/_sandbox/credentials", "/_sandbox/worlds/default/personas", "/messages"):
                kind, status, text, _ = page.evaluate(FETCH, [f"{own}{path}", {}])
                assert (kind, status) == ("basic", 421)
                assert "unknown-host" in text


def test_a_foreign_page_changes_nothing_and_reads_nothing(
    page_at: Callable[[str], Any], sandbox: RunningSandbox, world: World, port: int
) -> None:
    control = f"{sandbox.urls['orchestrator']}/_sandbox/worlds/{world.name}"
    messages = f"{sandbox.urls['mailroom']}/w/{world.name}/messages"
    before = world.ask("orchestrator", "GET", f"/_sandbox/worlds/{world.name}/clock").body["now"]
    with page_at(f"http://{EVIL}:{port}/") as page:
        for url, body in ((messages, MESSAGE), (f"{control}/clock", '{"advance":"P1D"}')):
            plain = {"method": "POST", "mode": "no-cors", "body": body}
            labelled = {"method": "POST", "headers": JSON, "body": body}
            empty = {"method": "POST", "mode": "no-cors"}
            assert page.evaluate(FETCH, [url, plain])[0] == "opaque"
            assert page.evaluate(FETCH, [url, empty])[0] == "opaque"
            assert page.evaluate(FETCH, [url, labelled])[0] == "error"
            assert page.evaluate(FETCH, [url, {"method": "DELETE"}])[0] == "error"
            assert page.evaluate(FETCH, [url, {}])[0] == "error"
        page.set_content(f'<form method="post" enctype="text/plain" action="{control}/clock"><button>x</button></form>')
        page.get_by_role("button").click()
        page.wait_for_url(f"{control}/clock")
        assert "not-from-here" in page.content()
    assert world.messages() == []
    now = world.ask("orchestrator", "GET", f"/_sandbox/worlds/{world.name}/clock").body["now"]
    assert now[:10] == before[:10]


def test_a_page_of_the_bank_s_own_site_on_this_machine_uses_the_systems(
    page_at: Callable[[str], Any], sandbox: RunningSandbox, world: World, port: int
) -> None:
    url = f"{sandbox.urls['orchestrator']}/w/{world.name}/registrations"
    body = f'{{"flow":"web","deviceId":"browser","type":"CIF","id":"{world.personas["Asha"]["cif"]}"}}'
    headers = {**JSON, "Idempotency-Key": "once", "traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    with page_at(f"http://localhost:{port}/") as page:
        made = page.evaluate(FETCH, [url, {"method": "POST", "headers": headers, "body": body}])
        assert made[:2] == ["cors", 201], made
        assert {"location", "sandbox-branch", "sandbox-exchange", "sandbox-now"} <= set(made[3])
        control = f"{sandbox.urls['orchestrator']}/_sandbox/worlds/{world.name}/personas"
        assert page.evaluate(FETCH, [control, {}])[0] == "error"
