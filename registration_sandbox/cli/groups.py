"""Groups of commands that know what was meant when a name is misspelt."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean x?"`` when something known is near to ``name``, in whatever letter case, else nothing."""
    spelt = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold(), spelt, n=1, cutoff=0.5)
    return f" Did you mean {spelt[near[0]]}?" if near else ""


class Group(click.Group):
    """A group that says which command a misspelt one is near to."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        known = self.list_commands(ctx)
        name = args[0]
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No such command {name!r}.{did_you_mean(name, known)}")
        return super().resolve_command(ctx, args)


class Choice(click.Choice[str]):
    """A choice that says which of its words a misspelt one is near to."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"{super().get_invalid_choice_message(value, ctx)}{did_you_mean(str(value), self.choices)}"
