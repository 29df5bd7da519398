"""A system's file: what it may say, and how a mistake in it is told."""

import codecs
from pathlib import Path

import pytest

from registration_sandbox.gate import places
from registration_sandbox.gate.claims import claims_of
from registration_sandbox.gate.system import System
from registration_sandbox.gate.system_file import BadSystem, address, read_system

GOOD = """\
[system]
name = "Acme middleware 4.2"
replaces = "orchestrator"
url = "http://127.0.0.1:9900/"
driver = "channel"
health = "/healthz"
command = ["node", "server.js"]
isolation = "none"
clock = "hook"
clock_url = "/test/clock"

[policies]
orchestrator = { sign_up = { length = 12 } }

[claims]
flows = ["device"]
branches = ["WR-1.*"]
except = { "DR-2.13" = "our TSG pushes to the middleware only" }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.toml"


def read(file: Path, text: str) -> System:
    file.write_text(text, "utf-8")
    return read_system(file)


def mistake(file: Path, text: str) -> str:
    with pytest.raises(BadSystem) as caught:
        read(file, text)
    told = str(caught.value)
    assert "\n" not in told
    return told.removeprefix(f"{file}:")


def test_a_file_says_all_that_there_is_to_say(file: Path) -> None:
    system = read(file, GOOD)
    assert (system.name, system.replaces, system.url) == (
        "Acme middleware 4.2",
        "orchestrator",
        "http://127.0.0.1:9900",
    )
    assert (system.isolation, system.clock, system.driver) == ("none", "hook", "channel")
    assert (system.command, address(system, system.health or "")) == (
        ["node", "server.js"],
        "http://127.0.0.1:9900/healthz",
    )
    assert not system.carries_worlds


def test_a_file_that_says_little_means_the_usual(file: Path) -> None:
    system = read(file, '[system]\nname = "A"\nreplaces = "orchestrator"\nurl = "http://localhost:1"\n')
    assert (system.driver, system.isolation, system.clock, system.command) == ("channel", "baggage", "machine", None)


def test_a_byte_order_mark_is_no_mistake(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_system(file).name == "Acme middleware 4.2"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Acme middleware 4.2"\n', "", "1: system.name is missing"),
        ('replaces = "orchestrator"\n', "", "1: system.replaces is missing"),
        ('url = "http://127.0.0.1:9900/"\n', "", "1: system.url is missing"),
        ('url = "http://127.0.0.1:9900/"', "url = 9900", "4: system.url is 9900"),
        ('url = "http://127.0.0.1:9900/"', 'url = "http://h/?q"', '4: system.url is "http://h/?q", which has a query'),
        ('url = "http://127.0.0.1:9900/"', 'url = "localhost:9900"', '4: system.url is "localhost:9900"'),
        ('"orchestrator"\nurl', '"orchestrater"\nurl', '3: system.replaces is "orchestrater"'),
        ('driver = "channel"', 'driver = "chanel"', '5: system.driver is "chanel"'),
        ('driver = "channel"', 'driver = "acme_driver.py:Acme"', "5: system.driver"),
        ('health = "/healthz"', 'health = "healthz"', '6: system.health is "healthz"'),
        ('["node", "server.js"]', '"node server.js"', '7: system.command is "node server.js"'),
        ('["node", "server.js"]', "[]", "7: system.command is empty"),
        ('["node", "server.js"]', "[1]", "7: system.command[0] is 1"),
        ('name = "Acme middleware 4.2"', 'name = ""', "2: system.name is empty"),
        ('isolation = "none"', 'isolation = "bagage"', '8: system.isolation is "bagage"'),
        ('clock = "hook"', 'clock = "hok"', '9: system.clock is "hok"'),
        ('clock = "hook"', 'clock = "header"', "10: system.clock_url is used only with clock"),
        ('clock_url = "/test/clock"\n', "", "1: system.clock_url is missing"),
        ('clock_url = "/test/clock"', 'clock_ulr = "/test/clock"', "10: system.clock_ulr is not a field"),
        ("[policies]\norchestrator", "[policies]\ncymmetri", "13: policies.cymmetri"),
        ("[policies]\norchestrator =", "[policies.cymmetri]\notp =", "12: policies.cymmetri is not what"),
        ("[policies]\norchestrator =", "[policies.cymmetri.otp]\nx =", "12: policies.cymmetri is not what"),
        ("[policies]\norchestrator =", "[[policies]]\norchestrator =", "12: policies is a list; allowed is: a table"),
        ("length = 12", 'length = "x"', "13: policies.orchestrator.sign_up.length"),
        ("length = 12", "lenght = 12", "13: policies.orchestrator.sign_up.lenght is not a field"),
        ('flows = ["device"]', 'flows = ["devices"]', '16: claims.flows names "devices"'),
        ('branches = ["WR-1.*"]', 'branches = ["WR-77.*"]', '17: claims.branches names "WR-77.*"'),
        ('{ "DR-2.13" =', '{ "DR-2.99" =', "18: claims.except.DR-2.99 is no branch"),
        ('"our TSG pushes to the middleware only"', '""', '18: claims.except.DR-2.13 has no reason but ""'),
        ('"our TSG pushes to the middleware only"', '"  "', '18: claims.except.DR-2.13 has no reason but "  "'),
        ('"our TSG pushes to the middleware only"', "5", "18: claims.except.DR-2.13 has no reason but 5"),
        ('{ "DR-2.13" =', '{ "DR-*" = "x", "WR-*" =', "18: claims.except excepts all that is claimed"),
        ('flows = ["device"]', "flows = []", "16: claims.flows names none"),
        ('branches = ["WR-1.*"]', "branches = []", "17: claims.branches names none"),
        ("[claims]", "[claim]", "15: claim is not known"),
        ("[system]", "system", "1: is no TOML"),
        ('driver = "channel"', "driver = channel", "5: is no TOML"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_key(file: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    assert mistake(file, GOOD.replace(old, new)).startswith(told)


def test_a_misspelt_word_is_told_with_its_like(file: Path) -> None:
    assert "Did you mean orchestrator?" in mistake(file, GOOD.replace('"orchestrator"\nurl', '"orchestrater"\nurl'))
    assert "Did you mean clock_url?" in mistake(file, GOOD.replace('clock_url = "/t', 'clock_ulr = "/t'))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSystem, match=r"nowhere.toml cannot be read: No such file"):
        read_system(tmp_path / "nowhere.toml")


def test_a_driver_of_your_own_is_looked_for_beside_the_file(file: Path) -> None:
    (file.parent / "acme_driver.py").write_text("class Acme:\n    pass\n")
    text = GOOD.replace('driver = "channel"', 'driver = "acme_driver.py:Acme"')
    assert read(file, text).driver == f"{file.parent / 'acme_driver.py'}:Acme"
    assert "has no class Beta; it has Acme" in mistake(file, text.replace(":Acme", ":Beta"))
    (file.parent / "acme_driver.py").write_bytes(codecs.BOM_UTF8 + b"class Acme:\n    pass\n")
    assert read(file, text).driver.endswith(":Acme")
    (file.parent / "acme_driver.py").write_text("class Acme\n")
    assert "acme_driver.py:1: is no Python" in mistake(file, text)


def test_a_system_without_a_url_is_the_sandbox_itself_by_another_driver(file: Path) -> None:
    system = read(file, '[system]\nname = "Calls"\nreplaces = "none"\ndriver = "ciamregsrvc"\n')
    assert (system.url, system.is_external, system.has_real_time) == ("", False, False)
    assert system.beside("http://127.0.0.1:1").url == "http://127.0.0.1:1"


def test_claims_are_flows_and_branches_without_the_exceptions(file: Path) -> None:
    claims = claims_of(read(file, GOOD).claims)
    assert {"DR-1.1", "WR-1.1", "WR-1.13"} <= claims.branches
    assert not {"DR-2.13", "WR-2.1"} & claims.branches
    assert claims.reason_not_to_try(["DR-1.1"]) == ""
    assert claims.reason_not_to_try(["DR-1.1", "DR-2.13"]) == (
        "DR-2.13 is excepted: our TSG pushes to the middleware only"
    )


def test_a_system_that_names_no_claims_claims_everything(file: Path) -> None:
    from orchestrator.flows.branches import branches

    assert claims_of(read(file, GOOD.partition("[claims]")[0]).claims).branches == set(branches())


@pytest.mark.parametrize(
    ("isolation", "answers", "told"),
    [("baggage", "sandbox", ":3: system.replaces cannot be had: the sandbox at http://127.0.0.1:1 has its own"),
     ("none", "real", ':8: system.isolation is "none", which would replace the world default')],
)  # fmt: skip
def test_a_system_that_cannot_be_tried_on_a_sandbox_that_is_up_is_told_by_file_line_and_key(
    file: Path, monkeypatch: pytest.MonkeyPatch, isolation: str, answers: str, told: str
) -> None:
    monkeypatch.setattr("registration_sandbox.gate.admission.services", lambda *_: {"orchestrator": answers})
    system = read(file, GOOD.replace('isolation = "none"', f'isolation = "{isolation}"'))
    with pytest.raises(BadSystem) as bad, places.place_for("http://127.0.0.1:1", system):
        pass
    assert str(bad.value).startswith(f"{file}{told}")
