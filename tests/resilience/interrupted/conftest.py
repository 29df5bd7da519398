"""Sandboxes that end with their test, and disks that are small or cannot be written to."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port, start

Up = Callable[..., RunningSandbox]
Disk = Callable[[int], Path]


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    """Start a sandbox of the test's own; whatever still runs at the end is killed."""
    with ExitStack() as running:

        def begin(data_dir: Path | None = None, base_port: int | None = None, **options: Any) -> RunningSandbox:
            sandbox = start(data_dir or tmp_path / "data", base_port or free_base_port(), **options)
            running.callback(sandbox.kill)
            return sandbox

        yield begin


@pytest.fixture
def disk(require: Callable[[str, bool, str], None], tmp_path: Path) -> Iterator[Disk]:
    """Make a disk of so many bytes, in memory, and return where it is."""
    require("small-disk", os.geteuid() == 0, "only root can mount one")
    with ExitStack() as mounted:

        def make(size: int) -> Path:
            place = tmp_path / "disk"
            place.mkdir()
            command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            require("small-disk", done.returncode == 0, f"none can be mounted here: {done.stderr.strip()}")
            mounted.callback(subprocess.run, ["umount", "--lazy", place], check=True)
            return place

        yield make
