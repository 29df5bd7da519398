"""What an effect of a fault is, and how it declares itself. Every effect is one file of ``effects``."""

import importlib
import json
import pkgutil
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol

from flask import Request, Response


@dataclass(frozen=True)
class Form:
    """A short form of an effect for the command line: an example of it, and what the example means."""

    example: str
    meaning: str

    @property
    def word(self) -> str:
        """What the form begins with, before its ``=`` if any."""
        return self.example.partition("=")[0]


class Target(Protocol):
    """The request that an effect acts on, and the work that is done for it."""

    @property
    def request(self) -> Request: ...

    def commit(self) -> None: ...


@dataclass(frozen=True)
class Substitute:
    """What is answered in place of the work. A text is sent as it is, everything else as JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PushTry:
    """One try of a push: what is sent, how it is signed, how many copies are sent, and after how many seconds.

    One that is ``held`` is sent after the push that follows it.
    """

    message: dict[str, Any]
    secret: str
    signed_at: datetime
    copies: int = 1
    wait: float = 0.0
    held: bool = False


class Effect:
    """An effect of a fault. The first line of a subclass's docstring is its summary.

    A subclass sets ``name``, the ``forms`` in which testers type it, and, unless it is only on or off, the ``model`` of
    its value. ``answered`` is whether the caller gets an answer. ``companions`` are members that a fault's ``effect``
    may have beside the one named ``name``: the value of such an effect is the whole of them. ``on_body`` is whether
    it acts on nothing but the body of the answer to what was done.
    """

    name: ClassVar[str]
    forms: ClassVar[tuple[Form, ...]]
    model: ClassVar[Any] = Literal[True]
    companions: ClassVar[frozenset[str]] = frozenset()
    on_request: ClassVar[bool] = True
    on_push: ClassVar[bool] = False
    answered: ClassVar[bool] = True
    on_body: ClassVar[bool] = False

    def __init__(self, value: Any, dice: random.Random) -> None:
        self.value = value
        self.dice = dice

    @classmethod
    def summary(cls) -> str:
        return (cls.__doc__ or cls.name).strip().splitlines()[0]

    @classmethod
    def parse(cls, word: str, text: str | None) -> Any:
        """Return the value that a short form means; ``text`` follows its ``=``, if there is one. Raises ValueError."""
        if text is None:
            examples = [form.example for form in cls.forms if form.word == word]
            if word not in examples:
                raise ValueError(f"{word} needs a value, as in {examples[0]}.")
            return True
        try:
            return json.loads(text)
        except ValueError:
            return text

    @classmethod
    def format(cls, value: Any) -> str:
        """Return the short form of a value: a text stands as it is typed, unless it would be read as other JSON."""
        word = cls.name.replace("_", "-")
        if value is True:
            return word
        is_plain = isinstance(value, str) and cls.parse(word, value) == value
        return f"{word}={value if is_plain else json.dumps(value)}"

    @classmethod
    def find_mistake_on_push(cls, value: Any, fields: Collection[str]) -> str | None:
        """Return why a value can have no effect on pushes whose data have these fields."""
        del value, fields
        return None

    def before(self, target: Target) -> Substitute | None:
        """Act before the request is worked on; what is returned is answered in place of the work."""
        del target
        return None

    def after(self, target: Target, response: Response) -> Response:
        """Act on the answer, after the work was committed."""
        del target
        return response

    def alter(self, push: PushTry) -> PushTry:
        """Return a try of a push as it leaves under this effect."""
        return push


_EFFECTS: dict[str, type[Effect]] = {}


def effect(kind: type[Effect]) -> type[Effect]:
    """Register an effect under its name."""
    _EFFECTS[kind.name] = kind
    return kind


def effects() -> dict[str, type[Effect]]:
    """Return every effect by name, found in the files of ``effects``."""
    if not _EFFECTS:
        package = importlib.import_module("simulators.kit.faults.effects")
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    return _EFFECTS


def is_answered(name: str | None) -> bool:
    """Return whether an exchange is answered that was hit by the effect of this name, or by none."""
    kind = effects().get(name or "")
    return kind is None or kind.answered
