"""Effects in a tester's words, read and told the same way."""

import pytest

from orchestrator.cli import effects
from simulators.kit import faults
from simulators.kit.faults.model import effects as all_effects

KNOWN = sorted(all_effects())
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


@pytest.mark.parametrize(("text", "effect"), FORMS.items())
def test_an_effect_is_told_as_it_is_typed(text, effect):
    assert effects.read(text, None, KNOWN) == effect
    assert effects.told(effect) == text


@pytest.mark.parametrize(("text", "milliseconds"), [("delay=2s", 2000), ("delay=20ms", 20), ("delay=0.5s", 500)])
def test_a_delay_may_say_its_unit(text, milliseconds):
    assert effects.read(text, None, KNOWN) == {"delay": {"ms": milliseconds}}


def test_a_status_has_a_body_of_its_own():
    assert effects.read("status=500", {"error": "x"}, KNOWN) == {"status": 500, "body": {"error": "x"}}
    assert effects.told({"status": 500, "body": {"error": "x"}}) == "status=500"


def test_every_effect_can_be_typed_as_the_help_says():
    words = {"tamper" if word.startswith("remove") else word.partition("=")[0] for word in effects.WORDS}
    assert {word.replace("-", "_") for word in words} == set(KNOWN)
    for word in effects.WORDS:
        effect = effects.read(word, None, KNOWN)
        path = "push" if all_effects()[next(iter(effect))].on_push else "*"
        faults.checked({"service": "tsg", "path": path, "effect": effect})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("statis=503", "Did you mean status?"),
        ("nonsense", "There are: bad-signature, delay"),
        ("delay=soon", "'soon' is no number"),
        ("delay=1..", "'' is no number"),
        ("delay=lognormal:1,2", "needs three numbers"),
        ("tamper=subject_id", "remove=subject_id removes it"),
    ],
)
def test_what_cannot_be_read_is_told(text, told):
    with pytest.raises(effects.Unreadable, match=told.replace("?", r"\?")):
        effects.read(text, None, KNOWN)


def test_a_body_goes_with_a_status_only():
    with pytest.raises(effects.Unreadable, match="not with reset"):
        effects.read("reset", {}, KNOWN)
