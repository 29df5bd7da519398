"""The console: the sandbox seen and played in a browser, on the control plane's port."""

import re

_OWN_PATHS = re.compile(r"/|/console(/.*)?|/w/[^/]+/")
"""The paths that are the console's: its root, its pages, and the root of a world."""


def serves(path: str) -> bool:
    """Tell whether a path is one of the console's."""
    return _OWN_PATHS.fullmatch(path) is not None
