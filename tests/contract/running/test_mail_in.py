"""Mail that a real system sends by SMTP lands with the simulated people, in the world that it names."""

import signal
import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port, start
from registration_sandbox.runtime.up import MAIL_PORT_AFTER_BASE
from simulators.kit.clock import monotonic, pause
from tests.contract.running.wire import Wire
from tests.support.world import World
from tests.system.device.bank import wait_for

pytestmark = pytest.mark.thorough


DEADLINE = 10.0


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningSandbox, int]]:
    base_port = free_base_port()
    sandbox = start(tmp_path_factory.mktemp("mail"), base_port, environment={"SANDBOX_SMTP_IN": "1"})
    yield sandbox, base_port + MAIL_PORT_AFTER_BASE
    sandbox.stop()


@pytest.fixture
def world(running: tuple[RunningSandbox, int]) -> World:
    return World(running[0], {"personas": [{"name": "Asha"}]})


def mail_processes(sandbox: RunningSandbox) -> list[psutil.Process]:
    """Return the processes that take mail in."""
    return [each for each in psutil.Process(sandbox.process.pid).children() if takes_mail(each)]


def takes_mail(process: psutil.Process) -> bool:
    try:
        return "registration_sandbox.runtime.mail_in" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def connect(port: int) -> smtplib.SMTP:
    deadline = monotonic() + DEADLINE
    while True:
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=DEADLINE)
        except OSError:
            assert monotonic() < deadline
            pause(0.05)


def send(port: int, to: str, *, world: str = "", html: bool = False) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Bank <codes@bank.test>", to, "Your code"
    if world:
        mail["Sandbox-World"] = world
    mail.set_content("Your code is 482913. It is valid for 5 minutes.")
    if html:
        mail.add_alternative("<p>Your code is <b>482913</b>.</p>", subtype="html")
    with connect(port) as server:
        server.send_message(mail)


@pytest.mark.parametrize("named_by", ["header", "address"])
def test_a_mail_lands_in_the_world_that_its_header_or_address_names(running, world: World, named_by: str) -> None:
    email = world.personas["Asha"]["email"]
    if named_by == "header":
        send(running[1], email, world=world.name, html=True)
    else:
        local, _, domain = email.partition("@")
        send(running[1], f"{local}+world.{world.name}@{domain}")
    (message,) = world.messages(to=email)
    assert message["code"] == "482913"
    assert message["subject"] == "Your code"
    assert message["body"] == "Your code is 482913. It is valid for 5 minutes."
    assert message["sender"] == "codes@bank.test"


def test_a_mail_for_a_world_that_is_not_there_is_refused(running) -> None:
    with pytest.raises(smtplib.SMTPDataError, match="there is no world nowhere"):
        send(running[1], "asha@example.test", world="nowhere")


def test_a_mail_to_two_of_whom_one_cannot_have_it_reaches_neither(running, world: World) -> None:
    email = world.personas["Asha"]["email"]
    local, _, domain = email.partition("@")
    here, nowhere = f"{local}+world.{world.name}@{domain}", f"{local}+world.nowhere@{domain}"
    with connect(running[1]) as server:
        with pytest.raises(smtplib.SMTPDataError, match="there is no world nowhere"):
            server.sendmail("bank@bank.test", [here, nowhere], b"Subject: x\r\n\r\nx")
        assert world.messages(to=email) == []
        server.sendmail("bank@bank.test", [here, here], b"Subject: x\r\n\r\nx")
    assert len(world.messages(to=email)) == 1


def test_a_mail_that_names_no_world_lands_in_the_default_one(running) -> None:
    send(running[1], "somebody@example.test")
    wire = Wire(running[0].urls)
    assert [each["subject"] for each in wire.ask("mailroom", "GET", "/messages").json["messages"]] == ["Your code"]


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (b"Subject: x\r\nX-Long: " + b" a=b;\r\n" * 5_000 + b"\r\nx", "552"),
        (b"Subject: " + b"x\r\n " * 10_000 + b"\r\n\r\nx", "552"),
        (
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: " + b" a=b;\r\n" * 5_000 + b"\r\nx\r\n--b--",
            "552",
        ),
        (b"Subject: x\r\nContent-Type: text/plain; charset=no-such\r\n\r\nx", "554"),
    ],
)
def test_a_mail_that_cannot_be_read_is_refused_for_good_and_at_once(running, mail: bytes, said: str) -> None:
    with connect(running[1]) as server, pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("bank@bank.test", ["asha@example.test"], mail)
    assert str(refused.value.smtp_code) == said


def test_a_long_mail_whose_lines_are_indented_is_taken(running, world: World) -> None:
    email = world.personas["Asha"]["email"]
    mail = f"Subject: x\r\nSandbox-World: {world.name}\r\n\r\n".encode() + b"  note: indented\r\n" * 1_100
    with connect(running[1]) as server:
        server.sendmail("bank@bank.test", [email], mail)
    assert len(world.messages(to=email)) == 1


@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGSTOP])
def test_what_takes_mail_in_is_replaced_when_it_dies_or_is_stuck(running, world: World, harm: int) -> None:
    sandbox, port = running
    connect(port).quit()
    email = world.personas["Asha"]["email"]
    (harmed,) = mail_processes(sandbox)
    harmed.send_signal(harm)
    wait_for(lambda: not harmed.is_running())
    send(port, email, world=world.name)
    assert len(world.messages(to=email)) == 1
    assert len(mail_processes(sandbox)) == 1


def test_a_mail_that_has_come_is_answered_before_the_sandbox_ends(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    base_port = free_base_port()
    sandbox = start(tmp_path, base_port, environment={"SANDBOX_SMTP_IN": "1"})
    request.addfinalizer(sandbox.kill)
    wire, world = Wire(sandbox.urls), World(sandbox, {"personas": []})
    slow = {"service": "mailroom", "path": "/messages", "method": "POST", "effect": {"delay": {"ms": 1000}}}
    faults = f"/_sandbox/worlds/{world.name}/faults"
    assert wire.ask("orchestrator", "POST", faults, slow).status == 201
    with ThreadPoolExecutor(1) as sender:
        port = base_port + MAIL_PORT_AFTER_BASE
        sent = sender.submit(send, port, "somebody@example.test", world=world.name)
        wait_for(lambda: wire.ask("orchestrator", "GET", faults).json["faults"][0]["fired"] == 1)
        sandbox.stop()
        sent.result()


def test_the_port_is_free_again_when_the_sandbox_has_ended(tmp_path: Path) -> None:
    base_port = free_base_port()
    sandbox = start(tmp_path, base_port, environment={"SANDBOX_SMTP_IN": "1"})
    connect(base_port + MAIL_PORT_AFTER_BASE).quit()
    sandbox.stop()
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP("127.0.0.1", base_port + MAIL_PORT_AFTER_BASE, timeout=DEADLINE)
