"""A typed client of a running sandbox, for whoever drives it from Python: tests, the demo, benchmarks.

>>> with Sandbox.started() as sandbox, sandbox.make("new-customer", seed=7) as world:
...     asha = world.persona("Asha")
...     visit = world.begin_web(asha)
...     visit.act("verify-email-otp", otp=world.inbox(asha).code("email-otp"))
"""

from orchestrator.client.circumstances import AddedFault, WorldClock
from orchestrator.client.errors import Refused, Unexpected, Unreachable
from orchestrator.client.people import Inbox, Phone
from orchestrator.client.registration import Registration
from orchestrator.client.sandbox import Sandbox
from orchestrator.client.wire import Wire
from orchestrator.client.world import World
from orchestrator.models import Outcome, RegistrationView, StatusChangeView
from orchestrator.views import BranchTaken, RegistrationWithHistory, ScenarioView, ServiceView, WorldTime, WorldView
from orchestrator.worlds.personas import PersonaCard, PersonaHandset
from orchestrator.worlds.personas import PersonaState as Persona
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
