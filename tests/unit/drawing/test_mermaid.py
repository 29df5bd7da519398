"""Exchanges as Mermaid text, of which no caller can make a statement of its own."""

import pytest

from registration_sandbox.drawing.mermaid import draw_mermaid
from tests.support.made_runs import exchange


def test_a_call_and_its_answer_are_a_line_each() -> None:
    assert draw_mermaid([exchange(1, method="GET", path="/x?secret=1")]).splitlines() == [
        "sequenceDiagram", "    participant client", "    participant orchestrator",
        "    client->>orchestrator: GET /x", "    orchestrator-->>client: 201",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\u2029", ";"])
@pytest.mark.parametrize("field", ["path", "method", "caller", "service"])
def test_a_line_break_does_not_end_a_statement(field: str, end: str) -> None:
    drawn = draw_mermaid([exchange(1, **{field: f"/x{end}    link cbs: Docs @ https://evil.example"})])
    assert len(drawn.splitlines()) == 5
    assert ";" not in drawn


@pytest.mark.parametrize("field", ["path", "method", "caller", "service"])
def test_a_directive_is_none(field: str) -> None:
    drawn = draw_mermaid([exchange(1, **{field: '/%%{init:{"themeCSS":"*{display:none}"}}%%%{'})])
    assert "%%" not in drawn


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("end", "end_"),
        ("Loop", "Loop_"),
        ("a#b", "a_b"),
        ("end-to-end", "end_to_end"),
        ("Acme", "Acme"),
        ("x.y", "x_y"),
    ],
)
def test_a_caller_is_a_participant_whatever_it_calls_itself(name: str, shown: str) -> None:
    drawn = draw_mermaid([exchange(1, caller=name)])
    assert f"    participant {shown}\n" in drawn
    assert f"    {shown}->>orchestrator: " in drawn
