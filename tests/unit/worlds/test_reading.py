"""Scenarios read, and what is said of those that are wrong."""

import textwrap

import pytest

from registration_sandbox.worlds.mistakes import ScenarioError
from registration_sandbox.worlds.reading import of_data, read

FILE = "scenarios/monday.yaml"


def wrong(text: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        read(textwrap.dedent(text), FILE)
    assert caught.value.status == 400
    assert caught.value.code == "bad-scenario"
    assert caught.value.details["file"] == FILE
    return caught.value


def wrong_person(persona: str) -> ScenarioError:
    return wrong(f"personas:\n  - {persona}\n")


def test_the_scenario_of_the_contract_is_read():
    scenario = read(
        textwrap.dedent("""
        name: a-day-at-the-bank
        seed: 7
        clock: {set: "2026-01-05T09:00:00Z", frozen: true}
        policies: {cymmetri: {otp: {max_attempts: 3}}, tsg: {push_receiver: middleware}}
        personas:
          - name: Asha
            cbs:
              status: active
              email: auto
              mobile: auto
              user_id: null
              cards: [{type: DEBIT, status: active}, {type: CREDIT, status: hotlisted}]
            cymmetri: null
            phones: []
          - name: Bilal
            cbs: null
            cymmetri: {user_id: auto, password: auto, blocked: PT30M}
            phones: [{model: Pixel 9, tsg: signed_up, auth_service: true}]
        faults: []
        """)
    )
    assert scenario.clock.frozen
    assert scenario.clock.set.isoformat() == "2026-01-05T09:00:00+00:00"
    assert scenario.personas[0].cbs.cards[1].status == "hotlisted"
    assert scenario.personas[1].phones[0].tsg == "signed_up"


def test_an_instant_needs_no_quotes():
    assert (
        read("clock: {set: 2026-01-05T09:00:00Z}").clock.set
        == of_data({"clock": {"set": "2026-01-05T09:00:00Z"}}).clock.set
    )


def test_a_wrong_value_is_told_with_file_line_field_and_what_is_allowed():
    error = wrong("""\
        name: monday
        personas:
          - name: Asha
          - name: Bilal
          - name: Chitra
            cbs:
              status: active
              cards:
                - type: DEBIT
                  status: lost
        """)
    assert error.field == "personas[2].cbs.cards[0].status"
    assert error.details == {"file": FILE, "line": 10}
    assert error.message == (
        'scenarios/monday.yaml, line 10: personas[2].cbs.cards[0].status is "lost"; '
        "allowed is: active, hotlisted or expired."
    )


def test_without_a_file_the_field_is_told():
    with pytest.raises(ScenarioError) as caught:
        of_data({"personas": [{"name": "Asha", "cbs": {"status": "asleep"}}]})
    assert caught.value.field == "personas[0].cbs.status"
    assert caught.value.details == {}
    assert "active, dormant, closed or deceased" in caught.value.message


@pytest.mark.parametrize(
    ("persona", "field", "told"),
    [
        ("{name: Asha, cbs: {sttus: active}}", "personas[0].cbs.sttus", "Did you mean status?"),
        ("{nme: Asha}", "personas[0].nme", "Did you mean name?"),
        ("{cbs: null}", "personas[0].name", "is missing"),
        ("{name: ''}", "personas[0].name", "is empty"),
        ("{name: ' '}", "personas[0].name", "is blank"),
        ("{name: 7}", "personas[0].name", "put it in quotes"),
        ("{name: Asha, cbs: {mobile: +919000012345}}", "personas[0].cbs.mobile", "put it in quotes"),
        ("{name: Asha, cbs: {mobile: '12'}}", "personas[0].cbs.mobile", "a telephone number"),
        ("{name: Asha, cbs: {email: asha}}", "personas[0].cbs.email", "an address"),
        ("{name: Asha, cbs: yes}", "personas[0].cbs", "a mapping"),
        ("{name: Asha, cymmetri: {blocked: true}}", "personas[0].cymmetri.blocked", "permanent"),
        ("{name: Asha, cymmetri: {blocked: 30 minutes}}", "personas[0].cymmetri.blocked", "PT30M"),
        ("{name: Asha, cymmetri: {blocked: PT0S}}", "personas[0].cymmetri.blocked", "PT30M"),
        ("{name: Asha, phones: [{tsg: known}]}", "personas[0].phones[0].tsg", "signed_up, registered or revoked"),
        ("{name: Asha, phones: [{auth_service: true}]}", "personas[0].phones[0].auth_service", "no web account"),
        ("{name: Asha, phones: Pixel 9}", "personas[0].phones", "a list"),
        ("Asha", "personas[0]", "a mapping of name"),
    ],
)
def test_what_is_wrong_with_a_person_is_told(persona, field, told):
    error = wrong_person(persona)
    assert error.field == field
    assert told in error.message
    assert error.details["line"] == 2


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        ("policies: {cymetri: {}}", "policies.cymetri", "Did you mean cymmetri?"),
        ("policies: {tsg: 4}", "policies.tsg", "a mapping"),
        ("policies: {tsg: {push_recevier: middleware}}", "policies.tsg.push_recevier", "Did you mean push_receiver?"),
        ("policies: {tsg: {push_receiver: nobody}}", "policies.tsg.push_receiver", "auth_service, middleware"),
        ("policies: {tsg: {push_retry: {jitter: 3}}}", "policies.tsg.push_retry.jitter", "from 0 up to 1"),
        ("policies: {cbs: {speed: slow}}", "policies.cbs.speed", "known are none"),
        ("clock: {set: tomorrow}", "clock.set", "an instant as in"),
        ("clock: {set: '2026-01-05T09:00:00'}", "clock.set", "needs a time zone"),
        ("faults: [{effect: {hang: true}}]", "faults[0].service", "is missing"),
        ("faults: [{service: cbss, effect: {hang: true}}]", "faults[0].service", "Did you mean cbs?"),
        ("faults: [{service: cbs, effect: {hnag: true}}]", "faults[0].effect", "no effect 'hnag'"),
        ("faults: [{service: cbs, effect: {hang: true}, tmes: 1}]", "faults[0].tmes", "not a field"),
        ("seed: [1]", "seed", "is a list"),
        ("- Asha", None, "is a list"),
        ("", None, "nothing in it"),
        ("name: [", None, "is not YAML"),
        ("name: a\nname: b", None, "twice"),
        ("1: 2", None, "not text"),
    ],
)
def test_what_else_can_be_wrong_is_told(text, field, told):
    error = wrong(text)
    assert error.field == field
    assert told in error.message


