"""Where an exported world is written to: a file takes the place of what is there, a stream does not."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from registration_sandbox.cli.connection import Refused
from registration_sandbox.cli.snapshots import write_export
from registration_sandbox.runtime.private_files import is_stream


@pytest.mark.parametrize("directory", ["/proc/self/fd", "/dev/fd"])
def test_what_a_process_has_open_is_written_on_and_not_replaced(tmp_path: Path, directory: str) -> None:
    file = tmp_path / "output"
    with open(file, "ab") as output:
        output.write(b"before ")
        output.flush()
        write_export(Path(directory, str(output.fileno())), b"the world")
    assert file.read_bytes() == b"before the world"


def test_a_pipe_is_written_to() -> None:
    read_end, write_end = os.pipe()
    write_export(Path(f"/dev/fd/{write_end}"), b"the world")
    os.close(write_end)
    with open(read_end, "rb") as heard:
        assert heard.read() == b"the world"


@pytest.mark.parametrize(
    ("path", "expected"), [("/dev/stdout", True), ("/dev/null", True), ("/dev/shm/w.json", False), ("w.json", False)]
)
def test_a_stream_is_known_by_its_place(path: str, expected: bool) -> None:
    assert is_stream(Path(path)) == expected


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EACCES])
def test_a_file_that_cannot_be_replaced_stays_and_what_to_do_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "replace", refuse)
    file = tmp_path / "world.json"
    file.write_text("old")
    with pytest.raises(Refused, match="name one in a directory that you can write to, or /dev/stdout"):
        write_export(file, b"new")
    assert (file.read_text(), [path.name for path in tmp_path.iterdir()]) == ("old", ["world.json"])


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_export(tmp_path / "world.json", b"new")
    assert stat.S_IMODE((tmp_path / "world.json").stat().st_mode) == 0o600
