"""Text that others have written, made fit to be shown: on a terminal, in XML, in a report."""

import re

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
"""A terminal's control sequences (ECMA-48, section 5.4), such as colours and titles."""

_CONTROLS = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2), and what terminals obey."""


def plain(text: str) -> str:
    """Return a text without colours and other control sequences; other control characters become ``�``."""
    return _CONTROLS.sub("�", _ESCAPES.sub("", text))
