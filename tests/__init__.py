"""Tests of the sandbox; what they share asserts too, and is to tell as fully what it found."""

from pathlib import Path

import pytest

pytest.register_assert_rewrite(*(f"tests.{each.parent.name}" for each in Path(__file__).parent.glob("*/__init__.py")))
