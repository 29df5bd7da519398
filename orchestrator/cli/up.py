"""``sandbox up``: start the sandbox and keep it up."""

from pathlib import Path

import click

from orchestrator.runtime import settings as runtime_settings
from orchestrator.runtime.values import BadSetting
from simulators.kit.settings import SERVICES

EPILOG = """\b
Examples:
  sandbox up
  sandbox up --base-port 9800 --data-dir /tmp/other-sandbox
  sandbox up --except cymmetri          with SANDBOX_CYMMETRI_URL set to a real one
"""


@click.command("up", epilog=EPILOG)
@click.option("--base-port", type=click.IntRange(1, 65535), help="The seven services listen on N to N+6. [8800]")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where worlds and secrets are kept. [.sandbox]")
@click.option("--host", help="The address to listen on. Others than loopback want SANDBOX_ADMIN_TOKEN. [127.0.0.1]")
@click.option("--only", multiple=True, type=click.Choice(SERVICES), help="Start just these services.")
@click.option("--except", "excepted", multiple=True, type=click.Choice(SERVICES), help="Start all but these.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes serve. [2, or 1 on one core]")
def command(
    base_port: int | None,
    data_dir: Path | None,
    host: str | None,
    only: tuple[str, ...],
    excepted: tuple[str, ...],
    workers: int | None,
) -> None:
    """Start the sandbox and keep it up until Ctrl-C.

    Services whose SANDBOX_<SERVICE>_URL is set are not started: a real system, or another sandbox, answers there.
    """
    from orchestrator.runtime import up

    try:
        plan = runtime_settings.plan(
            base_port=base_port, data_dir=data_dir, host=host, only=only, excepted=excepted, workers=workers
        )
        code = up.run(plan, lambda: click.echo(_told(plan)))
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    if code:
        raise SystemExit(code)


def _told(plan: runtime_settings.Plan) -> str:
    width = max(map(len, SERVICES))
    lines = [
        f"  {name:<{width}}  {plan.settings.url(name)}" + ("" if name in plan.ports else "  (not started here)")
        for name in SERVICES
    ]
    settings = plan.settings
    credentials = [
        f"  SANDBOX_TSG_API_KEY           {settings.tsg_api_key}",
        f"  SANDBOX_TSG_PUSH_SECRET       {settings.tsg_push_secret}",
        f"  SANDBOX_AUTH_SERVICE_API_KEY  {settings.auth_service_api_key}",
    ]
    return "\n".join(
        [
            "The sandbox is up:",
            *lines,
            "Credentials for a middleware of your own:",
            *credentials,
            f"Worlds are kept in {settings.database_url or settings.data_dir}. Stop with Ctrl-C.",
        ]
    )
