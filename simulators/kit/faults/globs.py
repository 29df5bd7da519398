"""Globs over the paths of requests: ``*`` stands for any characters, ``?`` for one.

They are written by users and looked at in every request, so that they must be quick whatever they are: their length is
bounded, a path is matched in one pass, and few of them are remembered.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

LONGEST_GLOB = 200

_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
_ANY, _SEGMENT = "any", "segment"
"""Any character, and any but the slash: what one character of a glob, and of a path's parameter, may be."""


def matches(glob: str, path: str) -> bool:
    """Return whether a glob matches a whole path."""
    return _compile(glob).fullmatch(path) is not None


def can_match(glob: str, template: str) -> bool:
    """Return whether a glob matches any path of a template, as in ``/users/<username>``."""
    of_glob, of_template = list(_glob_tokens(glob)), list(_template_tokens(template))
    reached, seen = [(0, 0)], set()
    while reached:
        place = reached.pop()
        if place not in seen:
            seen.add(place)
            reached += _next_places(of_glob, of_template, *place)
    return (len(of_glob), len(of_template)) in seen


def nearest(glob: str, templates: Iterable[str]) -> str | None:
    """Return the glob that may have been meant, if any, where a glob matches no path of the templates."""
    templates = list(templates)
    if any(can_match(f"/{glob}", template) for template in templates):
        return f"/{glob}"
    near = get_close_matches(glob, [_PARAMETER.sub("*", template) for template in templates])
    return near[0] if near else None


Token = tuple[str, bool]
"""A character, or one of the classes; and whether it may be there any number of times, none included."""


def _glob_tokens(glob: str) -> Iterator[Token]:
    for character in glob:
        yield (_ANY, character == "*") if character in "*?" else (character, False)


def _template_tokens(template: str) -> Iterator[Token]:
    end = 0
    for parameter in _PARAMETER.finditer(template):
        yield from ((character, False) for character in template[end : parameter.start()])
        yield from ((_SEGMENT, False), (_SEGMENT, True))
        end = parameter.end()
    yield from ((character, False) for character in template[end:])


def _next_places(glob: list[Token], template: list[Token], i: int, j: int) -> Iterator[tuple[int, int]]:
    """Yield how far both can be read from here: over what need not be there, or over a character that fits both."""
    if i < len(glob) and glob[i][1]:
        yield i + 1, j
    if j < len(template) and template[j][1]:
        yield i, j + 1
    if i < len(glob) and j < len(template) and _have_in_common(glob[i][0], template[j][0]):
        yield (i if glob[i][1] else i + 1), (j if template[j][1] else j + 1)


def _have_in_common(one: str, other: str) -> bool:
    if _ANY in (one, other):
        return True
    return one == other or (_SEGMENT in (one, other) and "/" not in (one, other))


@lru_cache(maxsize=256)
def _compile(glob: str) -> re.Pattern[str]:
    first, *others = (re.escape(part).replace(r"\?", ".") for part in re.sub(r"\*+", "*", glob).split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, last = others
    # Each part is looked for once, behind the one before it: what was found is never given up again.
    return re.compile("".join([first, *(f"(?>.*?{part})" for part in middle), f".*{last}"]), re.DOTALL)
