"""A typed Python client of a running sandbox, for tests, the demo and benchmarks.

>>> with Sandbox.started() as sandbox, sandbox.make("new-customer", seed=7) as world:
...     asha = world.persona("Asha")
...     visit = world.begin_web(asha)
...     visit.act("verify-email-otp", otp=world.inbox(asha).code("email-otp"))
"""

from orchestrator.models import Outcome, RegistrationView, RegistrationWithHistory, StatusChangeView
from registration_sandbox.client.circumstances import AddedFault, WorldClock
from registration_sandbox.client.errors import Refused, Unexpected, Unreachable
from registration_sandbox.client.people import Inbox, Phone
from registration_sandbox.client.registration import Registration
from registration_sandbox.client.sandbox import Sandbox
from registration_sandbox.client.wire import Wire
from registration_sandbox.client.world import World
from registration_sandbox.control_plane.views import (
    BranchTaken,
    ScenarioView,
    ServiceView,
    WorldTime,
    WorldView,
)
from registration_sandbox.worlds.personas import PersonaCard, PersonaHandset
from registration_sandbox.worlds.personas import PersonaState as Persona
from simulators.handset.models import HandsetState, SignUpReport
from simulators.kit.faults import FaultState
from simulators.kit.journal import DecisionEntry, Exchange
from simulators.mailroom.models import Message

__all__ = [
    "AddedFault",
    "BranchTaken",
    "DecisionEntry",
    "Exchange",
    "FaultState",
    "HandsetState",
    "Inbox",
    "Message",
    "Outcome",
    "Persona",
    "PersonaCard",
    "PersonaHandset",
    "Phone",
    "Refused",
    "Registration",
    "RegistrationView",
    "RegistrationWithHistory",
    "Sandbox",
    "ScenarioView",
    "ServiceView",
    "SignUpReport",
    "StatusChangeView",
    "Unexpected",
    "Unreachable",
    "Wire",
    "World",
    "WorldClock",
    "WorldTime",
    "WorldView",
]
