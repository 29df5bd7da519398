"""Effects as testers type them: ``delay=800``, ``status=503``, ``reset``. What there is comes from the effects."""

from collections.abc import Mapping
from typing import Any

from simulators.kit.faults.effect import Effect, Form, effects


class UnknownEffect(ValueError):
    """A word that is the beginning of no short form."""

    def __init__(self, word: str) -> None:
        super().__init__(f"There is no effect {word!r}.")
        self.word = word


def parse_effect(text: str, body: Any = None) -> dict[str, Any]:
    """Return an effect as a fault has it; ``body`` is sent with the effects that have one.

    Raises ValueError for what cannot be read. Whether the effect can have the value is for ``book.check`` to say.
    """
    word, given, value = text.partition("=")
    kind = _by_word().get(word)
    if kind is None:
        raise UnknownEffect(word)
    effect = {kind.name: kind.parse(word, value if given else None)}
    if body is None:
        return effect
    if "body" not in kind.companions:
        raise ValueError(f"A body does not go with {word}.")
    return effect | {"body": body}


def format_effect(effect: Mapping[str, Any]) -> str:
    """Return an effect as ``parse_effect`` reads it."""
    name = next(name for name in effect if name in effects())
    return effects()[name].format(effect[name])


def list_words() -> list[str]:
    """Return what the short forms begin with."""
    return sorted(_by_word())


def list_examples() -> list[str]:
    """Return an example of every short form."""
    return [form.example for form in (*list_forms(on_push=False), *list_forms(on_push=True))]


def list_forms(*, on_push: bool) -> list[Form]:
    """Return the short forms of the effects that only a push has, or of all others."""
    kinds = [kind for _, kind in sorted(effects().items()) if (not kind.on_request) is on_push]
    return [form for kind in kinds for form in kind.forms]


def _by_word() -> dict[str, type[Effect]]:
    return {form.word: kind for kind in effects().values() for form in kind.forms}
