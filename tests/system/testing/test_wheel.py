"""The wheel: built from the source distribution, installed where nothing of the checkout is, and used there."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MOVED = ("simulators", "orchestrator", "scenarios")
SUITE = ("features", "steps", "environment.py")
ENTRY = {"sandbox = registration_sandbox.cli:main", "registration_sandbox = registration_sandbox.testing.plugin"}
LIMIT = 180.0

THEIRS = """
import pytest

@pytest.mark.sandbox("new-customer")
def test_theirs(world, persona, inbox):
    world.begin_web(persona("Asha"))
    assert inbox("Asha").code("email-otp")
"""

Run = Callable[..., str]

pytestmark = pytest.mark.thorough


def run(*command: str | Path, cwd: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SANDBOX_", "PYTHON", "PYTEST_"))}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, require: Callable[[str, bool, str], None]) -> Path:
    """Build the wheel as an index's users get it: from what the source distribution holds."""
    require("hatchling", find_spec("hatchling") is not None, "it is not installed, and builds the wheel")
    directory = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "hatchling", "build", "--directory", directory, "--target")
    run(*build, "sdist", cwd=ROOT)
    with tarfile.open(next(directory.glob("*.tar.gz"))) as archive:
        archive.extractall(directory, filter="data")
    run(*build, "wheel", cwd=next(path for path in directory.iterdir() if path.is_dir()))
    return next(directory.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own, beside the packages that it needs; return its programs' place.

    What it needs is taken from where the tests run, so that no network is asked. The checkout is not among it.
    """
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(place, symlinks=True)
    run(sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install", "--quiet", "--no-deps",
        "--no-index", "--disable-pip-version-check", wheel, cwd=place)  # fmt: skip
    (beside,) = place.glob("lib/python*/site-packages")
    (beside / "needed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    where = run(place / "bin" / "python", "-c", "import registration_sandbox as it; print(it.__file__)", cwd=place)
    assert Path(where.strip()).is_relative_to(beside), "the checkout must not be what is tried"
    return place / "bin"


def files_of(part: str) -> list[str]:
    """Return the files below a directory of the checkout, or the file itself, by their paths in it."""
    found = [path for path in (ROOT / part).rglob("*") if path.is_file()] or [ROOT / part]
    return [path.relative_to(ROOT).as_posix() for path in found if path.parent.name != "__pycache__"]


def test_the_wheel_holds_one_package_with_every_file_and_the_specification(wheel: Path) -> None:
    wanted = set(files_of("registration_sandbox"))
    wanted |= {f"registration_sandbox/{name}" for package in MOVED for name in files_of(package)}
    wanted |= {f"registration_sandbox/suite/{name}" for part in SUITE for name in files_of(part)}
    assert {"registration_sandbox/py.typed", "registration_sandbox/simulators/py.typed"} <= wanted
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        (entry_points,) = [name for name in held if name.endswith("entry_points.txt")]
        assert set(archive.read(entry_points).decode().splitlines()) >= ENTRY
    assert not wanted - held
    tops = {name.partition("/")[0] for name in held}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"registration_sandbox"}


def test_nothing_in_the_wheel_asks_for_a_name_that_is_only_the_checkouts(installed: Path, tmp_path: Path) -> None:
    for name in MOVED:
        (tmp_path / f"{name}.py").write_text("raise ImportError\n", "utf-8")
    program = "import sys; sys.path.insert(0, '.'); from registration_sandbox.cli import main; main(['demo'])"
    assert "Both flows are done" in run(installed / "python", "-c", program, cwd=tmp_path)


def test_the_program_runs_from_anywhere(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "sandbox", "--version", cwd=tmp_path).startswith("sandbox, version ")
    assert "Both flows are done" in run(installed / "sandbox", "demo", cwd=tmp_path)


def test_the_specification_is_played_from_anywhere(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "sandbox", "test", "--tags", "@WR-1.3", "--report", "report.html", cwd=tmp_path)
    assert "1 of 123 branches proven" in said
    assert "WR-1.3" in (tmp_path / "report.html").read_text("utf-8")


def test_the_pytest_plugin_is_there_for_another_project(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "test_theirs.py").write_text(THEIRS, "utf-8")
    assert "1 passed" in run(installed / "python", "-m", "pytest", "-p", "no:faker", cwd=tmp_path)
