"""The rules of paths."""

import pytest
from werkzeug.routing import BuildError, Map, Rule

from simulators.kit.web.routes import Route

PATHS = ["/", "/messages", "/cbs/customers/<cif>/cards", "/docs/<digest>/<path:name>", "/pages/<int:number>"]
VALUES = [
    {},
    {"limit": 3},
    {"cif": "C 1/2?", "q": "é"},
    {"digest": "a%b", "name": "x/y z"},
    {"number": 7, "q": ["1", "2"]},
]


def map_of(rule: type[Rule]) -> Map:
    return Map([rule(path, endpoint=str(number)) for number, path in enumerate(PATHS)])


@pytest.mark.parametrize("append_unknown", [True, False])
@pytest.mark.parametrize("number", range(len(PATHS)))
def test_urls_are_built_as_by_werkzeugs_own_rules(number, append_unknown):
    ours, theirs = (map_of(rule).bind("bank.example", "/w/a") for rule in (Route, Rule))
    for _ in range(2):
        built = ours.build(str(number), VALUES[number], append_unknown=append_unknown)
        assert built == theirs.build(str(number), VALUES[number], append_unknown=append_unknown)


def test_a_url_that_cannot_be_built_is_refused_as_by_werkzeugs_own_rules():
    with pytest.raises(BuildError):
        map_of(Route).bind("bank.example").build("2", {})
