"""A part of many, as the command line takes it: the second of three is ``2/3``."""

from contextlib import suppress
from typing import Any

import click


class Part(click.ParamType[tuple[int, int]]):
    """``i/n``: the i-th of n parts, from 1."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        number, _, of = str(value).partition("/")
        with suppress(ValueError):
            if 1 <= int(number) <= int(of):
                return int(number), int(of)
        self.fail(f"{value!r} is no part; write 2/3 for the second of three.", param, ctx)
