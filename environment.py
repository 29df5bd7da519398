"""behave's hooks: a sandbox for the run, a fresh world for every scenario, and proof that its branch was taken."""

import json
import os
import sys
from pathlib import Path

from behave.model import Scenario
from behave.model_type import Status
from behave.runner import Context

from registration_sandbox.drivers.catalogue import close_driver, load_driver
from registration_sandbox.drivers.wire import Line
from registration_sandbox.gate import evidence
from registration_sandbox.gate.places import CONTROL_PLANE, place_for, place_of
from registration_sandbox.gate.playing import replay
from registration_sandbox.gate.suite import BRANCH
from registration_sandbox.gate.system import ourselves
from registration_sandbox.gate.system_file import read_system
from simulators.kit.journal import Exchange
from simulators.kit.printable import escape_controls
from steps.support import outages, parameter_types
from steps.support.bank import Bank

LAST_EXCHANGES = 15

parameter_types.register()


def before_all(context: Context) -> None:
    userdata = context.config.userdata
    against = userdata.get("against")
    system = read_system(Path(against)) if against else None
    if CONTROL_PLANE in os.environ and evidence.is_wanted(userdata):  # the gate has made the place
        place = place_of(os.environ)
    else:
        running = place_for(os.environ.get(CONTROL_PLANE) or os.environ.get("SANDBOX_ORCHESTRATOR_URL"), system)
        place = running.__enter__()
        context.add_cleanup(running.__exit__, None, None, None)
    context.system = system.beside(place.control_plane) if system else ourselves(place.urls["orchestrator"])
    context.driver = load_driver(context.system.driver)
    context.add_cleanup(close_driver, context.driver)
    context.line = Line({**place.urls, "control_plane": place.control_plane}, os.environ.get("SANDBOX_ADMIN_TOKEN"))
    context.add_cleanup(context.line.close)
    context.seed = userdata.getint("seed", 0)
    context.policies = json.loads(userdata.get("policies", "{}"))


def before_scenario(context: Context, scenario: Scenario) -> None:
    context.bank = Bank(context.line, scenario.name, context.seed, context.system, context.driver, context.policies)
    context.add_cleanup(context.bank.close)
    outages.skip_unless_wanted(scenario)


def after_scenario(context: Context, scenario: Scenario) -> None:
    bank: Bank = context.bank
    outages.end(context)
    if evidence.is_wanted(context.config.userdata):
        context.attach(evidence.MEDIA_TYPE, evidence.pack(bank.id, bank.seed, bank.rules.settled, *bank.evidence()))
        return
    claimed = {tag for tag in scenario.effective_tags if BRANCH.fullmatch(tag)}
    missing = sorted(claimed - bank.branches_taken()) if scenario.status == Status.passed else []
    if scenario.status != Status.passed or missing:
        sys.stdout.write(report(bank, scenario, context.seed))
    if missing:
        raise AssertionError(f"This scenario claims {', '.join(missing)}, but that branch was not taken.")


def report(bank: Bank, scenario: Scenario, seed: int) -> str:
    """Return what is needed to look into a failing scenario: how to replay it, and what was said last."""
    lines = ["", f"Replay it: {replay(str(scenario.location), ['--seed', str(seed)])}"]
    if bank.opened:
        lines.append("The last exchanges of its world:")
        lines += [_line(said) for said in bank.exchanges()[-LAST_EXCHANGES:]]
    return "\n".join(lines) + "\n"


def _line(said: Exchange) -> str:
    place = f"{said.service:<13} {said.method:<6} {said.path:<60}"
    return escape_controls(f"  {place} {said.status} {' '.join(said.branches)}".rstrip())
