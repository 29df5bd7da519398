"""What is drawn for people: always in few draws, and never what somebody types in a feature, for any seed."""

import re
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.worlds import identities, library
from registration_sandbox.worlds.identities import Identity
from registration_sandbox.worlds.mistakes import ScenarioError
from registration_sandbox.worlds.people import expand
from registration_sandbox.worlds.reading import of_data
from registration_sandbox.worlds.surnames import SURNAMES
from simulators.cymmetri.password_policy import Owner, name_parts, violations
from simulators.cymmetri.policies import CymmetriPolicies

FEATURES = Path(__file__).parents[3] / "features"
SEEDS = range(3000)
POLICIES = CymmetriPolicies()


def typed_values() -> set[str]:
    """Return whatever stands in the features in quotes or in a table: passwords and user ids are among it."""
    found: set[str] = set()
    for file in FEATURES.rglob("*.feature"):
        text = file.read_text("utf-8")
        found |= set(re.findall(r'"([^"]+)"', text))
        for row in re.findall(r"^\s*\|(.*)\|\s*$", text, re.MULTILINE):
            found |= {cell.strip() for cell in row.split("|")}
    return found


def names_of_people() -> list[str]:
    return sorted({persona.name for scenario in library.scenarios() for persona in scenario.personas})


def test_the_features_type_passwords_and_user_ids() -> None:
    assert {"Violet-Kite#27", "lotus.pond"} <= typed_values()


@pytest.mark.parametrize("surname", SURNAMES)
def test_no_surname_is_in_anything_that_a_feature_types(surname: str) -> None:
    assert name_parts(surname) == [surname.casefold()]
    assert [typed for typed in typed_values() if surname.casefold() in typed.casefold()] == []
    assert "CONTAINS_NAME" not in violations("Violet-Tram#27", Owner("u", f"Asha {surname}"), POLICIES.password)


def test_for_no_seed_is_a_drawn_value_one_that_a_feature_types() -> None:
    typed = {value.casefold() for value in typed_values()}
    names = names_of_people()
    for seed in SEEDS:
        identity = Identity(str(seed), names[seed % len(names)], set(), "personas[0]")
        user_id = identity.user_id("cymmetri.user_id")
        drawn = [identity.cif(), identity.email(), identity.mobile(), user_id, identity.password(user_id)]
        assert not typed & {value.casefold() for value in drawn}, seed


def test_for_no_seed_does_cymmetri_refuse_the_password_that_somebody_was_given() -> None:
    names = [*names_of_people(), "Zoë", "O'Brien", "Anne-Marie", "李雷", "ಕಾವ್ಯ", "Bcd Fgh Jkm", "X"]
    for seed in SEEDS:
        identity = Identity(str(seed), names[seed % len(names)], set(), "personas[0]")
        user_id = identity.user_id("cymmetri.user_id")
        owner = Owner(user_id, identity.legal_name)
        assert violations(identity.password(user_id), owner, POLICIES.password) == [], (seed, identity.legal_name)


@pytest.mark.parametrize(
    "name",
    ["Asha ! @ #", "! @ #", "0 1 2 3 4 5 6 7 8 9", "b c d f g h j k m n p q r s t v w x z", "B", "x" * 100,
     " ".join(["bcd", "fgh", "jkm", "npq", "rst", "vwx", "zzz"] * 3), "\u200b", "ಕಾವ್ಯ"],
)  # fmt: skip
def test_everybody_has_what_it_takes_to_play_them_whatever_they_are_called(name: str) -> None:
    scenario = {"seed": 7, "personas": [{"name": name, "cbs": {"user_id": "auto"}, "cymmetri": {}}]}
    (person,) = expand(of_data(scenario)).people
    assert person.account is not None
    assert person.account.password


def test_ten_people_with_names_of_one_digit_are_drawn() -> None:
    people = [{"name": str(digit), "cymmetri": {}} for digit in range(10)]
    assert len(expand(of_data({"seed": 7, "personas": people})).people) == 10


@pytest.mark.parametrize(
    ("draw", "field"),
    [("cif", "name"), ("email", "cbs.email"), ("mobile", "cbs.mobile")],
)
def test_what_cannot_be_drawn_is_refused_with_its_field(monkeypatch: pytest.MonkeyPatch, draw: str, field: str) -> None:
    monkeypatch.setattr(identities, "MOST_DRAWS", 3)
    taken: set[str] = set()
    for _ in range(3):
        getattr(Identity("7", "Asha", taken, "personas[4]"), draw)()
    with pytest.raises(ScenarioError) as refused:
        getattr(Identity("7", "Asha", taken, "personas[4]"), draw)()
    assert refused.value.field == f"personas[4].{field}"
    assert (refused.value.code, refused.value.status) == ("bad-scenario", 400)


def test_cards_that_cannot_all_end_differently_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identities, "MOST_DRAWS", 1)
    monkeypatch.setattr(Identity, "_pick", lambda self, alphabet, length, *labels: alphabet[0] * length)
    holder = Identity("7", "Asha", set(), "personas[0]")
    holder.card_number("DEBIT", "card 1")
    with pytest.raises(ScenarioError, match=r"personas\[0\].cbs.cards"):
        holder.card_number("DEBIT", "card 2")


MOST: dict[str, Any] = {
    "personas": {"personas": [{"name": f"P{n}"} for n in range(1001)]},
    "personas[0].cbs.cards": {"personas": [{"name": "A", "cbs": {"cards": [{}] * 101}}]},
    "personas[0].former_passwords": {"personas": [{"name": "A", "former_passwords": ["x"] * 21}]},
    "personas[0].phones": {"personas": [{"name": "A", "phones": [{}] * 201}]},
    "faults": {"faults": [{}] * 101},
    "seed": {"seed": "x" * 101},
    "personas[0].name": {"personas": [{"name": "x" * 101}]},
    "description": {"description": "x" * 1001},
}


@pytest.mark.parametrize("field", MOST)
def test_a_scenario_of_more_than_a_world_can_have_is_refused_with_the_field(field: str) -> None:
    with pytest.raises(ScenarioError, match="allowed are up to") as refused:
        of_data(MOST[field])
    assert refused.value.field == field


def test_the_phones_of_all_are_counted_together() -> None:
    people = [{"name": f"P{n}", "phones": [{}] * 100} for n in range(3)]
    with pytest.raises(ScenarioError, match="have 300 phones together; allowed are up to 200"):
        of_data({"personas": people})


def test_as_many_as_a_world_can_have_are_taken() -> None:
    people = [{"name": f"P{n}", "cbs": {"cards": [{}] * (100 if n == 0 else 0)}} for n in range(1000)]
    assert len(expand(of_data({"seed": 7, "personas": people})).people) == 1000
