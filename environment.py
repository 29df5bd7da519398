"""behave's hooks: a sandbox for the run, a fresh world for every scenario, and proof that its branch was taken."""

import os
import sys
from typing import Any

from behave.model import Scenario
from behave.model_type import Status
from behave.runner import Context

from orchestrator.gate import evidence
from orchestrator.gate.playing import replay
from orchestrator.gate.suite import BRANCH
from orchestrator.runtime.embedded import named_or_started
from steps.support import outages, parameter_types
from steps.support.bank import Bank
from steps.support.talk import Line

LAST_EXCHANGES = 15

parameter_types.register()


def before_all(context: Context) -> None:
    sandbox = named_or_started(os.environ.get("SANDBOX_ORCHESTRATOR_URL"))
    urls = sandbox.__enter__()
    context.add_cleanup(sandbox.__exit__, None, None, None)
    context.line = Line(urls, os.environ.get("SANDBOX_ADMIN_TOKEN"))
    context.add_cleanup(context.line.close)
    context.seed = context.config.userdata.getint("seed", 0)


def before_scenario(context: Context, scenario: Scenario) -> None:
    context.bank = Bank(context.line, scenario.name, context.seed)
    context.add_cleanup(context.bank.close)
    outages.skip_unless_wanted(scenario)


def after_scenario(context: Context, scenario: Scenario) -> None:
    bank: Bank = context.bank
    outages.end(context)
    if evidence.wanted(context.config.userdata):
        context.attach(evidence.MEDIA_TYPE, evidence.packed(bank.id, bank.seed, bank.policies, *bank.evidence()))
        return
    claimed = {tag for tag in scenario.effective_tags if BRANCH.fullmatch(tag)}
    missing = sorted(claimed - bank.branches_taken()) if scenario.status == Status.passed else []
    if scenario.status != Status.passed or missing:
        sys.stdout.write(report(bank, scenario, context.seed))
    if missing:
        raise AssertionError(f"This scenario claims {', '.join(missing)}, but that branch was not taken.")


def report(bank: Bank, scenario: Scenario, seed: int) -> str:
    """Return what is needed to look into a failing scenario: how to replay it, and what was said last."""
    lines = ["", f"Replay it: {replay(scenario.location, seed)}"]
    if bank.opened:
        lines.append("The last exchanges of its world:")
        lines += [_line(said) for said in bank.exchanges()[-LAST_EXCHANGES:]]
    return "\n".join(lines) + "\n"


def _line(said: dict[str, Any]) -> str:
    place = f"{said['service']:<13} {said['method']:<6} {said['path']:<60}"
    return f"  {place} {said['status']} {' '.join(said['branches'])}".rstrip()
