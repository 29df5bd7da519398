"""What the console says rests on what there is: branches, rules of passwords, faults."""

import pytest

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import branches
from registration_sandbox.console.play.notices import BROKEN_RULES, notice
from registration_sandbox.console.play.screens import APP_SCREENS, SCREENS
from registration_sandbox.console.troubles import TROUBLES
from simulators.cymmetri.password_policy import Owner, violations
from simulators.cymmetri.policies import PasswordPolicy
from simulators.kit import faults

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


def test_what_a_customer_sees_of_a_branch_is_what_the_branch_says() -> None:
    seen = notice(("WR-1.2", "WR-2.3"), "the answer's own words", {}, went_well=False)
    shown = branches()["WR-2.3"].shown
    assert shown
    assert (seen.tone, seen.title, seen.text) == (shown.tone, shown.title, shown.text)


def test_where_a_branch_shows_nothing_the_answer_speaks_for_itself() -> None:
    assert notice(("WR-9.3",), "It is shorter than 4.", {}, went_well=False).text == "It is shorter than 4."


def test_every_rule_of_a_password_has_words() -> None:
    everything_wrong = PasswordPolicy(
        min_length=100, max_length=100, min_digits=9, min_specials=9, min_alpha=9, min_upper=9, min_lower=9,
        disallowed_characters="e", blacklist=("esha",),
    )  # fmt: skip
    broken = set(violations("esha", Owner("esha", "Esha Rao"), everything_wrong))
    assert len(broken) > 8
    assert broken <= set(BROKEN_RULES)


def test_every_status_has_a_screen() -> None:
    assert set(SCREENS) - {""} == set(FLOWS["web"].statuses)
    assert set(APP_SCREENS) == set(FLOWS["device"].statuses)


def test_every_trouble_is_a_fault_and_leads_to_branches_that_there_are() -> None:
    for trouble in TROUBLES:
        assert faults.parse_fault(trouble.fault()).service == trouble.service
        assert set(trouble.leads_to) <= set(branches())
    assert len({trouble.id for trouble in TROUBLES}) == len(TROUBLES)


def test_a_notice_tells_the_attempts_left_and_the_end_of_a_block() -> None:
    assert notice(("WR-2.2",), "", {"attemptsLeft": 1}, went_well=False).text.endswith("1 attempt left.")
    blocked = notice(("WR-2.3",), "", {"blockedUntil": "2026-01-05T09:30:00Z"}, went_well=False)
    assert "The block ends on 5 January 2026, 09:30:00 UTC." in blocked.text
    assert "Visit a branch" in notice(("WR-2.3",), "", {"blockedUntil": None}, went_well=False).text


def test_an_answer_of_no_branch_says_what_it_says_itself() -> None:
    assert notice((), "All is well.", {}, went_well=True).title == "All is well."
    assert notice((), "Cymmetri gave an odd answer.", {}, went_well=False).text == "Cymmetri gave an odd answer."
