"""The rules by which a service finds the view of a path."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class Route(Rule):
    """A rule that makes what builds URLs of it when a URL is first built.

    Werkzeug compiles two functions for it with each rule. They are most of what a rule takes, some three hundred rules
    are made at a start, and nothing here builds URLs by them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compile_now(append_unknown)(rule, **values)

        return build
