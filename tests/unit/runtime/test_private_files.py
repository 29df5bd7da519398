"""Files with secrets are their owner's alone, whatever was at their place before."""

import stat
from pathlib import Path

import pytest

from registration_sandbox.runtime.private_files import write_private


def test_a_file_that_everybody_could_read_is_replaced_by_one_that_its_owner_alone_can(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text("old")
    file.chmod(0o644)
    with open(file, encoding="utf-8") as held:  # by somebody who waits for what comes
        write_private(file, b"new")
        assert held.read() == "old"
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o600)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_replaced_and_not_followed(tmp_path: Path, there: bool) -> None:
    target, link = tmp_path / "target", tmp_path / "world.json"
    if there:
        target.write_text("old")
    link.symlink_to(target)
    write_private(link, b"new")
    assert (link.is_symlink(), link.read_bytes()) == (False, b"new")
    assert target.read_text() == "old" if there else not target.exists()


def test_a_file_that_could_not_be_written_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    directory = tmp_path / "world.json"
    (directory / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_private(directory, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["world.json"]
