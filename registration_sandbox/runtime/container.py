"""``sandbox up --docker``: all services in one container, by the Docker SDK. Seven containers are Compose's."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from registration_sandbox.runtime.settings import DEFAULT_HOST, Plan, url_variable
from registration_sandbox.runtime.tls import loopback_opener
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from simulators.kit.wire.addresses import is_loopback

IMAGE = "registration-sandbox"
CHECKOUT = Path(__file__).parents[2]
BUILD_ARGUMENTS = ("BASE_IMAGE", "PIP_INDEX_URL")
"""The Dockerfile's arguments that are passed on where the environment has them, as Compose does."""

THIS_MACHINE = "host.docker.internal"
"""The name by which a container reaches the machine that it runs on."""

CONFINED: Mapping[str, Any] = {
    "read_only": True,
    "tmpfs": {"/tmp": ""},  # noqa: S108  # the container's own
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 256,
    "mem_limit": "1g",
}

CALL_LIMIT, START_LIMIT, POLL_INTERVAL = 60, 60.0, 0.05

Report = Callable[[str], None]


def run(plan: Plan, named_image: str | None, ready: Callable[[], None], report: Report) -> None:
    """Run a plan's services in a container until Ctrl-C or SIGTERM, and remove it with its worlds.

    ``ready`` is called once they answer; ``report`` is given what is done, and then each line of the container's log.
    Raises BadSetting.
    """
    name = f"sandbox-{plan.base_port}"
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    with connect() as engine, suppress(KeyboardInterrupt):
        _refuse_name_in_use(engine, name)
        image = find_image(engine, named_image, report)
        try:
            container = _start(engine, name, image, plan)
            ready()
            for line in container.logs(stream=True, follow=True):
                report(line.decode(errors="replace").rstrip())
            raise BadSetting(f"The container {name} has ended: {_last_line(container)}")
        finally:
            for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(ending, signal.SIG_IGN)
            remove(engine, name)


@contextmanager
def connect() -> Iterator[Any]:
    """Give a client of the engine that ``DOCKER_HOST`` or the current Docker context names.

    Raises BadSetting when none answers, and for whatever the engine refuses within the block.
    """
    import docker
    from docker.errors import DockerException
    from requests import RequestException

    engine = None
    try:
        engine = docker.from_env(timeout=CALL_LIMIT)
        engine.ping()
    except (DockerException, RequestException) as error:
        if engine is not None:
            engine.close()
        raise BadSetting(
            f"No container engine answers ({_root_cause(error)}). Start Docker, or name an engine with DOCKER_HOST; "
            "sandbox up without --docker needs none."
        ) from error
    try:
        yield engine
    except (DockerException, RequestException) as error:
        raise BadSetting(f"The container engine refused: {_explain(error)}") from error
    finally:
        engine.close()


def find_image(engine: Any, named: str | None, report: Report) -> str:
    """Return the image to use: the one that is named, else one built from the checkout, else one built before.

    Raises BadSetting where there is none.
    """
    from docker.errors import BuildError, ImageNotFound

    if not named and (CHECKOUT / "Dockerfile").is_file():
        report(f"Building the image {IMAGE} ...")
        arguments = {name: os.environ[name] for name in BUILD_ARGUMENTS if os.environ.get(name)}
        network = os.environ.get("SANDBOX_BUILD_NETWORK") or None
        try:
            engine.images.build(
                path=str(CHECKOUT), tag=IMAGE, rm=True, forcerm=True, buildargs=arguments, network_mode=network
            )
        except BuildError as error:
            last = "".join(str(chunk.get("stream") or "") for chunk in error.build_log)[-2000:].strip()
            raise BadSetting(f"The image could not be built: {error.msg}\n{last}") from error
        return IMAGE
    try:
        engine.images.get(named or IMAGE)
    except ImageNotFound as error:
        if not named:
            words = f"There is no image {IMAGE} and no checkout to build it from. Name an image with --image."
            raise BadSetting(words) from error
        report(f"Pulling {named} ...")
        engine.images.pull(named)
    return named or IMAGE


