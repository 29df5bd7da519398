"""``sandbox up``: start the sandbox and keep it up."""

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from registration_sandbox.cli.terminal import OutputFailed
from registration_sandbox.runtime import settings as runtime_settings
from registration_sandbox.runtime.tls import CA
from registration_sandbox.runtime.tls import DIRECTORY as TLS_DIRECTORY
from registration_sandbox.runtime.up import MAIL_PORT_AFTER_BASE
from registration_sandbox.runtime.values import BadSetting, without_password
from simulators.kit.services import CONTROL_PLANE, SERVICES
from simulators.kit.settings import Settings

EPILOG = """\b
Examples:
  sandbox up
  sandbox up --base-port 9800 --data-dir /tmp/other-sandbox
  sandbox up --except cymmetri          with SANDBOX_CYMMETRI_URL set to a real one
  sandbox up --docker                   in a container, gone with its worlds when stopped
"""


@click.command("up", epilog=EPILOG)
@click.option(
    "--base-port", type=click.IntRange(1, 65535), help=f"The services listen on N to N+{len(SERVICES) - 1}. [8800]"
)
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where worlds and secrets are kept. [.sandbox]")
@click.option("--host", help="The address to listen on. Others than loopback want SANDBOX_ADMIN_TOKEN. [localhost]")
@click.option("--only", multiple=True, type=click.Choice(SERVICES), help="Start just these services.")
@click.option("--except", "excepted", multiple=True, type=click.Choice(SERVICES), help="Start all but these.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes serve. [2, or 1 on one core]")
@click.option("--tls", is_flag=True, help="Serve over TLS, with a CA kept in the data directory.")
@click.option("--docker", is_flag=True, help="Start the services in a container.")
@click.option("--image", help="With --docker: take this image. [the checkout's, built if need be]")
def command(docker: bool, image: str | None, **chosen: Any) -> None:
    """Start the sandbox and keep it up until Ctrl-C.

    Services whose SANDBOX_<SERVICE>_URL is set are not started: a real system, or another sandbox, answers there.
    """
    if image and not docker:
        raise click.UsageError("--image goes with --docker.")
    try:
        code = _in_container(image, **chosen) if docker else _in_processes(**chosen)
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    if code:
        raise SystemExit(code)


def _in_processes(**chosen: Any) -> int:
    from registration_sandbox.runtime import up

    plan = runtime_settings.plan(**chosen)
    return up.run(plan, lambda: _announce(_summary(plan)))


def _in_container(image: str | None, **chosen: Any) -> int:
    """Start a container, where a service listens beyond loopback and so wants an admin token."""
    from registration_sandbox.runtime import container

    plan = runtime_settings.plan(**chosen)
    token = plan.settings.admin_token or secrets.token_urlsafe(24)
    plan = replace(plan, settings=replace(plan.settings, admin_token=token))
    container.run(plan, image, lambda: _announce(_container_summary(plan)), click.echo)
    return 0


def _announce(summary: str) -> None:
    """Print what is up. A sandbox goes on though there is no room for that, or nobody who reads it."""
    try:
        click.echo(summary)
    except OutputFailed as error:
        error.show()
    except BrokenPipeError:
        pass


def _summary(plan: runtime_settings.Plan) -> str:
    settings = plan.settings
    if len(plan.started) == 1:
        (name,) = plan.started
        return f"{name} is up: {settings.url(name)}"
    lines = [*_list_urls(plan), *_list_credentials(settings)]
    return "\n".join([*lines, f"Worlds are kept in {_database(settings) or settings.data_dir}. Stop with Ctrl-C."])


def _container_summary(plan: runtime_settings.Plan) -> str:
    settings = plan.settings
    lines = [*_list_urls(plan), *_list_credentials(settings), f"  SANDBOX_ADMIN_TOKEN           {settings.admin_token}"]
    kept = _database(settings) or "the container, and gone with it"
    return "\n".join([*lines, f"Worlds are kept in {kept}. Stop with Ctrl-C."])


def _database(settings: Settings) -> str:
    return without_password(settings.database_url or "")


def _list_urls(plan: runtime_settings.Plan) -> list[str]:
    width = max(map(len, SERVICES))
    lines = [
        f"  {name:<{width}}  {plan.settings.url(name)}" + ("" if name in plan.started else "  (not started here)")
        for name in SERVICES
    ]
    tls = plan.tls
    mail = [f"Mail is taken in by SMTP on port {plan.base_port + MAIL_PORT_AFTER_BASE}."] if plan.takes_mail else []
    trust = [f"Clients trust its CA: {plan.settings.data_dir / TLS_DIRECTORY / CA}"] if tls and tls.is_own else []
    if tls and tls.client_cas:
        certificate = plan.settings.data_dir / TLS_DIRECTORY / "institution.pem"
        trust.append(
            f"Client certificates at the TSG are {plan.settings.mtls}; one of your own: {certificate} and .key"
        )
    console = ["See and play it in a browser: " + plan.settings.url(CONTROL_PLANE.name)]
    return ["The sandbox is up:", *lines, *mail, *trust, *(console if CONTROL_PLANE.name in plan.ports else [])]


def _list_credentials(settings: Settings) -> list[str]:
    width = max(map(len, settings.credentials))
    lines = [f"  SANDBOX_{name.upper():<{width}}  {secret}" for name, secret in settings.credentials.items()]
    return ["Credentials for a middleware of your own:", *lines]
