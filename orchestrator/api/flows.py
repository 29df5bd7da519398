"""The flows as they are declared: for people, diagrams and gates."""

from typing import Annotated, Any

import msgspec
from msgspec import Struct

from orchestrator.flows import FLOWS
from orchestrator.flows.branches import Branch, branches
from orchestrator.flows.diagram import mermaid
from orchestrator.flows.model import Flow
from simulators.kit.errors import SandboxRefusal
from simulators.kit.models import assumed
from simulators.kit.services import default_policy
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.tags import Tag
from simulators.kit.work import Service

api = Api(Tag("flows", "The flows as they are declared: statuses, actions, branches, open questions."))


class ActionView(Struct):
    """An action: the step it is, the statuses it is allowed in and can lead to, and its fields (JSON Schema)."""

    name: Annotated[str, assumed]
    step: Annotated[str, assumed]
    title: Annotated[str, assumed]
    allowed: Annotated[list[str], assumed]
    leads_to: Annotated[list[str], assumed]
    fields: Annotated[dict[str, Any], assumed]


class QuestionView(Struct):
    """An open question of the document, our reading and the other one; ``policies`` with their defaults answer it."""

    question: Annotated[str, assumed]
    policies: Annotated[dict[str, Any], assumed]
    reading: Annotated[str, assumed]
    other: Annotated[str, assumed]


class FlowView(Struct):
    """A flow as it is declared."""

    name: Annotated[str, assumed]
    title: Annotated[str, assumed]
    document: Annotated[str, assumed]
    statuses: Annotated[list[str], assumed]
    starts_in: Annotated[list[str], assumed]
    actions: Annotated[list[ActionView], assumed]
    branches: Annotated[list[Branch], assumed]
    questions: Annotated[list[QuestionView], assumed]


class Flows(Struct):
    """Both flows."""

    flows: Annotated[list[FlowView], assumed]


@api.operation("GET", "/flows", answer=Flows, control=True)
def get_flows(service: Service) -> Flows:
    """List the flows."""
    del service
    return Flows([view(flow) for flow in FLOWS.values()])


@api.operation("GET", "/flows/<flow>", answer=FlowView, control=True, refusals=[(404, "unknown-flow")])
def get_flow(service: Service, flow: str) -> FlowView:
    """Tell a flow: its statuses, actions, branches and open questions."""
    del service
    return view(_flow(flow))


@api.operation(
    "GET", "/flows/<flow>/diagram", control=True, refusals=[(404, "unknown-flow")], media_types=("text/vnd.mermaid",)
)
def get_diagram(service: Service, flow: str) -> Answer:
    """Draw a flow as a Mermaid state diagram."""
    del service
    return Answer(mermaid(_flow(flow)), 200, {}, "text/vnd.mermaid")


def _flow(name: str) -> Flow:
    if name not in FLOWS:
        raise SandboxRefusal("unknown-flow", 404, f"There is no flow {name!r}; there are {' and '.join(FLOWS)}.")
    return FLOWS[name]


def view(flow: Flow) -> FlowView:
    return FlowView(
        name=flow.name,
        title=flow.title,
        document=flow.document,
        statuses=list(flow.statuses),
        starts_in=list(flow.starts_in),
        actions=[
            ActionView(a.name, a.step, a.title, list(a.allowed), list(a.leads_to), msgspec.json.schema(a.body))
            for a in flow.actions
        ],
        branches=[branch for branch in branches().values() if branch.flow == flow.name],
        questions=[
            QuestionView(q.question, {path: default_policy(path) for path in q.policies}, q.reading, q.other)
            for q in flow.questions
        ],
    )
