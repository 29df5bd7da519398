"""How the journal names who asks."""

import pytest

from simulators.kit.web.call import caller_of


@pytest.mark.parametrize(
    ("user_agent", "caller"),
    [
        ("sandbox-tsg/0.1.0", "tsg"), ("sandbox-client/1", "client"), ("", "client"), (" /1", "client"),
        ("Acme Middleware/4.2", "Acme"), ("node", "node"), ("okhttp/4.12.0", "okhttp"),
        ("Mozilla/5.0 (X11)", "browser"), ("Mozillian/1", "Mozillian"), ("x" * 500, "x" * 40), ("Käse/1", "K"),
        ("a<script>", "a"),
    ],
)  # fmt: skip
def test_a_caller_is_named_by_the_first_product_of_its_user_agent(user_agent: str, caller: str) -> None:
    assert caller_of(user_agent) == caller
