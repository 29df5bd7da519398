"""The container engine: how it is reached, and what is said where it will not do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orchestrator.runtime.values import BadSetting

CALL_LIMIT = 60
"""Seconds that one call to the engine may take."""

CONNECTIONS = 32
"""Connections to the engine that are kept: logs and events each hold one as long as they are followed."""


@contextmanager
def connected() -> Iterator[Any]:
    """Give a client of the engine that ``DOCKER_HOST`` or the current Docker context names.

    Raises BadSetting when none answers, and for whatever the engine refuses within the block.
    """
    import docker
    from docker.errors import DockerException
    from requests import RequestException

    client = None
    try:
        client = docker.from_env(timeout=CALL_LIMIT, max_pool_size=CONNECTIONS)
        client.ping()
    except (DockerException, RequestException) as error:
        if client is not None:
            client.close()
        raise BadSetting(
            f"No container engine answers ({_innermost(error)}). Start Docker, or name an engine with DOCKER_HOST; "
            "sandbox up without --docker needs none."
        ) from error
    try:
        yield client
    except (DockerException, RequestException) as error:
        raise BadSetting(f"The container engine refused: {why(error)}") from error
    finally:
        client.close()


def why(error: Exception) -> str:
    """Return the engine's own words about what it refused."""
    return str(getattr(error, "explanation", None) or error)


def _innermost(error: BaseException) -> str:
    """Return what the system said, below what each library in between made of it."""
    while isinstance(cause := error.__cause__ or error.__context__, Exception):
        error = cause
    return getattr(error, "strerror", None) or str(error)
