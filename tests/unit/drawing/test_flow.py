"""A flow as a diagram."""

from collections import Counter
from xml.etree import ElementTree

import pytest

from orchestrator.flows import DEVICE, FLOWS, WEB  # type: ignore[attr-defined]
from orchestrator.flows.branches import branches
from orchestrator.flows.model import Flow
from registration_sandbox.drawing import flow
from registration_sandbox.drawing.route import stops
from registration_sandbox.drawing.svg import MONOSPACE_CELL, SANS_CELL, cells

SVG = "{http://www.w3.org/2000/svg}"


def drawn(of: Flow, **how: object) -> ElementTree.Element:
    return ElementTree.fromstring(flow.draw(of, **how))  # type: ignore[arg-type]


def classed(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in svg.iter() if name in element.get("class", "").split()]


def first_text(element: ElementTree.Element) -> str:
    return str(element.findtext(f"{SVG}text"))


def marks(svg: ElementTree.Element, *classes: str) -> list[str]:
    return [first_text(mark) for mark in classed(svg, "mark") if set(classes) <= set(mark.get("class", "").split())]


def entry(after: str, action: str, branch: str | None, before: str = "") -> dict[str, object]:
    return {"before": before, "after": after, "action": action, "branch": branch}


def test_web_registration_stops_at_every_status_on_the_way_to_registered():
    assert [first_text(stop) for stop in classed(drawn(WEB), "stop-of")] == [
        "Start", "Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated", "User_Id_Saved",
        "Password_Validated", "Registered",
    ]  # fmt: skip


def test_device_registration_stops_at_every_status_of_the_document():
    assert [first_text(stop) for stop in classed(drawn(DEVICE), "stop-of")] == ["Start", *DEVICE.statuses]


@pytest.mark.parametrize("of", FLOWS.values(), ids=FLOWS)
def test_every_step_of_the_document_is_drawn_once_in_its_order(of: Flow):
    documented = dict.fromkeys(branch.step for branch in branches().values() if branch.flow == of.name)
    assert [first_text(step) for step in classed(drawn(of), "step")] == list(documented)


def test_a_step_that_is_no_action_stands_where_it_happens():
    by_status = {stop.status: [step.name for step in stop.steps] for stop in stops(DEVICE)}
    assert by_status["Sign_Up_In_Progress"] == ["2 complete sign-up"]
    assert by_status[None] == ["0 device status"]


def test_every_status_is_told_also_those_that_end_a_flow_early():
    told = " ".join(drawn(WEB).itertext())
    assert all(status in told for status in WEB.statuses)


@pytest.mark.parametrize("of", FLOWS.values(), ids=FLOWS)
def test_every_branch_of_a_flow_has_one_mark(of: Flow):
    assert Counter(marks(drawn(of))) == Counter(id for id, branch in branches().items() if branch.flow == of.name)


def test_a_branchs_result_shows_by_class_and_by_sign():
    svg = drawn(WEB, results={"WR-1.1": "passed", "WR-1.2": "failed", "WR-1.3": "untaken"})
    assert marks(svg, "passed") == ["WR-1.1"]
    assert marks(svg, "failed") == ["WR-1.2"]
    assert marks(svg, "untaken") == ["WR-1.3"]
    signs = {first_text(mark): ["".join(text.itertext()) for text in mark.iter(f"{SVG}text")][1:] for mark in classed(svg, "mark")}  # fmt: skip # noqa: E501
    assert (signs["WR-1.1"], signs["WR-1.2"], signs["WR-1.3"], signs["WR-1.4"]) == (["✓"], ["✗"], ["○"], [])


def test_a_branchs_basis_shows_by_its_border():
    dashes = {first_text(mark): mark.find(f"{SVG}rect").get("stroke-dasharray") for mark in classed(drawn(WEB), "mark")}  # type: ignore[union-attr]
    assert dashes["WR-1.1"] is None
    assert len({dashes["WR-1.1"], dashes["WR-1.4"], dashes["WR-1.5"]}) == 3


def test_a_mark_tells_its_branch_in_words_and_leads_to_it():
    svg = drawn(WEB, results={"WR-1.4": "passed"}, href=lambda branch: f"/branches/{branch}")
    mark = next(mark for mark in classed(svg, "mark") if first_text(mark) == "WR-1.4")
    assert mark.get("href") == "/branches/WR-1.4"
    title = str(mark.findtext(f"{SVG}title"))
    assert title.startswith("WR-1.4, implied: the user is blocked: refused as blocked")
    assert title.endswith("Result: passed.")


def test_the_way_of_a_registration_is_marked():
    way = [
        entry("Email_Otp_Sent", "check-identity", "WR-1.2"),
        entry("Email_Otp_Sent", "verify-email-otp", "WR-2.2", "Email_Otp_Sent"),
        entry("Blocked", "verify-email-otp", "WR-2.3", "Email_Otp_Sent"),
    ]
    svg = drawn(WEB, way=way)
    assert marks(svg, "way") == ["WR-1.2", "WR-2.2", "WR-2.3"]
    assert [first_text(step) for step in classed(svg, "step") if "way" in step.get("class", "")] == [
        "1 checkIdentity", "2 VerifyEmailOtp",
    ]  # fmt: skip
    assert [first_text(stop) for stop in classed(svg, "stop-of") if "way" in stop.get("class", "")] == [
        "Start", "Email_Otp_Sent",
    ]  # fmt: skip
    assert "has led to Blocked" in "".join(svg.itertext())


def test_where_a_registration_is_now_is_marked():
    svg = drawn(DEVICE, way=[entry("Not_Found", "check", "DR-0.1")])
    assert [first_text(stop) for stop in classed(svg, "here")] == ["Not_Found"]
    assert not classed(drawn(DEVICE), "way")


@pytest.mark.parametrize("width", [flow.NARROW, flow.WIDE])
@pytest.mark.parametrize("of", FLOWS.values(), ids=FLOWS)
def test_nothing_runs_beyond_the_drawing(of: Flow, width: float):
    svg = drawn(of, width=width, results=dict.fromkeys(branches(), "passed"))
    for text in svg.iter(f"{SVG}text"):
        share = MONOSPACE_CELL if text.get("font-family") else SANS_CELL
        taken = cells(str(text.text)) * share * float(text.get("font-size", flow.WORDS_SIZE))
        x = float(text.get("x", 0))
        assert (x if text.get("text-anchor") == "end" else x + taken) <= width, text.text
    for rect in svg.iter(f"{SVG}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= width


def test_a_drawing_passes_the_strictest_policy():
    for element in drawn(WEB, results={"WR-1.1": "passed"}, href=lambda id: f"#{id}").iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or name == "id"]


def test_what_a_history_holds_cannot_break_out():
    svg = drawn(WEB, way=[entry("<b>", "verify-email-otp", "WR-2.1")], href=lambda _: '"><script>')
    assert not list(svg.iter("script"))
