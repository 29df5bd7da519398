"""The people that a scenario's personas become."""

from datetime import UTC, date, datetime

import msgspec
import phonenumbers
import pytest

from registration_sandbox.worlds import cards
from registration_sandbox.worlds.people import Person, Population, expand
from registration_sandbox.worlds.reading import of_data
from simulators.cymmetri.password_policy import Owner, violations
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.user_ids import broken_rule
from simulators.kit.clock import wall_now

NOW = "2026-01-05T09:00:00Z"


def people(*personas, seed=7, **others) -> list[Person]:
    scenario = of_data({"seed": seed, "clock": {"set": NOW}, "personas": list(personas), **others})
    return expand(scenario).people


def crowd(number: int) -> list[dict]:
    both = {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}], "user_id": "auto"}
    return [{"name": f"Asha {chr(65 + n // 26)}{chr(65 + n % 26)}", "cbs": both, "cymmetri": {}} for n in range(number)]


def test_the_same_seed_makes_the_same_people():
    assert people(*crowd(5)) == people(*crowd(5))


def test_another_seed_makes_other_people():
    for one, other in zip(people(*crowd(5)), people(*crowd(5), seed=8), strict=True):
        assert one.cif != other.cif
        assert one.mobile != other.mobile
        assert one.cards[0].number != other.cards[0].number
        assert one.account.password != other.account.password


def test_a_person_does_not_change_with_the_company():
    (alone,) = people({"name": "Asha"})
    in_company = people({"name": "Bilal"}, {"name": "Asha", "phones": [{}]})[1]
    assert msgspec.structs.replace(in_company, phones=[]) == alone


def test_without_a_seed_every_world_has_people_of_its_own():
    scenario = of_data({"personas": [{"name": "Asha"}]})
    first, second = expand(scenario), expand(scenario)
    assert first.seed != second.seed
    assert first.people[0].cif != second.people[0].cif


def test_nothing_is_given_to_two_people():
    everyone = people(*crowd(300))
    for values in (
        [person.cif for person in everyone],
        [person.mobile for person in everyone],
        [person.email for person in everyone],
        [person.user_id for person in everyone],
        [person.account.user_id for person in everyone],
        [card.number for person in everyone for card in person.cards],
        [card.id for person in everyone for card in person.cards],
    ):
        assert len(set(values)) == len(values)


def test_what_a_scenario_gives_to_somebody_is_given_to_nobody_else():
    (asha,) = people({"name": "Asha"})
    taker, other = people(
        {"name": "Asha"}, {"name": "Bilal", "cbs": {"email": asha.email, "mobile": asha.mobile, "user_id": "auto"}}
    )
    assert (other.email, other.mobile) == (asha.email, asha.mobile)
    assert taker.email != asha.email
    assert taker.mobile != asha.mobile


def test_card_numbers_pass_the_luhn_check_and_are_in_ranges_for_tests():
    for person in people(*crowd(50)):
        for card in person.cards:
            assert len(card.number) == 16
            assert cards.luhn_sum(card.number) % 10 == 0
            assert card.number.startswith(cards.TEST_BINS[card.type])


@pytest.mark.parametrize("number", ["4111111111111111", "5555555555554444", "378282246310005"])
def test_the_luhn_check_agrees_with_published_test_numbers(number):
    assert cards.luhn_sum(number) % 10 == 0
    assert cards.luhn_sum(number[:-1] + str((int(number[-1]) + 1) % 10)) % 10 != 0


