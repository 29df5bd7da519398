"""Where the console's pages are: a deep link to everything that it shows."""

from urllib.parse import quote, urlencode

from simulators.kit.worlds import DEFAULT

ROOT = "/console"
WORLD = f"{ROOT}/w/<world>"
LOG_IN = f"{ROOT}/log-in"
LOG_OUT = f"{ROOT}/log-out"


def world(name: str, *parts: str, **query: str) -> str:
    """Return the address of a world's page; ``query`` members without a value are left out."""
    return _address((ROOT.strip("/"), "w", name, *parts), query)


def home() -> str:
    return world(DEFAULT)


def _address(parts: tuple[str, ...], query: dict[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return "/" + "/".join(quote(part, safe="") for part in parts) + ("?" + urlencode(given) if given else "")
