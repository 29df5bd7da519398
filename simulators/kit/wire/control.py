"""What is below ``/_sandbox``: the sandbox's own calls, which services of one process make without the network."""

from collections.abc import Callable, Mapping

CONTROL_PREFIX = "/_sandbox/"

LocalAnswer = Callable[[str, str, bytes | None], tuple[int, bytes, Mapping[str, str]]]
"""Answers method, path and body by status, body, and headers by their names in lower case."""
