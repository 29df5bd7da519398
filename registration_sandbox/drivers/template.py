"""A driver to fill in: every act of the two protocols, with its meaning."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from registration_sandbox.drivers.protocols import BankApp, WebSite

HEAD = '''"""A driver for {name}: what people do in the sandbox's features, done on your system.

Name it in the file that describes the system: driver = "{file}:{name}"

An act returns what the person sees then, in the sandbox's words (Page, PhoneStatus, Reason, ...). Map your system's own
words to them, and let an unknown word fail with the word. What you leave out is told as "not tried".
"""

from registration_sandbox.drivers import (  # noqa: F401
    NOTHING, BankApp, Card, Identity, Page, Person, PhoneStatus, Possibility, Reason, Reply, Seen, Surroundings,
    Unable, UnknownWord, Via,
)


class {name}(Unable):
    """One person, on the web site and in the app."""

    def __init__(self, person: Person, surroundings: Surroundings) -> None:
        self.person = person
        self.url = surroundings.url  # where your system is
        self.wire = surroundings.wire  # HTTP in the world: self.wire.ask(self.system, "POST", "/path", {{...}})
        self.system = surroundings.service("orchestrator")  # the name by which it asks your system
'''

ACT = '''
    def {signature}:
        """{meaning}"""
        return {unable}
'''


def make_driver(file: str) -> str:
    """Return the source of a driver that can do nothing yet, for a file of that name."""
    return HEAD.format(name=class_name(file), file=file) + "".join(_acts())


def class_name(file: str) -> str:
    """Return ``AcmeBank`` for ``acme_bank_driver.py``."""
    words = re.split(r"[^0-9A-Za-z]+", file.removesuffix(".py").removesuffix("_driver"))
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name.isidentifier() else f"Driver{name}"


def _acts() -> Iterator[str]:
    for title, protocol in (("The bank's web site", WebSite), ("The bank's app", BankApp)):
        yield f"\n    # {title}\n"
        for name, act in vars(protocol).items():
            if inspect.isfunction(act) and not name.startswith("_"):
                yield ACT.format(signature=_signature(name, act), meaning=_meaning(act), unable=_unable(name, act))


def _signature(name: str, act: Any) -> str:
    parameters = []
    for parameter in inspect.signature(act).parameters.values():
        if parameter.name == "self":
            parameters.append("self")
        else:
            parameters.append(f"{parameter.name}: {_type(parameter.annotation)}")
    return f"{name}({', '.join(parameters)}) -> {_type(inspect.signature(act).return_annotation)}"


def _meaning(act: Any) -> str:
    return " ".join((inspect.getdoc(act) or "").split())


def _unable(name: str, act: Any) -> str:
    given = [parameter for parameter in inspect.signature(act).parameters if parameter != "self"]
    return f"super().{name}({', '.join(given)})"


def _type(annotation: Any) -> str:
    if annotation is None:
        return "None"
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