def environment_of(plan: Plan) -> dict[str, str]:
    """Return the environment of the container: its ports, its secrets, and the systems outside of it."""
    settings = plan.settings
    given = {
        "SANDBOX_BASE_PORT": str(plan.base_port),
        "SANDBOX_ADMIN_TOKEN": settings.admin_token,
        **{f"SANDBOX_{name.upper()}": secret for name, secret in settings.credentials.items()},
        "SANDBOX_SIGNING_KEY": settings.signing_key,
        "SANDBOX_DATABASE_URL": _spell_for_container(settings.database_url),
        "SANDBOX_SMTP_URL": _spell_for_container(settings.smtp_url),
        "SANDBOX_OTLP_ENDPOINT": _spell_for_container(plan.otlp_endpoint),
        "SANDBOX_PUSH_HOSTS": ",".join(settings.push_hosts),
        "SANDBOX_WORKERS": str(plan.workers),
        "SANDBOX_ALLOWED_HOSTS": ",".join(settings.allowed_hosts),
        "SANDBOX_CORS_ORIGINS": ",".join(settings.cors_origins),
        "SANDBOX_TRUST_FORWARDED": str(settings.trusted_proxies or ""),
    }
    external = {url_variable(name): _spell_for_container(settings.url(name)) for name in settings.outside}
    return {name: value for name, value in (given | external).items() if value}


def remove(engine: Any, name: str) -> None:
    """Remove a container and its volume, if it is there."""
    from docker.errors import APIError, NotFound

    with suppress(NotFound, APIError):  # another run may be removing the same left-over
        engine.containers.get(name).remove(force=True, v=True)


def _start(engine: Any, name: str, image: str, plan: Plan) -> Any:
    from docker.errors import APIError

    host = DEFAULT_HOST if plan.host == "localhost" else plan.host  # the engine publishes on addresses only
    only = [option for service in plan.started for option in ("--only", service)]
    ports = sorted(plan.ports.values())
    try:
        container = engine.containers.create(
            image,
            ["up", *(only if len(plan.started) < len(SERVICES) else [])],
            name=name,
            environment=environment_of(plan),
            ports={f"{port}/tcp": (host, port) for port in ports},
            extra_hosts={THIS_MACHINE: "host-gateway"},
            healthcheck={"test": ["CMD", "python", "-IS", "/opt/sandbox/healthy.py", str(ports[0]), str(ports[-1])]},
            **CONFINED,
        )
        container.start()
    except APIError as error:
        raise BadSetting(
            f"The sandbox cannot be started on {plan.host}:{ports[0]} to {ports[-1]}: {_explain(error)}. "
            "If something else listens there, stop it, or choose --base-port."
        ) from error
    _wait_until_up(container, [plan.settings.url(listener) for listener in plan.ports])
    return container


def _wait_until_up(container: Any, urls: list[str]) -> None:
    deadline = monotonic() + START_LIMIT
    while not all(map(_answers, urls)):
        container.reload()
        if container.status == "exited":
            raise BadSetting(f"The sandbox has ended in its container: {_last_line(container)}")
        if monotonic() > deadline:
            raise BadSetting(f"The sandbox did not answer at {urls[0]} within {START_LIMIT:.0f} s.")
        pause(POLL_INTERVAL)


def _answers(url: str) -> bool:
    with suppress(OSError, HTTPException), loopback_opener().open(f"{url}/_sandbox/health", timeout=1) as answer:
        return bool(answer.status == 200)
    return False


def _refuse_name_in_use(engine: Any, name: str) -> None:
    if engine.containers.list(all=True, filters={"name": f"^/{name}$"}):
        raise BadSetting(
            f"There is a container {name} already, of another sandbox up --docker or left by one that was killed. "
            f"Use it, remove it with docker rm --force --volumes {name}, or choose another --base-port."
        )


def _last_line(container: Any) -> str:
    return str(container.logs(tail=1).decode(errors="replace").strip().removeprefix("Error: "))


def _spell_for_container(url: str | None) -> str | None:
    """Return a URL as a container must spell it: there, loopback is the container itself."""
    if not url or not is_loopback(urlsplit(url).hostname or ""):
        return url
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{user}{at}{THIS_MACHINE}{port}").geturl()


def _explain(error: Exception) -> str:
    return str(getattr(error, "explanation", None) or error)


def _root_cause(error: BaseException) -> str:
    """Return what the system said, below what each library in between made of it."""
    while isinstance(cause := error.__cause__ or error.__context__, Exception):
        error = cause
    return getattr(error, "strerror", None) or str(error)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
