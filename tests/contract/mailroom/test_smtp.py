"""Emails that also leave by a real mail server; here a small one, which speaks SMTP over a socket."""

import socketserver
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from simulators.kit.scheduling import due
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings
from simulators.kit.web.app import service_of
from simulators.mailroom import smtp
from simulators.mailroom.app import create_app
from simulators.mailroom.policies import SmtpPolicies
from simulators.mailroom.smtp import MailServer, SmtpFailure, gap, mail_server, send

EMAIL = {
    "channel": "email", "to": "asha@example.test", "subject": "Your\ncode für Asha", "body": "Code 123456 für Asha",
    "purpose": "otp", "sender": "cymmetri",
}  # fmt: skip


class Session(socketserver.StreamRequestHandler):
    """One SMTP session (RFC 5321)."""

    def handle(self):
        self.say("220 ready")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.taken.append(self.data())  # type: ignore[attr-defined]
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say(self.server.on_quit)  # type: ignore[attr-defined]
                return
            else:
                self.say(self.server.on_rcpt if verb == b"RCPT" else "250 ok")  # type: ignore[attr-defined]

    def data(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=default)

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        server.taken, server.on_rcpt, server.on_quit = [], "250 ok", "221 bye"  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def settings(tmp_path, server):
    urls = dict.fromkeys(SERVICES, "http://127.0.0.1:1")
    smtp_url = f"smtp://127.0.0.1:{server.server_address[1]}"
    return Settings(urls, tmp_path, {}, "signing-key", smtp_url=smtp_url)


@pytest.fixture
def app(settings):
    app = create_app(settings)
    world = {"seed": 7, "clock": {"set": "2026-01-05T09:00:00Z", "frozen": True}}
    app.test_client().put("/_sandbox/worlds/default", json=world)
    return app


def deliver(app, **changes):
    answer = app.test_client().post("/messages", json=EMAIL | changes)
    assert answer.status_code == 201
    return answer.json["id"]


def settle(app):
    due.settle(service_of(app), "default")


def waiting(app):
    return app.test_client().get("/_sandbox/worlds/default/clock").json["next_due"]


def advance(app, duration):
    app.test_client().post("/_sandbox/worlds/default/clock", json={"advance": duration})


def test_an_email_leaves_with_its_text_once(app, server):
    id = deliver(app)
    settle(app)
    settle(app)
    (mail,) = server.taken
    assert (mail["To"], mail["From"]) == ("asha@example.test", "cymmetri@bank.example")
    assert mail["Subject"] == "Your code für Asha"
    assert mail.get_content().strip() == "Code 123456 für Asha"
    assert mail["Message-ID"] == f"<{id}@default.bank.example>"
    assert mail["Date"].datetime.isoformat() == "2026-01-05T09:00:00+00:00"
    assert (mail["X-Sandbox-World"], mail["X-Sandbox-Purpose"]) == ("default", "otp")


def test_an_email_that_was_taken_is_not_sent_again_whatever_the_server_says_at_the_end(app, server):
    server.on_quit = "421 no more"
    deliver(app)
    settle(app)
    assert (len(server.taken), waiting(app)) == (1, None)


class Talker(socketserver.BaseRequestHandler):
    """Greets for ever."""

    def handle(self):
        with suppress(OSError):
            for _ in range(2000):
                self.request.sendall(b"220-welcome\r\n")
                self.server.given_up.wait(0.01)  # type: ignore[attr-defined]


def test_a_mail_server_that_never_comes_to_its_point_is_given_up(monkeypatch):
    monkeypatch.setattr(smtp, "MOST_STEPS", 0.05)  # all together are long over before one step could be
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talker) as server:
        server.daemon_threads, server.given_up = True, threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with pytest.raises(SmtpFailure, match=r"^it took too long over it$") as failed:
            send(MailServer(*server.server_address), EmailMessage(), 10.0)
        server.given_up.set()  # type: ignore[attr-defined]
        server.shutdown()
    assert not failed.value.for_good


def test_the_answer_does_not_wait_for_the_mail_server(app, server):
    deliver(app)
    assert server.taken == []


def test_an_sms_does_not_leave(app, server):
    deliver(app, channel="sms", to="+919876543210")
    settle(app)
    assert server.taken == []


def test_nothing_leaves_where_no_mail_server_was_given(settings, server):
    app = create_app(replace(settings, smtp_url=None))
    app.test_client().put("/_sandbox/worlds/default", json={})
    deliver(app)
    assert waiting(app) is None


def test_an_email_that_was_taken_in_before_a_kill_leaves_after_it(app, settings, server):
    deliver(app)
    service_of(app).store.close()
    settle(create_app(settings))
    assert len(server.taken) == 1


def test_an_email_that_is_not_taken_now_is_tried_again_with_growing_gaps(app, server):
    server.on_rcpt = "451 later"
    deliver(app)
    settle(app)
    assert waiting(app) == "2026-01-05T09:00:05Z"
    advance(app, "PT5S")
    assert waiting(app) == "2026-01-05T09:00:15Z"
    server.on_rcpt = "250 ok"
    advance(app, "PT10S")
    assert len(server.taken) == 1
    assert waiting(app) is None


def test_an_email_that_is_refused_for_good_is_not_tried_again_and_the_journal_says_why(app, server):
    server.on_rcpt = "550 no such mailbox"
    deliver(app)
    settle(app)
    assert waiting(app) is None
    exchanges = app.test_client().get("/_sandbox/worlds/default/journal").json["exchanges"]
    facts = [decision["facts"] for exchange in exchanges for decision in exchange["decisions"]]
    assert (facts[0]["taken"], "no such mailbox" in facts[0]["reason"]) == (False, True)


def test_an_address_that_cannot_be_one_holds_nothing_up(app, server):
    deliver(app, to="nobody@")
    deliver(app, to="dev@example.test,esha@example.test")
    deliver(app, to="ü@example.test")
    deliver(app)
    settle(app)
    assert [mail["To"] for mail in server.taken] == ["asha@example.test"]
    assert waiting(app) is None


def test_a_mail_server_that_is_down_is_tried_again(settings):
    app = create_app(replace(settings, smtp_url="smtp://127.0.0.1:1"))
    app.test_client().put("/_sandbox/worlds/default", json={"clock": {"frozen": True}})
    deliver(app)
    settle(app)
    assert waiting(app) is not None


def test_gaps_double_to_their_longest_and_then_it_is_given_up():
    policies = SmtpPolicies(first_gap=timedelta(seconds=5), longest_gap=timedelta(seconds=15), attempts=4)
    assert [gap(policies, attempts) for attempts in (1, 2, 3, 4)] == [
        timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=15), None,
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"first_gap": "PT0S"}, {"longest_gap": "PT1S"}, {"attempts": 0}])
def test_gaps_that_never_or_always_end_are_refused(app, wrong):
    answer = app.test_client().put("/_sandbox/worlds/other", json={"policies": {"smtp": wrong}})
    assert (answer.status_code, answer.json["code"]) == (400, "bad-world")


def test_the_mail_servers_url_is_understood_or_refused_at_the_start(settings):
    assert mail_server("smtp://mail.test:1025") == MailServer("mail.test", 1025)
    assert mail_server("smtp://mail.test") == MailServer("mail.test", 25)
    for wrong in ("mail.test:1025", "http://mail.test", "smtp://", "smtp://mail.test:x"):
        with pytest.raises(ValueError, match=r"."):
            create_app(replace(settings, smtp_url=wrong))
