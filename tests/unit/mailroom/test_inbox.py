"""Which bodies the inbox takes for HTML."""

import time

import pytest

from simulators.mailroom.inbox import HTML


@pytest.mark.parametrize(
    "body", ["<p>Hello</p>", "<!doctype html><html>", 'Go <a href="/x">there</a>', "<a\n<br>", "<H1 >"]
)
def test_a_body_with_a_tag_is_html(body: str) -> None:
    assert HTML.search(body)


@pytest.mark.parametrize("body", ["", "Your code is 123456.", "1 < 2 > 0", "<asha@example.test>", "<a", "<pre>"])
def test_any_other_is_not(body: str) -> None:
    assert not HTML.search(body)


@pytest.mark.parametrize("body", ["<a" * 10_000, "<a " * 6_666, "<" * 20_000, "<p" + "x" * 19_998])
def test_all_bodies_that_a_page_shows_are_looked_at_at_once(body: str) -> None:
    began = time.process_time()
    for _ in range(500):
        assert not HTML.search(body)
    assert time.process_time() - began < 5
