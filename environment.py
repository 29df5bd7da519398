"""behave's hooks: a sandbox for the run, a fresh world for every scenario, and proof that its branch was taken."""

import os
import re
import sys
from typing import Any

from behave.model import Scenario
from behave.model_type import Status
from behave.runner import Context

from orchestrator.runtime.embedded import named_or_started
from steps.support import parameter_types
from steps.support.bank import Bank

BRANCH = re.compile(r"(?:WR|DR)-\d+\.\d+")
LAST_EXCHANGES = 15

parameter_types.register()


def before_all(context: Context) -> None:
    sandbox = named_or_started(os.environ.get("SANDBOX_ORCHESTRATOR_URL"))
    context.urls = sandbox.__enter__()
    context.add_cleanup(sandbox.__exit__, None, None, None)
    context.seed = context.config.userdata.getint("seed", None)


def before_scenario(context: Context, scenario: Scenario) -> None:
    admin_token = os.environ.get("SANDBOX_ADMIN_TOKEN")
    context.bank = Bank(context.urls, scenario.name, context.seed, admin_token)
    context.add_cleanup(context.bank.close)


def after_scenario(context: Context, scenario: Scenario) -> None:
    bank: Bank = context.bank
    claimed = {tag for tag in scenario.effective_tags if BRANCH.fullmatch(tag)}
    missing = sorted(claimed - bank.branches_taken()) if scenario.status == Status.passed else []
    if scenario.status != Status.passed or missing:
        sys.stdout.write(report(bank, scenario))
    if missing:
        raise AssertionError(f"This scenario claims {', '.join(missing)}, but that branch was not taken.")


def report(bank: Bank, scenario: Scenario) -> str:
    """Return what is needed to look into a failing scenario: how to replay it, and what was said last."""
    lines = ["", f"Replay it: behave {scenario.location} -D seed={bank.seed}"]
    if bank.opened:
        lines.append("The last exchanges of its world:")
        lines += [_line(said) for said in bank.exchanges()[-LAST_EXCHANGES:]]
    return "\n".join(lines) + "\n"


def _line(said: dict[str, Any]) -> str:
    place = f"{said['service']:<13} {said['method']:<6} {said['path']:<60}"
    return f"  {place} {said['status']} {' '.join(said['branches'])}".rstrip()
