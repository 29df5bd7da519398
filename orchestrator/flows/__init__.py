"""The two flows, each declared as data, with the code of its actions."""

from orchestrator.flows.device import DEVICE
from orchestrator.flows.model import Flow
from orchestrator.flows.web import WEB

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (WEB, DEVICE)}
