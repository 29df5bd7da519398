"""A credential as it is typed."""

import pytest

from registration_sandbox.cli.push import read_credential


@pytest.mark.parametrize(
    ("text", "credential"),
    [('{"a": 1}', {"a": 1}), ("abc", "abc"), ("[1]", "[1]"), ("[" * 100_000, "[" * 100_000), ('{"a":' * 100_000, None)],
    ids=["object", "text", "list", "deep list", "deep object"],
)
def test_a_credential_is_an_object_or_a_text(text, credential):
    assert read_credential(text) == (text if credential is None else credential)
