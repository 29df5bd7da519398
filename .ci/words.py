"""Look for words that read translated: ``python .ci/words.py PATH…`` ends with 1 if it finds any of .ci/words.txt.

A path is a file or a folder, of which every text file that git knows is read, but not the pages that are made from the
code: their words are mended there. ``--count`` tells numbers by file alone.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).with_name("words.txt")
GAP = r"[\s#]+"
"""What may stand for a blank: words go on in the next line, also of a comment."""

EXAMPLES = Path("tests/unit/docs/test_words.py")
"""Has such words to be found."""

MADE = re.compile(r"^\*Made from .+ by `python -m registration_sandbox\.reference`\.\*$", re.MULTILINE)
"""What a page says that is made from the code."""

Rules = list[tuple[re.Pattern[str], str]]


def read_rules(text: str) -> Rules:
    """Return the expressions of a list, each with what to write instead."""
    lines = [line.split(" -> ") for line in text.splitlines() if line and not line.startswith("#")]
    return [(_compile(said), instead) for said, instead in lines]


def _compile(said: str) -> re.Pattern[str]:
    return re.compile(f"(?<![a-z])(?:{said.replace(' ', GAP)})(?![a-z])", re.IGNORECASE)


def find_words(text: str, rules: Rules) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the words and what to write instead, for all that the rules find in a text."""
    for pattern, instead in rules:
        for found in pattern.finditer(text):
            yield text.count("\n", 0, found.start()) + 1, " ".join(re.split(GAP, found[0])), instead


def list_files(paths: list[str]) -> list[Path]:
    """Return the files that git knows, or would add, below some paths, but those of the list itself."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *paths]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603
    found = [path for path in map(Path, names) if path.is_file() and path.parent.name != LIST.parent.name]
    return [path for path in found if path != EXAMPLES]


def main(arguments: list[str]) -> int:
    rules = read_rules(LIST.read_text("utf-8"))
    counted = "--count" in arguments
    total = 0
    for path in list_files([each for each in arguments if each != "--count"]):
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:  # no text
            continue
        found = [] if MADE.search(text) or path.suffix == ".svg" else sorted(find_words(text, rules))
        total += len(found)
        if counted and found:
            sys.stdout.write(f"{len(found):5} {path}\n")
        for line, words, instead in [] if counted else found:
            sys.stdout.write(f"{path}:{line}: {words!r}: write {instead}\n")
    if counted:
        sys.stdout.write(f"{total:5} in all\n")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
