"""Where the console's pages are: a deep link to everything that it shows."""

from urllib.parse import quote, urlencode

from simulators.kit.world_names import DEFAULT

ROOT = "/console"
WORLD = f"{ROOT}/w/<world>"
LOG_IN = f"{ROOT}/log-in"
LOG_OUT = f"{ROOT}/log-out"


def world(name: str, *parts: str, **query: str) -> str:
    """Return the address of a world's page; ``query`` members without a value are left out."""
    return _address((ROOT.strip("/"), "w", name, *parts), query)


def quote_part(text: str) -> str:
    """Return a text as one part of a path."""
    return quote(text, safe="")


def own_page(address: str) -> str:
    """Return an address if it is a page of the console, else an empty one: never another site's."""
    is_own = address.startswith(f"{ROOT}/") and "\\" not in address and address.isprintable()
    return address if is_own else ""


def home(**query: str) -> str:
    return world(DEFAULT, **query)


def _address(parts: tuple[str, ...], query: dict[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return "/" + "/".join(quote_part(part) for part in parts) + ("?" + urlencode(given) if given else "")
