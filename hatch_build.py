"""Builds the wheel as one package: what the checkout keeps at its top is put below ``registration_sandbox``.

``simulators``, ``orchestrator`` and ``scenarios`` are names that a user's own project may have. In the wheel they are
``registration_sandbox.simulators`` and so on, and so every import and every module's name in a string is rewritten.
"""

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOUSE = "registration_sandbox"
MOVED = ("simulators", "orchestrator", "scenarios")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")

_NAMES = [
    re.compile(rf"^(\s*(?:from|import)\s+)(?=(?:{'|'.join(MOVED)})\b)", re.MULTILINE),
    re.compile(r'(")(?=simulators\.)'),
    re.compile(r'(")(?=orchestrator\.(?:app|flows|gateways|tables)\b)'),
    re.compile(r'(^module = ")(?=orchestrator\.)', re.MULTILINE),
    re.compile(r'(\bfiles\(")(?=scenarios"\))'),
]


def rewrite(source: str) -> str:
    """Return source in which what is moved is named by its place in the wheel."""
    for names in _NAMES:
        source = names.sub(rf"\g<1>{HOUSE}.", source)
    return source


def assemble(root: Path, place: Path) -> None:
    """Put the one package together at a place, from the checkout at ``root``."""
    shutil.copytree(root / HOUSE, place, ignore=LEFT_OUT)
    for name in MOVED:
        shutil.copytree(root / name, place / name, ignore=LEFT_OUT)
    for name in ("features", "steps"):
        shutil.copytree(root / name, place / "suite" / name, ignore=LEFT_OUT)
    shutil.copy2(root / "environment.py", place / "suite")
    for path in [*place.rglob("*.py"), *place.rglob("*.toml")]:
        path.write_text(rewrite(path.read_text("utf-8")), "utf-8")


class OnePackage(BuildHookInterface[Any]):
    """Gives the wheel the assembled package; an editable installation has the checkout as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._directory = tempfile.TemporaryDirectory()
        place = Path(self._directory.name) / HOUSE
        assemble(Path(self.root), place)
        build_data["force_include"][str(place)] = HOUSE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._directory.cleanup()