def test_a_name_is_given_once_in_any_letter_case():
    error = wrong("personas:\n  - name: Asha\n  - name: asha\n")
    assert (error.field, error.details["line"]) == ("personas[1].name", 3)


def test_brackets_within_brackets_are_told_and_do_not_end_the_process() -> None:
    with pytest.raises(ScenarioError, match="more than 1000 brackets within each other"):
        read("[" * 200_000)
    with pytest.raises(ScenarioError, match="more than 1000 brackets within each other"):
        read('{"a":' * 1001)


@pytest.mark.parametrize(
    "second", ["{name: B, cymmetri: {user_id: SUNRISE}}", "{name: B, cbs: {user_id: sunrise}, cymmetri: {}}"]
)
def test_a_user_id_is_one_persons_in_any_letter_case(second):
    error = wrong(f"personas:\n  - {{name: A, cymmetri: {{user_id: sunrise}}}}\n  - {second}\n")
    assert error.field == "personas[1].cymmetri.user_id"


def test_somebody_may_have_on_the_web_the_user_id_that_the_bank_holds_for_another():
    people = [{"name": "A", "cbs": {"user_id": "sunrise"}}, {"name": "B", "cymmetri": {"user_id": "sunrise"}}]
    assert len(of_data({"personas": people}).personas) == 2


@pytest.mark.parametrize("digits", [9, 10, 5000])
def test_a_name_that_reads_like_a_place_in_a_message_is_refused(digits):
    with pytest.raises(ScenarioError):
        of_data({f"x` - at `$[{'9' * digits}]": 1})
