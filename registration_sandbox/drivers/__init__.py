"""Drivers: what turns the features' sentences into acts on a system under test.

A driver of your own is a class that is made with a person and the surroundings, and has the methods of ``WebSite`` and
``BankApp``: ``sandbox drivers new acme_driver.py`` writes one to fill in.
"""

from registration_sandbox.drivers.people import Card, Identity, Person
from registration_sandbox.drivers.protocols import BankApp, CannotDo, NoAnswer, Unable, UnknownWord, WebSite
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.surroundings import Surroundings
from registration_sandbox.drivers.vocabulary import (
    BrokenRule,
    Field,
    IdentityKind,
    Page,
    PhoneStatus,
    Possibility,
    Proof,
    Reason,
    Via,
)
from registration_sandbox.drivers.wire import Reply

__all__ = [
    "NOTHING",
    "BankApp",
    "BrokenRule",
    "CannotDo",
    "Card",
    "Field",
    "Identity",
    "IdentityKind",
    "NoAnswer",
    "Page",
    "Person",
    "PhoneStatus",
    "Possibility",
    "Proof",
    "Reason",
    "Reply",
    "Seen",
    "Surroundings",
    "Unable",
    "UnknownWord",
    "Via",
    "WebSite",
]
