"""Card details tried by many at once: CBS is asked no more often than there are guesses, and one wins."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.resilience.contention.rounds import ROUNDS
from tests.support.registrant import Registrant, other
from tests.support.world import World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]

MANY = 100
VERIFY = "/cbs/cards/verify"


@pytest.mark.parametrize("_", ROUNDS)
def test_a_hundred_wrong_cards_at_once_are_no_more_guesses_than_allowed(fresh: Fresh, _: int) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_card()
    wrong = asha.card_details(pin=other(asha.persona["cards"][0]["pin"]))
    answers = world.at_once([asha.request("authenticateUser", wrong)] * MANY)
    assert Counter(said.reason for said in answers) == {"AUTHENTICATION_FAILED": 2, "USER_BLOCKED": MANY - 2}
    assert sum("WR-7.4" in said.branches for said in answers) == 1
    assert len(world.exchanges(service="cbs", path=VERIFY)) == 3
    assert world.send(asha.request("authenticateUser", asha.card_details())).reason == "USER_BLOCKED"


@pytest.mark.parametrize("place", [0, MANY // 2, MANY - 1])
def test_the_right_card_among_wrong_ones_wins_only_within_the_guesses_allowed(fresh: Fresh, place: int) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_card()
    details = [asha.card_details(pin=other(asha.persona["cards"][0]["pin"]))] * MANY
    details[place] = asha.card_details()
    answers = world.at_once([asha.request("authenticateUser", each) for each in details])
    found = Counter(said.reason for said in answers)
    asked = len(world.exchanges(service="cbs", path=VERIFY))
    if answers[place].status == 200:
        assert found[None] == 1
        assert found["AUTHENTICATION_FAILED"] < 3
        assert set(found) <= {None, "AUTHENTICATION_FAILED", "STEP_OUT_OF_ORDER"}
        assert asked <= 5  # three in flight when the right one is among them, two of them wrong before
    else:
        assert found == {"AUTHENTICATION_FAILED": 2, "USER_BLOCKED": MANY - 2}
        assert asked == 3


@pytest.mark.parametrize("_", ROUNDS)
def test_the_right_card_given_many_times_at_once_opens_the_next_step_once(fresh: Fresh, _: int) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_card()
    answers = world.at_once([asha.request("authenticateUser", asha.card_details())] * 30)
    assert Counter(said.reason for said in answers) == {None: 1, "STEP_OUT_OF_ORDER": 29}
    assert sum("WR-7.1" in said.branches for said in answers) == 1
