"""The report as its readers find it."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import branches
from registration_sandbox import report
from registration_sandbox.gate.results import FeatureText, Finding, RegistrationLeft, Run, StepResult
from registration_sandbox.power.outcomes import Outcome
from registration_sandbox.report.page import REASONS, page
from tests.support.made_runs import decided, exchange, run, scenario
from tests.support.markup import Element, read

DEVICE_FEATURE = "features/device_registration/00_device_status.feature"


def shown(of: Run, *findings: Finding) -> Element:
    return read(page(of, list(findings)))


def row(document: Element, branch: str) -> Element:
    return document.one("tr", id=branch)


def article(document: Element) -> Element:
    return document.one("section", id="specification").one("article")


def signs(element: Element) -> list[str]:
    return [sign.attributes["aria-label"] for sign in element.all("span") if "sign" in sign.classes]


def drawings(document: Element) -> dict[str, str]:
    packed = document.one("script", id="drawings").text
    unpacked: dict[str, str] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return unpacked


def test_the_report_is_one_file_in_a_folder_that_is_made_for_it(tmp_path: Path):
    report.write(run(scenario()), [], tmp_path / "new" / "report.html")
    assert (
        read((tmp_path / "new" / "report.html").read_text("utf-8")).one("h1").text == "The specification and its proof"
    )


def test_without_findings_the_gate_is_open():
    verdict = shown(run(scenario())).one("section", id="verdict")
    assert verdict.one("h2").text == "✓ The gate is open"
    assert not verdict.all("ul")


def test_with_findings_the_gate_is_shut_and_each_is_told_with_its_place():
    failed = scenario("It fails", status="failed")
    document = shown(
        run(failed),
        Finding("scenario-failed", failed.location, "'It fails' failed. Replay it: sandbox run here"),
        Finding("branch-not-taken", "WR-1.1", "WR-1.1 is documented, but no scenario takes it. Write one."),
        Finding("unused-step", "steps/people.py:8", "The step definition at steps/people.py:8 is used by no scenario."),
    )
    verdict = document.one("section", id="verdict")
    assert verdict.one("h2").text == "✗ The gate is shut"
    assert [reason.text for reason in verdict.all("li")] == [
        "'It fails' failed. Replay it: sandbox run here Its evidence",
        "WR-1.1 is documented, but no scenario takes it. Write one. The branch",
        "The step definition at steps/people.py:8 is used by no scenario.",
    ]
    assert [link.attributes["href"] for link in verdict.all("a")] == ["#it-fails", "#WR-1.1"]


def test_every_kind_of_finding_has_a_heading():
    document = shown(run(scenario()), *[Finding(kind, "x", "words") for kind in REASONS])  # type: ignore[arg-type]
    headings = [heading.text.rpartition(" ")[0] for heading in document.one("section", id="verdict").all("h3")]
    assert headings == list(REASONS.values())


def test_the_totals_version_seed_and_command_are_told():
    of = run(scenario(), scenario("B", 20, status="failed"), scenario("C", 30, status="skipped"), seed=41)
    told = shown(of).one("section", id="verdict").text
    assert "1 passed, 1 failed, 1 skipped" in told
    assert "21 November 2026, 22:15 UTC, in 12.3 s by 2 workers" in told
    assert "sandbox test --seed 41" in told
    assert "Version 0.1.0" in told


@pytest.mark.parametrize("part", [{"whole": False}, {"shards": ["1/3"]}])
def test_a_part_of_the_specification_says_that_it_is_one(part: dict[str, object]):
    assert "not the whole specification" in shown(run(scenario(), **part)).one("section", id="verdict").text
    assert "not the whole specification" not in shown(run(scenario())).one("section", id="verdict").text


def test_both_flows_are_drawn_with_the_branches_results():
    drawn = shown(run(scenario())).one("section", id="flows")
    assert [heading.text for heading in drawn.all("h3")] == [flow.title for flow in FLOWS.values()]
    mark = next(mark for mark in drawn.all("a", href="#WR-2.2"))
    assert "passed" in mark.classes
    assert "untaken" in next(iter(drawn.all("a", href="#WR-2.3"))).classes


def test_the_matrix_tells_every_branch_with_its_basis_scenarios_and_result():
    document = shown(run(scenario("A wrong code is counted")))
    matrix = [each for table in document.all("table") for each in table.all("tr") if "id" in each.attributes]
    assert [each.attributes["id"] for each in matrix] == list(branches())
    told = row(document, "WR-2.2")
    assert "When the email OTP is wrong, then the attempt is counted and the attempts left are told." in told.text
    assert told.attributes["data-basis"] == "documented"
    assert [link.attributes["href"] for link in told.one("ul").all("a")] == ["#a-wrong-code-is-counted"]
    assert signs(told) == ["passed", "passed"]
    assert signs(row(document, "WR-2.3")) == ["not taken"]


def test_steps_of_the_documents_group_the_matrix():
    tables = shown(run(scenario())).all("table")
    headings = [heading.text for table in tables for heading in table.all("th", scope="rowgroup")]
    assert headings == [f"Step {step}" for step in dict.fromkeys(branch.step for branch in branches().values())]


def test_features_are_told_in_the_documents_order_with_their_opening_lines():
    texts = [
        FeatureText(path, name, [], ["Who it is for,", "and what for."])
        for path, name in [
            ("features/journeys/a.feature", "Journey"), (DEVICE_FEATURE, "Device, step 0"),
            ("features/web_registration/02_x.feature", "Web, step 2"),
            ("features/web_registration/01_x.feature", "Web, step 1"),
        ]
    ]  # fmt: skip
    of = run(*[scenario(text.name + " works", location=f"{text.path}:3") for text in texts], features=texts)
    document = shown(of)
    told = [section for section in document.all("section") if "feature" in section.classes]
    assert [section.one("h3").text for section in told] == [
        "✓ Web, step 1", "✓ Web, step 2", "✓ Device, step 0", "✓ Journey",
    ]  # fmt: skip
    assert all("Who it is for, and what for." in section.text for section in told)


def test_scenarios_stand_below_their_rules_with_their_sentences():
    steps = [
        StepResult("Given", "a rule of the bank", "passed", background=True),
        StepResult("When", "Asha enters a wrong code", "failed", error="ASSERT FAILED: told nothing"),
        StepResult("Then", "Asha is told so", "skipped"),
    ]
    document = shown(
        run(scenario("First", 3, rule="Wrong codes count", status="failed", steps=steps), scenario("Second"))
    )
    section = next(section for section in document.all("section") if "feature" in section.classes)
    assert [heading.text for heading in section.all("h4")] == ["Rule: Wrong codes count", "✓ Second"]
    first = document.one("article", id="first")
    assert first.one("h5").text == "✗ First"
    sentences = [each.text for each in first.one("ul").all("li")]
    assert sentences == [
        "Given a rule of the bank",
        "✗ When Asha enters a wrong code ASSERT FAILED: told nothing",
        "○ Then Asha is told so",
    ]
    assert "open" in next(iter(first.all("details"))).attributes


def test_why_each_answer_was_given_is_told_with_rule_facts_and_the_words_of_the_branch():
    counted = decided("WR-2.2", "otp.wrong", attempts=1, maximum=3, until="2026-01-05T09:30:00.000000Z", left=None)
    said = exchange(
        1, service="cymmetri", caller="orchestrator", path="/ciamregsrvc/webRegistration/VerifyEmailOtp", status=401,
        answer={"message": "The code is wrong."}, **counted,
    )  # fmt: skip
    told = article(shown(run(scenario(exchanges=[said])))).one("ol").one("li")
    assert told.attributes == {"id": "e0.0", "class": "refused"}
    assert told.text == (
        "orchestrator → cymmetri POST /ciamregsrvc/webRegistration/VerifyEmailOtp 401 “The code is wrong.” "
        "WR-2.2 the email OTP is wrong: the attempt is counted and the attempts left are told. "
        "otp.wrong attempts 1, maximum 3, until 2026-01-05 09:30:00, left none"
    )


def test_the_final_state_of_registrations_is_told_in_the_order_in_which_they_began():
    moved = [
        exchange(n, after=n, **decided(None, "registration.moved", registration=id, before="", after="Not_Found"))
        for n, id in enumerate(["first", "second"])
    ]
    history = [
        {"action": "check", "before": "", "after": "Not_Found", "branch": "DR-0.1", "message": "Not found", "facts": {}}
    ]
    left = [
        RegistrationLeft("second", "device", "Not_Found", history), RegistrationLeft("first", "web", "Registered"),
    ]  # fmt: skip
    told = article(shown(run(scenario(exchanges=moved, registrations=left))))
    assert [heading.text for heading in told.all("h5")] == [
        "Web registration, in the end Registered", "Device registration, in the end Not_Found",
    ]  # fmt: skip
    assert "Not_Found by check DR-0.1: “Not found”" in told.text
    assert "a registration begins as Not_Found" in told.text


def test_the_command_that_replays_a_scenario_stands_with_it():
    assert (
        "Play it again: sandbox run here --seed 5"
        in article(shown(run(scenario(replay="sandbox run here --seed 5")))).text
    )


def test_each_scenario_has_its_sequence_diagram_with_links_to_the_reasons():
    steps = [StepResult("When", "Asha starts", "passed", exchanges=2)]
    document = shown(
        run(scenario("A", 3), scenario("B", 4, exchanges=[exchange(1), exchange(2, after=5)], steps=steps))
    )
    assert list(drawings(document)) == ["1"]
    drawn = ElementTree.fromstring(drawings(document)["1"])
    hrefs = [link.get("href", "") for link in drawn.iter("{http://www.w3.org/2000/svg}a")]
    assert hrefs == ["#e1.0", "#e1.1"]
    assert all(document.one("li", id=href.removeprefix("#")) for href in hrefs)
    assert "When Asha starts" in "".join(drawn.itertext())
    assert document.one("details", **{"data-number": "1"}).one("figure")


def test_every_link_within_the_report_leads_somewhere():
    left = RegistrationLeft(
        "r", "web", "Blocked", [{"after": "Blocked", "action": "a", "branch": "WR-2.3", "message": ""}]
    )
    of = run(
        scenario("Twice", 3, exchanges=[exchange(1, **decided("WR-2.2", "otp.wrong"))], registrations=[left]),
        scenario("Twice", 4, claimed=["WR-99.1"]), scenario("Verdict", 5), scenario("Drawings", 6),
    )  # fmt: skip
    document = shown(of, Finding("unknown-branch", "WR-99.1", "words"))
    ids = [element.attributes["id"] for element in document.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert {link.attributes["href"].removeprefix("#") for link in document.all("a")} <= set(ids)
    assert {"twice", "twice-2", "verdict-2", "drawings-2"} <= set(ids)


def test_open_questions_show_both_readings_with_their_scenarios():
    ours = scenario("Blocked for a while", 3, claimed=["WR-2.3"], policies={"cymmetri": {"block": "PT30M"}})
    others = scenario("Blocked for good", 4, policies={"cymmetri": {"block": "permanent", "otp": {"max_attempts": 3}}})
    questions = shown(run(ours, others)).one("section", id="questions")
    asked = next(each for each in questions.all("article") if "how long is a block" in each.one("h4").text)
    assert "shown by WR-2.3" in asked.text
    assert [link.text for link in asked.all("a", href="#blocked-for-good")] == ["Blocked for good"]
    assert "cymmetri.otp.max_attempts 3; cymmetri.card.max_attempts 3; cymmetri.block 30 minutes" in asked.text
    assert not asked.all("a", href="#blocked-for-a-while")
    assert len(questions.all("article")) == sum(len(flow.questions) for flow in FLOWS.values())


def test_every_assumed_branch_is_told_among_the_assumptions():
    questions = shown(run(scenario())).one("section", id="questions")
    told = {link.text for details in questions.all("details") for link in details.all("a")}
    assert told == {id for id, branch in branches().items() if branch.basis == "assumed"}


@pytest.mark.parametrize(
    "term", ["CIF", "emCertID", "external_reference", "Sign-up code", "Staged token", "World", "Basis"]
)
def test_the_glossary_explains_the_words_of_the_bank_and_of_the_sandbox(term: str):
    assert term in [each.text for each in shown(run(scenario())).one("section", id="glossary").all("dt")]


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}</title></style>]]>\x00"


def test_whatever_a_run_holds_is_told_and_never_becomes_markup():
    history = [{"after": EVIL, "action": EVIL, "branch": EVIL, "message": EVIL, "before": "", "facts": {EVIL: EVIL}}]
    told = scenario(
        EVIL, tags=[EVIL], claimed=[EVIL], taken=[EVIL], rule=EVIL, replay=EVIL, error=EVIL, status="failed",
        steps=[StepResult(EVIL, EVIL, "failed", error=EVIL, exchanges=1)],
        registrations=[RegistrationLeft(EVIL, EVIL, EVIL, history)],
        exchanges=[
            exchange(1, path=f"/users/{EVIL}", caller=EVIL, service=EVIL, method=EVIL, fault=EVIL, relayed=[EVIL],
                     answer={"message": EVIL}, **decided(EVIL, EVIL, **{EVIL: [EVIL, {EVIL: EVIL}]}))
        ],
    )  # fmt: skip
    texts = [FeatureText("features/x.feature", EVIL, [EVIL], [EVIL])]
    of = run(told, features=texts, version=EVIL, shards=["<b>/1"], whole=False)
    document = shown(of, Finding("scenario-failed", EVIL, EVIL))
    assert [script.attributes for script in document.all("script")] == [{"type": "text/plain", "id": "drawings"}, {}]
    assert not document.all("img")
    assert not [name for element in document.all() for name in element.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in article(document).text
    assert "49" not in article(document).text
    assert "<script" not in "".join(drawings(document).values())
    assert len(document.all("style")) == 1


def test_the_report_asks_the_network_for_nothing():
    html = page(run(scenario(exchanges=[exchange()])), [])
    document = read(html)
    policy = document.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        text = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)[0]
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert not re.findall(r'(?:src|href)="(?!#|data:)', html)
    assert "url(" not in html
    assert "@import" not in html


def test_the_report_reads_in_the_dark_on_a_phone_and_on_paper():
    document = shown(run(scenario()))
    style = document.one("style").text
    assert "prefers-color-scheme: dark" in style
    assert "max-width: 46rem" in style
    assert "@media print" in style
    assert document.one("meta", name="viewport").attributes["content"] == "width=device-width, initial-scale=1"


def test_nothing_played_is_told_too():
    assert shown(run(features=[])).one("section", id="specification").all("article") == []


def test_what_came_of_planted_bugs_is_a_section_of_its_own():
    outcomes = [
        Outcome("never-locks", "2 verifyEmailOTP", "counter", ["features/a.feature:3"], "Three wrong OTPs block."),
        Outcome("locks-twice", "2 verifyEmailOTP", "block", [], "A block is booked once."),
    ]
    document = read(page(run(scenario()), [], outcomes))
    power = document.one("section", id="power")
    assert "1 of 2 were caught" in power.one("p").text
    assert [row.text for row in power.all("tr")[1:2]] == ["2 verifyEmailOTP 1 2"]
    assert next(one.text for one in power.all("li")) == "locks-twice, step 2 verifyEmailOTP: A block is booked once."
    assert document.one("nav").all("a")[-1].text == "Power"


def test_without_planted_bugs_there_is_no_such_section():
    assert "Power" not in [link.text for link in shown(run(scenario())).one("nav").all("a")]
