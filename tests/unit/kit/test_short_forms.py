"""Effects as testers type them, read and shown the same way."""

import pytest

from simulators.kit import faults
from simulators.kit.faults import effects, short_forms
from simulators.kit.faults.effect import Effect

FORMS = {
    "delay=800": {"delay": {"ms": 800}},
    "delay=100..900": {"delay": {"uniform": [100, 900]}},
    "delay=lognormal:200,0.6,5000": {"delay": {"lognormal": {"median": 200, "sigma": 0.6, "max": 5000}}},
    "status=503": {"status": 503},
    "reset": {"reset": True},
    "lose-response": {"lose_response": True},
    "duplicate=5": {"duplicate": 5},
    "tamper=external_reference=": {"tamper": {"field": "external_reference", "value": ""}},
    "tamper=subject_id=a=b": {"tamper": {"field": "subject_id", "value": "a=b"}},
    "remove=credential": {"tamper": {"field": "credential", "remove": True}},
    "stale-timestamp": {"stale_timestamp": True},
}
ALL_FORMS = [*short_forms.list_forms(on_push=False), *short_forms.list_forms(on_push=True)]


@pytest.mark.parametrize(("text", "effect"), FORMS.items())
def test_an_effect_is_shown_as_it_is_typed(text, effect):
    assert short_forms.parse_effect(text) == effect
    assert short_forms.format_effect(effect) == text


@pytest.mark.parametrize(("value", "text"), [("cif", "effect=cif"), ("12", 'effect="12"'), (12, "effect=12")])
def test_a_text_is_shown_without_quotes_unless_it_would_be_read_as_something_else(value, text):
    class OfAText(Effect):
        name = "effect"

    assert OfAText.format(value) == text
    assert OfAText.parse("effect", text.partition("=")[2]) == value


@pytest.mark.parametrize(("text", "milliseconds"), [("delay=2s", 2000), ("delay=20ms", 20), ("delay=0.5s", 500)])
def test_a_delay_may_say_its_unit(text, milliseconds):
    assert short_forms.parse_effect(text) == {"delay": {"ms": milliseconds}}


def test_a_field_that_is_left_out_is_an_empty_one():
    assert short_forms.parse_effect("remove") == {"tamper": {"field": "", "remove": True}}


def test_a_status_has_a_body_of_its_own():
    effect = {"status": 500, "body": {"error": "x"}}
    assert short_forms.parse_effect("status=500", {"error": "x"}) == effect
    assert short_forms.format_effect(effect) == "status=500"


def test_each_form_is_listed_with_an_example_those_of_pushes_last():
    assert short_forms.list_words() == [
        "bad-signature", "delay", "drop", "duplicate", "garbage", "hang", "lose-response", "remove", "reorder", "reset",
        "stale-timestamp", "status", "tamper", "truncate",
    ]  # fmt: skip
    assert short_forms.list_examples() == [
        "delay=800", "delay=2s", "delay=100..900", "delay=lognormal:200,0.6,5000", "garbage", "hang", "lose-response",
        "reset", "status=503", "truncate",
        "bad-signature", "drop", "duplicate=5", "reorder", "stale-timestamp", "tamper=FIELD=VALUE", "remove=FIELD",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ALL_FORMS, ids=lambda form: form.example)
def test_every_form_that_an_effect_declares_can_be_typed_and_is_a_fault(form):
    effect = short_forms.parse_effect(form.example)
    kind = effects()[next(iter(effect))]
    faults.parse_fault({"service": "tsg", "path": "push" if kind.on_push else "*", "effect": effect})
    assert form.meaning


def test_every_effect_has_a_form():
    assert {next(iter(short_forms.parse_effect(form.example))) for form in ALL_FORMS} == set(effects())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("statis=503", "There is no effect 'statis'"),
        ("duplicate", "duplicate needs a value, as in duplicate=5"),
        ("status", "status needs a value, as in status=503"),
        ("delay=soon", "'soon' is no number"),
        ("delay=1..", "'' is no number"),
        ("delay=1..2..3", r"'2\.\.3' is no number"),
        ("tamper", "^tamper= needs the other value, as in tamper==; remove= removes it"),
        ("delay", "'' is no number"),
        ("delay=lognormal:1,2", "needs three numbers"),
        ("tamper=subject_id", "remove=subject_id removes it"),
    ],
)
def test_what_cannot_be_read_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        short_forms.parse_effect(text)


def test_a_word_that_begins_no_form_is_told():
    with pytest.raises(short_forms.UnknownEffect) as error:
        short_forms.parse_effect("statis=503")
    assert (error.value.word, str(error.value)) == ("statis", "There is no effect 'statis'.")


def test_a_body_goes_with_a_status_only():
    with pytest.raises(ValueError, match="does not go with reset"):
        short_forms.parse_effect("reset", {})
