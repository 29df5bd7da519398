"""``sandbox doctor``: look whether all is well here, and tell what to do where it is not."""

from dataclasses import asdict

import click

from registration_sandbox.cli import endings, tables
from registration_sandbox.cli.asking import asking
from registration_sandbox.cli.checks.findings import Finding
from registration_sandbox.cli.connection import Connection

EPILOG = """\b
Examples:
  sandbox doctor
  sandbox doctor --json | jq '.findings[] | select(.verdict != "ok")'
"""
COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command("doctor", epilog=EPILOG)
@asking
def command(sandbox: Connection, as_json: bool) -> None:
    """Look whether all is well here: Python, packages, ports, the data directory, the sandbox that is up, PostgreSQL,
    Docker, a browser, proxies and clocks. Tell what to do about what is not.

    The exit code is 1 when there is a problem; warnings are none.
    """
    from registration_sandbox.cli.checks import machine, neighbours, running

    findings = [
        *machine.python(),
        *machine.packages(),
        *running.ports(sandbox),
        *machine.data_directory(),
        *running.sandbox(sandbox),
        *neighbours.postgres(),
        *neighbours.docker(),
        *neighbours.browser(),
        *machine.proxies(),
    ]
    verdict = max((finding.verdict for finding in findings), key=list(COLOURS).index)
    if as_json:
        tables.as_json({"verdict": verdict, "findings": [asdict(finding) for finding in findings]})
    else:
        _tell(findings)
    if verdict == "problem":
        raise click.exceptions.Exit(endings.REFUSED)


def _tell(findings: list[Finding]) -> None:
    first, second = max(map(len, COLOURS)), max(len(finding.subject) for finding in findings)
    for finding in findings:
        verdict = click.style(f"{finding.verdict:<{first}}", fg=COLOURS[finding.verdict])
        click.echo(f"{verdict}  {finding.subject:<{second}}  {finding.words}")
        if finding.remedy:
            click.echo(f"{' ' * (first + second + 2)}  → {finding.remedy}")
