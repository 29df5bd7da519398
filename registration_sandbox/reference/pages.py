"""Every file that is made from the code, by its path in the project."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from registration_sandbox.reference import (
    branches,
    cli,
    deployment,
    faults,
    fidelity,
    flow_pictures,
    glossary,
    policies,
    settings,
)
from registration_sandbox.worlds.schema import schema_text

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/branches.md": branches.make_page,
    "docs/cli.md": cli.make_page,
    "docs/faults.md": faults.make_page,
    "docs/fidelity.md": fidelity.make_page,
    "docs/glossary.md": glossary.make_page,
    "docs/policies.md": policies.make_page,
    "docs/settings.md": settings.make_page,
    "docs/flows/web-registration.svg": partial(flow_pictures.draw_flow, "web"),
    "docs/flows/device-registration.svg": partial(flow_pictures.draw_flow, "device"),
    "scenarios/scenario.schema.json": schema_text,
    **deployment.FILES,
}


def stale_pages(directory: Path) -> list[str]:
    """Return the files that are missing from the project in ``directory``, or say something else than the code does."""
    return [name for name, make in PAGES.items() if _read(directory / name) != make()]


def write_pages(directory: Path, names: Iterable[str] = PAGES) -> None:
    """Write files of the project in ``directory``."""
    for name in names:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGES[name](), "utf-8")


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
