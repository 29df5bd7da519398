"""The peers to compare with: each installed once, at a fixed version, into a directory of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

from bench.rounds import Unavailable

HOME = Path(__file__).parent / ".peers"
INSTALL_LIMIT = 600.0

MOUNTEBANK = "mountebank"
MOCKOON = "@mockoon/cli"
JSON_SERVER = "json-server"
MOTO = "moto"

VERSIONS = {MOUNTEBANK: "2.9.1", MOCKOON: "9.9.0", JSON_SERVER: "0.17.4", MOTO: "5.2.5"}


def npm_program(package: str, program: str) -> list[str]:
    """Return the command that runs a package's program, installed by npm if need be. Raises Unavailable."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise Unavailable(f"{package}: npm or node is not installed")
    home = _home(package)
    found = home / "node_modules" / ".bin" / program
    if not found.exists():
        wanted = f"{package}@{VERSIONS[package]}"
        _install(package, home, [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", wanted])
    return [node, str(found.resolve())]


def python_program(package: str, extra: str, program: str) -> list[str]:
    """Return the command that runs a package's program, installed in a virtual environment. Raises Unavailable."""
    home = _home(package)
    found = home / "bin" / program
    if not found.exists():
        wanted = f"{package}[{extra}]=={VERSIONS[package]}"
        _install(package, home, [sys.executable, "-m", "venv", str(home)])
        _install(package, home, [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", wanted])
    return [str(found)]


def _home(package: str) -> Path:
    return HOME / f"{package.replace('/', '-').lstrip('@')}-{VERSIONS[package]}"


def _install(package: str, home: Path, command: list[str]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_LIMIT)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines() or ["no reason given"]
        raise Unavailable(f"{package} cannot be installed: {said[-1]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{package} cannot be installed: {error}") from error
