"""Exchanges as a sequence diagram."""

import re
from xml.etree import ElementTree

import pytest

from registration_sandbox.drawing import sequence, stylesheet
from registration_sandbox.drawing.columns import CELL
from registration_sandbox.drawing.events import in_order, participants
from registration_sandbox.drawing.svg import cells
from simulators.kit.journal import Exchange
from tests.support.made_runs import decided, exchange

SVG = "{http://www.w3.org/2000/svg}"

NESTED = [
    exchange(1, lasting=9, **decided("DR-0.1", "device.status")),
    exchange(2, after=2, lasting=5, caller="orchestrator", service="auth_service", path="/users/asha/devices/x"),
    exchange(3, after=3, lasting=1, caller="auth_service", service="cymmetri", method="GET", path="/userinfo"),
]


def drawn(found: list[Exchange], **how: object) -> ElementTree.Element:
    return ElementTree.fromstring(sequence.draw(found, **how))  # type: ignore[arg-type]


def texts(svg: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def links(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in svg if "exchange" in each.get("class", "").split()]


def test_what_is_asked_on_the_way_stands_between_a_call_and_its_answer():
    order = [(event.exchange.id[-1], event.is_answer) for event in in_order(NESTED)]
    assert order == [("1", False), ("2", False), ("3", False), ("3", True), ("2", True), ("1", True)]
    heights = [[float(text.get("y", 0)) for text in link.iter(f"{SVG}text")] for link in links(drawn(NESTED))]
    assert heights[0][0] < heights[1][0] < heights[2][0] < heights[2][1] < heights[1][1] < heights[0][1]


def test_the_client_comes_first_and_the_services_in_their_order():
    found = [exchange(1, caller="tsg"), exchange(2, caller="stranger", service="cbs"), exchange(3, service="cymmetri")]
    assert participants(found) == ["client", "orchestrator", "cymmetri", "cbs", "tsg", "stranger"]
    assert texts(drawn(found))[:6] == participants(found)


def test_each_exchange_is_one_link_with_its_call_and_its_answer():
    svg = drawn(NESTED, href=lambda each: f"/exchanges/{each.id}")
    assert [link.get("href") for link in links(svg)] == [f"/exchanges/{each.id}" for each in NESTED]
    assert [text.text for text in links(svg)[0].iter(f"{SVG}text")] == ["POST /registrations", "201 DR-0.1"]


def test_without_links_there_are_none():
    assert not list(drawn(NESTED).iter(f"{SVG}a"))
    assert len(links(drawn(NESTED))) == 3


def test_every_exchange_is_told_to_those_who_do_not_see_it():
    svg = drawn([exchange(1, status=503, fault="status", path="/tsg/push?x=1", relayed=["DR-2.1"])])
    title = links(svg)[0].find(f"{SVG}title")
    assert title is not None
    assert title.text == "client to orchestrator: POST /tsg/push?x=1: 503 (fault: status), relaying DR-2.1"
    assert svg.findtext(f"{SVG}title") == "1 exchanges between client, orchestrator"


@pytest.mark.parametrize(
    ("status", "fault", "expected"),
    [
        (200, None, "answered"),
        (404, None, "refused"),
        (503, None, "outage"),
        (200, "garbage", "fault"),
        (0, None, "answered"),
    ],
)
def test_an_answer_is_classed_by_what_it_was(status: int, fault: str | None, expected: str):
    link = links(drawn([exchange(1, status=status, fault=fault)]))[0]
    assert expected in link.get("class", "").split()
    assert (f"(fault: {fault})" in texts(drawn([exchange(1, status=status, fault=fault)]))[-1]) == bool(fault)


def test_what_a_service_does_by_itself_is_a_box_on_its_line():
    svg = drawn([exchange(1, caller="orchestrator", method="DUE", path="/register", status=0)])
    assert texts(svg)[-2:] == ["DUE /register", "done"]
    assert len([rect for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "own"]) == 2


def test_an_answer_that_never_arrives_ends_half_way():
    lost, kept = (drawn([exchange(1, fault=fault)]) for fault in ("lose_response", None))
    dashed = [[path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray")] for svg in (lost, kept)]
    shafts = [paths[0].get("d", "") for paths in dashed]
    begins, ends = ([float(part) for part in re.findall(r"[\d.]+", shaft)[::2]] for shaft in shafts)
    assert begins[1] > ends[1]


def test_sentences_head_what_they_brought_about():
    svg = drawn(NESTED, chapters={NESTED[0].id: "When Asha starts the app"})
    headings = [group for group in svg.iter(f"{SVG}g") if group.get("class") == "chapter"]
    assert ["".join(heading.itertext()) for heading in headings] == ["When Asha starts the app"]


@pytest.mark.parametrize(
    "path",
    [
        "/ciamregsrvc/webRegistration/" + "x" * 300,
        "/registrations/" + "0af3" * 8 + "/actions/verify-email-otp",
        "/users/" + "顧" * 200,
        "/" + "/".join("abc" for _ in range(100)),
    ],
)
def test_no_text_runs_beyond_the_drawing_or_its_arrow(path: str):
    branches = [f"WR-{n}.{n}" for n in range(40)]
    found = [
        exchange(1, path=path, branches=branches),
        exchange(2, caller="orchestrator", path=path),
        exchange(3, caller="orchestrator", service="handset", path=path, fault="status"),
        exchange(4, caller="c" * 80, service="s" * 80, path=path),
    ]
    svg = drawn(found, chapters={found[0].id: "When 顧客 " + "word " * 80 + "w" * 300})
    width = float(svg.get("width", 0))
    for text in svg.iter(f"{SVG}text"):
        taken, x = cells("".join(text.itertext())) * CELL, float(text.get("x", 0))
        begin = x if text.get("font-family") else x - taken / 2
        assert begin >= 0, text.text
        assert begin + taken <= width + 0.1, text.text
    for link in links(svg)[:1]:
        line = next(path.get("d", "") for path in link.iter(f"{SVG}path"))
        begins, ends = re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", line)[0]
        assert all(cells(text.text or "") * CELL <= float(ends) - float(begins) for text in link.iter(f"{SVG}text"))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>', "&amp;", "\x00\x0b\ud800", "]]>"])
def test_whatever_was_said_the_drawing_is_well_formed_and_holds_no_markup_of_it(text: str):
    svg = drawn(
        [exchange(1, path=f"/users/{text}", caller=text, fault=text, branches=[text])],
        chapters={exchange(1).id: text}, href=lambda _: text,
    )  # fmt: skip
    assert not list(svg.iter("script"))
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg",
        "g",
        "a",
        "title",
        "text",
        "rect",
        "path",
    }


def test_a_drawing_passes_the_strictest_policy():
    svg = drawn(NESTED, href=lambda _: "#", chapters={NESTED[0].id: "When"})
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or name == "id"]


def test_nothing_said_is_an_empty_drawing():
    assert texts(drawn([])) == []


def test_the_stylesheet_has_colours_for_light_dark_and_paper():
    assert "prefers-color-scheme: dark" in stylesheet()
    assert "@media print" in stylesheet()