def test_no_two_cards_of_a_person_end_alike():
    (holder,) = people({"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}] * 60}})
    assert len({card.number[-4:] for card in holder.cards}) == 60


def test_cards_have_what_their_holder_knows():
    (holder,) = people(crowd(1)[0])
    for card in holder.cards:
        assert len(card.pin) == 4
        assert card.pin.isdigit()
        assert len(card.cvv) == 3
        assert card.cvv.isdigit()


@pytest.mark.parametrize(("status", "years"), [("active", {29, 30}), ("hotlisted", {29, 30}), ("expired", {24, 25})])
def test_a_card_expires_in_the_worlds_time(status, years):
    (holder,) = people({"name": "Asha", "cbs": {"cards": [{"status": status}] * 20}})
    for card in holder.cards:
        month, year = int(card.expiry[:2]), int(card.expiry[2:])
        assert 1 <= month <= 12
        assert year in years


def test_expiries_keep_their_month_over_the_turn_of_a_year():
    assert cards.expiry(datetime(2026, 12, 31, tzinfo=UTC), 36) == "1229"
    assert cards.expiry(datetime(2026, 1, 1, tzinfo=UTC), -1) == "1225"
    assert cards.expiry(datetime(2026, 11, 1, tzinfo=UTC), 2) == "0127"


def test_mobile_numbers_are_valid_and_written_in_e164():
    for person in people(*crowd(200)):
        number = phonenumbers.parse(person.mobile)
        assert phonenumbers.is_valid_number(number)
        assert phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == person.mobile


def test_a_mobile_number_that_is_given_is_brought_into_e164():
    (asha,) = people({"name": "Asha", "cbs": {"mobile": "90000 12345"}})
    assert asha.mobile == "+919000012345"


def test_emails_reach_nobody():
    assert all(person.email.endswith("@example.test") for person in people(*crowd(20)))


def test_the_legal_name_begins_with_the_personas_name():
    asha, full = people({"name": "Asha"}, {"name": "Asha Rao"})
    assert asha.legal_name.startswith("Asha ")
    assert len(asha.legal_name.split()) == 2
    assert full.legal_name == "Asha Rao"


@pytest.mark.parametrize("name", ["José", "Zoë 2", "2pac", "李雷", "O'Neil", "X"])
def test_any_name_has_a_usable_email_and_user_id(name):
    (person,) = people({"name": name, "cymmetri": {}})
    local = person.email.partition("@")[0]
    assert local.replace(".", "").isalnum()
    assert local.isascii()
    assert person.account.user_id.isascii()
    assert person.account.user_id[0].isalpha()


def test_passwords_have_every_kind_of_character_and_no_name():
    for person in people(*crowd(100)):
        password = person.account.password
        assert len(password) >= 8
        assert any(c.isupper() for c in password)
        assert any(c.islower() for c in password)
        assert any(c.isdigit() for c in password)
        assert any(not c.isalnum() for c in password)
        assert not any(part.lower() in password.lower() for part in person.legal_name.split())
        assert person.account.user_id.lower() not in password.lower()


def test_cymmetri_takes_the_passwords_and_user_ids_that_it_is_given():
    policies = CymmetriPolicies()
    for person in people(*crowd(20), {"name": "X", "cymmetri": {}}):
        owner = Owner(person.account.user_id, person.legal_name)
        assert violations(person.account.password, owner, policies.password) == []
        assert broken_rule(person.account.user_id, policies.user_id) is None


def test_a_person_whom_the_bank_does_not_know_has_no_status_and_no_cards_but_something_to_type():
    (zoya,) = people({"name": "Zoya", "cbs": None})
    assert zoya.status is None
    assert zoya.cards == []
    assert zoya.user_id is None
    assert zoya.cif
    assert zoya.email
    assert zoya.mobile


def test_what_is_null_stays_null():
    (dev,) = people({"name": "Dev", "cbs": {"email": None, "mobile": None, "cards": []}})
    assert (dev.email, dev.mobile, dev.cards, dev.user_id, dev.account) == (None, None, [], None, None)


def test_left_out_a_customer_is_active_with_one_debit_card():
    (asha,) = people({"name": "Asha"})
    assert asha.status == "active"
    assert [(card.type, card.status) for card in asha.cards] == [("DEBIT", "active")]


def test_a_web_account_takes_over_the_banks_user_id():
    bilal, chitra = people(
        {"name": "Bilal", "cbs": {"user_id": "bilal.k"}, "cymmetri": {}},
        {"name": "Chitra", "cbs": {"user_id": "auto"}, "cymmetri": {"user_id": "sunrise", "password": "Mango-41"}},
    )
    assert bilal.account.user_id == "bilal.k"
    assert (chitra.account.user_id, chitra.account.password) == ("sunrise", "Mango-41")


def test_a_clock_that_stands_still_stands_at_one_instant_for_all():
    before = wall_now()
    population = expand(of_data({"clock": {"frozen": True}}))
    assert before <= population.clock.set <= wall_now()
    assert population.clock.frozen


def test_a_clock_that_runs_and_was_not_set_is_left_to_the_services():
    assert expand(of_data({})).clock.set is None


def test_the_people_of_a_world_can_be_stored_and_read_back():
    population = expand(of_data({"personas": crowd(3), "clock": {"set": NOW, "frozen": True}}))
    assert msgspec.json.decode(msgspec.json.encode(population), type=Population) == population


@pytest.mark.parametrize("year", [1975, 2026, 2500])
def test_everybody_is_an_adult_in_the_worlds_time_unless_the_scenario_says_otherwise(year):
    now = datetime(year, 2, 28, tzinfo=UTC)
    scenario = of_data({"seed": 7, "clock": {"set": now.isoformat()}, "personas": crowd(300)})
    ages = [(now.date() - person.date_of_birth).days / 365.25 for person in expand(scenario).people]
    assert min(ages) >= 18
    (child,) = people({"name": "Kavya", "date_of_birth": "2010-04-02"})
    assert child.date_of_birth == date(2010, 4, 2)
