"""The registration sandbox: four simulated bank systems, two documented registration flows, and the tool around them.

``from registration_sandbox import Sandbox`` gives the Python client.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registration_sandbox.client import Sandbox

__all__ = ["Sandbox"]


def __getattr__(name: str) -> Any:
    """Import the client when it is first asked for: the command line starts without it (PEP 562)."""
    if name in __all__:
        from registration_sandbox import client

        return getattr(client, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
