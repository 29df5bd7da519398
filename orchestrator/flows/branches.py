"""Every branch of the two documents, by id (``branches.yaml``)."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec.yaml
from msgspec import Struct

from simulators.kit.models import assumed

FLOW_OF = {"web_registration": "web", "device_registration": "device"}


Tone = Literal["good", "wait", "stop"]
"""``good``: it went well. ``wait``: the customer can try again. ``stop``: it does not go on here."""


class Shown(Struct):
    """What the customer sees of a branch: how it went, a title, and a sentence or two."""

    tone: Annotated[Tone, assumed]
    title: Annotated[str, assumed]
    text: Annotated[str, assumed] = ""


class Branch(Struct):
    """A branch: the step it belongs to, on what it rests, who decides it, and what happens when.

    ``reason`` is why the person is refused, if they are, and ``shown`` what they see of it.
    """

    id: Annotated[str, assumed]
    step: Annotated[str, assumed]
    basis: Annotated[str, assumed]
    decided_by: Annotated[str, assumed]
    when: Annotated[str, assumed]
    then: Annotated[str, assumed]
    flow: Annotated[str, assumed] = ""
    reason: Annotated[str | None, assumed] = None
    shown: Annotated[Shown | None, assumed] = None


@cache
def branches() -> dict[str, Branch]:
    """Return every branch by its id, in the documents' order."""
    text = files("orchestrator.flows").joinpath("branches.yaml").read_text("utf-8")
    found = {}
    for section, rows in msgspec.yaml.decode(text).items():
        for row in rows:
            branch = msgspec.convert({**row, "flow": FLOW_OF[section]}, Branch)
            found[branch.id] = branch
    return found
