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
_STARS = re.compile(r"\*+")


def matches(glob: str, path: str) -> bool:
    """Return whether a glob matches a whole path."""
    return _compile(glob).fullmatch(path) is not None


def can_match(glob: str, template: str) -> bool:
    """Return whether a glob matches any path of a template, as in ``/users/<username>``.

    All that a world has are checked in one request, so that each is read but once along with the template. A set of
    places in the glob is a number: its bit i stands for the place before character i.
    """
    glob = _STARS.sub("*", glob)
    places: dict[str, int] = {}
    for i, character in enumerate(glob):
        places[character] = places.get(character, 0) | 1 << i
    end = 1 << len(glob)
    stars, no_slashes = places.get("*", 0), end - 1 & ~places.get("/", 0)

    def read(reached: int, fitting: int) -> int:
        """Return the places reached by one more character, which is any of those that are ``fitting``."""
        fitting &= reached
        return _over_stars(fitting & stars | (fitting & ~stars) << 1, stars)

    reached = _over_stars(1, stars)
    for one in _characters_of(template):
        if one is not None:
            reached = read(reached, places.get(one, 0) | stars | places.get("?", 0))
            continue
        reached = read(reached, no_slashes)
        while (more := reached | read(reached, no_slashes)) != reached:
            reached = more
    return bool(reached & end)


def nearest(glob: str, templates: Iterable[str]) -> str | None:
    """Return the glob that may have been meant, if any, where a glob matches no path of the templates."""
    templates = list(templates)
    if any(can_match(f"/{glob}", template) for template in templates):
        return f"/{glob}"
    near = get_close_matches(glob, [_PARAMETER.sub("*", template) for template in templates])
    return near[0] if near else None


def _over_stars(reached: int, stars: int) -> int:
    """Return the places and those behind the stars there, which may stand for nothing."""
    return reached | (reached & stars) << 1


def _characters_of(template: str) -> Iterator[str | None]:
    """Yield a template's characters; None stands for a parameter, which is one or more of any but the slash."""
    end = 0
    for parameter in _PARAMETER.finditer(template):
        yield from template[end : parameter.start()]
        yield None
        end = parameter.end()
    yield from template[end:]


@lru_cache(maxsize=256)
def _compile(glob: str) -> re.Pattern[str]:
    first, *others = (re.escape(part).replace(r"\?", ".") for part in _STARS.sub("*", glob).split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, last = others
    # Each part is looked for once, behind the one before it: what was found is never given up again.
    return re.compile("".join([first, *(f"(?>.*?{part})" for part in middle), f".*{last}"]), re.DOTALL)
