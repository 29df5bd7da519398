"""What the console's pages tell people, read back into the vocabulary."""

from datetime import UTC, datetime

import pytest

from orchestrator.flows.branches import branches
from registration_sandbox.console.play.notices import notice as shown_notice
from registration_sandbox.drivers.notices import PageNotice, facts_of, reason_of
from registration_sandbox.drivers.protocols import UnknownWord
from registration_sandbox.drivers.vocabulary import BrokenRule, Field, Reason


def told(branch: str, message: str = "", **details: object) -> PageNotice:
    """Return what the page shows when a branch is taken."""
    shown = shown_notice((branch,), message, details, went_well=branches()[branch].reason is None)
    return PageNotice(shown.title, shown.text, shown.points, shown.tone == "good")


@pytest.mark.parametrize("branch", [one for one in branches().values() if one.shown], ids=lambda one: one.id)
def test_a_page_tells_why_a_branch_refuses(branch) -> None:
    assert reason_of(told(branch.id, "The answer's own words.", attemptsLeft=2)) == branch.reason


def test_words_that_no_branch_shows_fail_with_the_words() -> None:
    with pytest.raises(UnknownWord, match="The computer says no"):
        reason_of(PageNotice("The computer says no", "Sorry.", (), good=False))
    with pytest.raises(UnknownWord, match="That did not work 5 apples"):
        reason_of(PageNotice("That did not work", "5 apples", (), good=False))


def test_an_outage_that_no_branch_is_about_asks_people_to_come_back() -> None:
    failed = PageNotice("That did not work", "cymmetri cannot be reached. Try again later.", (), good=False)
    assert reason_of(failed) is Reason.TRY_LATER
    assert facts_of(failed)["later"]


def test_attempts_waits_blocks_and_contacts_are_read_from_the_text() -> None:
    assert facts_of(told("WR-2.2", attemptsLeft=1))["attempts_left"] == 1
    assert facts_of(told("WR-3.2", retryAfterSeconds=30))["retry_after"] == 30
    ends = facts_of(told("WR-1.4", blockedUntil="2026-01-05T09:30:00Z"))["block_ends"]
    assert ends == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    assert facts_of(told("WR-1.4", blockedUntil=None))["block_ends"] is None
    assert facts_of(told("WR-1.2", maskedEmail="a•••@example.test"))["masked_email"] == "a•••@example.test"
    assert facts_of(told("WR-2.1", maskedMobile="+••••12"))["masked_mobile"] == "+••••12"
    assert facts_of(told("WR-1.1", userId="c••••a"))["user_id"] == "c••••a"


def test_every_broken_rule_is_read_from_its_sentence() -> None:
    rules = facts_of(told("WR-10.2", violations=["MIN_LENGTH", "PASSWORD_HISTORY", "NOT_THE_VALIDATED_ONE"]))
    assert rules["broken_rules"] == (BrokenRule.TOO_SHORT, BrokenRule.USED_BEFORE, BrokenRule.NOT_VALIDATED)


def test_the_answers_own_words_name_what_to_correct() -> None:
    assert facts_of(told("WR-1.6", "cardNumber is no card number."))["field"] is Field.CARD_NUMBER
    assert reason_of(told("WR-9.3", "It is shorter than 4 characters.")) is Reason.BAD_USER_ID
