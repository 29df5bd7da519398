"""Every link in a Markdown file leads to a file that there is, and to a place in it."""

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[3]
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
PLACE = re.compile(r"<a id=\"([^\"]+)\"")
CODE = re.compile(r"`([^`\s]+)`")
TOP = ("features/", "steps/", "scenarios/", "simulators/", "orchestrator/", "registration_sandbox/", "tests/", "docs/",
       "recipes/", "deploy/", ".ci/")  # fmt: skip
MADE = ("docs/branches.md", "docs/cli.md", "docs/faults.md", "docs/fidelity.md", "docs/policies.md", "docs/settings.md")
MADE_UP = ("sanctions", "hotlisted-and-new-card", "rate_limited", "<")
"""What is in the paths of the guides' examples, which there are not."""


def list_files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in told.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("name", list_files())
def test_every_link_leads_somewhere(name: str) -> None:
    assert broken_links(ROOT / name) == []


@pytest.mark.parametrize("name", [name for name in list_files() if name not in MADE])
def test_every_path_of_the_project_that_is_named_is_there(name: str) -> None:
    named = {path.split("::")[0] for path in CODE.findall((ROOT / name).read_text("utf-8")) if path.startswith(TOP)}
    missing = {path for path in named if not any(word in path for word in MADE_UP) and not _find(path)}
    assert sorted(missing) == []


def test_a_broken_link_and_a_broken_place_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text('# There\n\n## It is `here`, too\n\n<a id="by-name"></a>\n')
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\n[a](there.md) [b](there.md#it-is-here-too) [c](there.md#by-name)\n"
        "[d](https://example.test/x) [e](#page)\n[f](gone.md) [g](there.md#gone) ![h](gone.png)\n"
        "```sh\n[i](in-code.md)\n```\n"
    )
    assert broken_links(page) == ["gone.md", "there.md#gone", "gone.png"]


def broken_links(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere; those to other hosts are not followed."""
    text = FENCE.sub("", page.read_text("utf-8"))
    links = [link or image for link, image in LINK.findall(text)]
    return [link for link in links if not urlsplit(link).scheme and not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, place = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not place or target.suffix != ".md" or place in _places(target)


@cache
def _places(page: Path) -> frozenset[str]:
    """Return what a link can name in a page: its anchors, and its headings as GitHub spells them."""
    text = FENCE.sub("", page.read_text("utf-8"))
    slugs = [re.sub(r"[^\w\- ]", "", _plain(heading)).lower().replace(" ", "-") for heading in HEADING.findall(text)]
    return frozenset([*PLACE.findall(text), *slugs])


def _plain(heading: str) -> str:
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)


def _find(path: str) -> bool:
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()
