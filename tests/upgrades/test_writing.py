"""The next migration of a package is written from what its tables now declare."""

import importlib
import shutil
from pathlib import Path

import pytest

from simulators.kit.upgrading.__main__ import write

HERE = Path(__file__).parent


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package whose tables are a step ahead of its migrations."""
    package = tmp_path / "letters"
    shutil.copytree(HERE / "letters_v1", package)
    shutil.copy(HERE / "letters_v2" / "tables.py", package)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    return "letters"


def test_a_migration_is_the_difference_to_what_the_tables_declare(letters: str) -> None:
    file = write(letters, "Keep the sender")
    assert file.name == "letters_0002_keep_the_sender.py"
    written = file.read_text("utf-8")
    compile(written, file, "exec")
    assert written.startswith('"""Keep the sender."""')
    assert "down_revision = 'letters_0001'" in written
    for change in ("add_column(sa.Column('sender'", "drop_column('body')", "create_index('letters_by_sender'"):
        assert change in written
    assert "journal" not in written
