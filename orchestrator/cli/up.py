"""``sandbox up``: start the sandbox and keep it up."""

import os
from pathlib import Path
from typing import Any

import click

from orchestrator.runtime import settings as runtime_settings
from orchestrator.runtime.values import BadSetting, without_password
from simulators.kit.settings import SERVICES, Settings

EPILOG = """\b
Examples:
  sandbox up
  sandbox up --base-port 9800 --data-dir /tmp/other-sandbox
  sandbox up --except cymmetri          with SANDBOX_CYMMETRI_URL set to a real one
  sandbox up --docker                   a container a service, gone with their worlds when stopped
"""


@click.command("up", epilog=EPILOG)
@click.option("--base-port", type=click.IntRange(1, 65535), help="The seven services listen on N to N+6. [8800]")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where worlds and secrets are kept. [.sandbox]")
@click.option("--host", help="The address to listen on. Others than loopback want SANDBOX_ADMIN_TOKEN. [127.0.0.1]")
@click.option("--only", multiple=True, type=click.Choice(SERVICES), help="Start just these services.")
@click.option("--except", "excepted", multiple=True, type=click.Choice(SERVICES), help="Start all but these.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes serve. [2, or 1 on one core]")
@click.option("--docker", is_flag=True, help="Start each service in a container of its own.")
@click.option("--image", help="With --docker: take this image. [the checkout's, built if need be]")
def command(docker: bool, image: str | None, **chosen: Any) -> None:
    """Start the sandbox and keep it up until Ctrl-C.

    Services whose SANDBOX_<SERVICE>_URL is set are not started: a real system, or another sandbox, answers there.
    """
    if image and not docker:
        raise click.UsageError("--image goes with --docker.")
    try:
        code = _in_containers(image, **chosen) if docker else _in_processes(**chosen)
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    if code:
        raise SystemExit(code)


def _in_processes(**chosen: Any) -> int:
    from orchestrator.runtime import up

    plan = runtime_settings.plan(**chosen)
    return up.run(plan, lambda: click.echo(_told(plan)))


def _in_containers(image: str | None, **chosen: Any) -> int:
    """Start containers: in each of them one process serves, unless more are wished for."""
    from orchestrator.runtime.containers import inside, running

    if not os.environ.get("SANDBOX_WORKERS"):
        chosen["workers"] = chosen["workers"] or 1
    plan = inside.guarded(runtime_settings.plan(**chosen))
    running.run(plan, image, lambda: click.echo(_told_of_containers(plan)), click.echo)
    return 0


def _told(plan: runtime_settings.Plan) -> str:
    settings = plan.settings
    if len(plan.ports) == 1:
        (name,) = plan.ports
        return f"{name} is up: {settings.url(name)}"
    lines = [*_where(plan), *_credentials(settings)]
    return "\n".join([*lines, f"Worlds are kept in {_database(settings) or settings.data_dir}. Stop with Ctrl-C."])


def _told_of_containers(plan: runtime_settings.Plan) -> str:
    settings = plan.settings
    lines = [*_where(plan), *_credentials(settings), f"  SANDBOX_ADMIN_TOKEN           {settings.admin_token}"]
    kept = _database(settings) or "the containers' volumes, and gone with them"
    return "\n".join([*lines, f"Worlds are kept in {kept}. Stop with Ctrl-C."])


def _database(settings: Settings) -> str:
    return without_password(settings.database_url or "")


def _where(plan: runtime_settings.Plan) -> list[str]:
    width = max(map(len, SERVICES))
    lines = [
        f"  {name:<{width}}  {plan.settings.url(name)}" + ("" if name in plan.ports else "  (not started here)")
        for name in SERVICES
    ]
    console = ["See and play it in a browser: " + plan.settings.url("orchestrator")]
    return ["The sandbox is up:", *lines, *(console if "orchestrator" in plan.ports else [])]


def _credentials(settings: Settings) -> list[str]:
    return [
        "Credentials for a middleware of your own:",
        f"  SANDBOX_TSG_API_KEY           {settings.tsg_api_key}",
        f"  SANDBOX_TSG_PUSH_SECRET       {settings.tsg_push_secret}",
        f"  SANDBOX_AUTH_SERVICE_API_KEY  {settings.auth_service_api_key}",
    ]
