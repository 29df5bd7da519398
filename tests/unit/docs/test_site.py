"""The site of the papers is built, with a broken link as an error, and asks no other host for anything."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ASKED_FOR = re.compile(
    r"<(?:script|img|iframe)[^>]+src=\"?(?:https?:)?//[^\">]+|<link[^>]+href=\"?(?:https?:)?//[^\">]+"
)
NOT_FETCHED = ("rel=canonical", 'rel="canonical"')


@pytest.fixture(scope="module")
def site(require: Callable[[str, bool, str], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    require("docs", find_spec("zensical") is not None, "the extra docs is not installed; make docs does it")
    place = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs", place / "docs")
    shutil.copy(ROOT / "mkdocs.yml", place)
    build = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    done = subprocess.run(build, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return place / "build" / "site"


def test_every_page_is_in_the_site(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs").with_suffix("")
        built = site / (place.parent if place.name == "index" else place) / "index.html"
        assert built.exists(), f"{page} is not in the site"


def test_no_page_asks_another_host(site: Path) -> None:
    for page in site.rglob("*.html"):
        asked = [each for each in ASKED_FOR.findall(page.read_text("utf-8")) if not any(n in each for n in NOT_FETCHED)]
        assert asked == [], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?https?:", sheet.read_text("utf-8")), sheet
