"""``sandbox flows``: the two flows as they are declared; no sandbox need be up."""

from typing import Any

import click

from registration_sandbox.cli import names, tables
from registration_sandbox.cli.groups import did_you_mean

EPILOG = """\b
Examples:
  sandbox flows
  sandbox flows web
  sandbox flows device --diagram > device.mmd
  sandbox flows web --json | jq '.branches[] | select(.basis == "assumed")'
"""
BASES = ("documented", "implied", "assumed")


@click.command("flows", epilog=EPILOG)
@click.argument("flow", required=False, shell_complete=names.flows)
@click.option("--diagram", is_flag=True, help="Draw the flow as a Mermaid state diagram.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
def command(flow: str | None, diagram: bool, as_json: bool) -> None:
    """Tell the flows as they are declared; of one, its statuses, actions, branches and open questions."""
    if flow is not None:
        check_name(flow)
    if diagram:
        _draw(flow)
        return
    found = find_declaration(flow)
    if as_json:
        tables.as_json(found if flow is None else found["flows"][0])
    elif flow is None:
        _list(found["flows"])
    else:
        _tell(found["flows"][0])


def check_name(flow: str) -> None:
    """Refuse the name of no flow. Raises UsageError, with the nearest name."""
    known = names.list_flows()
    if flow not in known:
        words = f"There is no flow {flow!r}; there are {' and '.join(known)}."
        raise click.UsageError(words + did_you_mean(flow, known))


def find_declaration(flow: str | None = None) -> dict[str, Any]:
    """Return the flows as ``GET /flows`` of our middleware does, which need not be the one that is there."""
    import msgspec

    from orchestrator.api.flows import Flows, view
    from orchestrator.flows import FLOWS

    wanted = [view(each) for name, each in FLOWS.items() if flow in (None, name)]
    found: dict[str, Any] = msgspec.to_builtins(Flows(wanted))
    return found


def _draw(flow: str | None) -> None:
    from orchestrator.flows import FLOWS
    from orchestrator.flows.diagram import mermaid

    if flow is None:
        raise click.UsageError(f"Name the flow to draw: {' or '.join(FLOWS)}.")
    click.echo(mermaid(FLOWS[flow]), nl=False)


def _list(flows: list[dict[str, Any]]) -> None:
    rows = [
        (flow["name"], flow["title"], flow["document"], len(flow["statuses"]), len(flow["actions"]), *_counts(flow))
        for flow in flows
    ]
    titles = {"Flow": "bold", "Title": "", "Document": "", "Statuses": "", "Actions": ""}
    tables.show({**titles, **{basis.capitalize(): "cyan" for basis in BASES}}, rows)


def _counts(flow: dict[str, Any]) -> list[int]:
    """Return how many branches rest on each basis."""
    return [sum(branch["basis"] == basis for branch in flow["branches"]) for basis in BASES]


def _tell(flow: dict[str, Any]) -> None:
    click.secho(f"{flow['title']} ({flow['document']})", bold=True)
    click.echo(f"\nStatuses: {', '.join(flow['statuses'])}\nBegins in: {', '.join(flow['starts_in'])}\n")
    actions = [
        (each["name"], each["step"], each["title"], _statuses(each["allowed"], flow), ", ".join(each["leads_to"]))
        for each in flow["actions"]
    ]
    tables.show({"Action": "bold", "Step": "", "What it is": "", "Allowed in": "", "Leads to": "cyan"}, actions)
    click.echo()
    branches = [(each["id"], each["step"], each["basis"], each["when"], each["then"]) for each in flow["branches"]]
    tables.show({"Branch": "bold", "Step": "", "Basis": "", "When": "", "Then": ""}, branches)
    click.echo("\nOpen questions of the document")
    for question in flow["questions"]:
        policies = ", ".join(question["policies"])
        click.echo(f"\n  {question['question']}")
        told = [("Our reading", question["reading"]), ("The other", question["other"])]
        tables.fields([*told, *([("Set by", policies)] if policies else [])], "    ")


def _statuses(statuses: list[str], flow: dict[str, Any]) -> str:
    return "every status" if statuses == flow["statuses"] else ", ".join(statuses)
