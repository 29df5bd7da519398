"""One page in Chromium: how it is opened, filled in, pressed and read."""

from collections.abc import Mapping
from typing import Any, ClassVar

from registration_sandbox.drivers import chromium, notices
from registration_sandbox.drivers.notices import PageNotice
from registration_sandbox.drivers.pages import PageSeen, Selector, SiteSelectors
from registration_sandbox.drivers.protocols import CannotDo, NoAnswer
from registration_sandbox.drivers.seen import NOTHING, Seen
from registration_sandbox.drivers.vocabulary import Place, Possibility, Reason

COUNT_ACTS = """
window.acts = { sent: 0, shown: 0 };
const count = (name) => (event) => { if (event.detail.requestConfig?.verb === "post") acts[name] += 1; };
addEventListener("htmx:beforeRequest", count("sent"));
addEventListener("htmx:afterSettle", count("shown"));
"""
"""Counts what a person did that htmx has sent, and has put the answer of into the page; news arrive beside that."""

COMES = """
([name, before, patience]) => new Promise((resolve) => {
  const until = performance.now() + patience;
  const look = () => {
    if (acts[name] > before || performance.now() > until) resolve(acts[name] > before);
    else setTimeout(look, 10);
  };
  look();
})"""
"""Whether a count rises within some milliseconds. Looked at by the clock: what is not drawn has no frames."""

NOTICED_MS, ANSWERED_MS = 5_000, 40_000
"""How long a press of a button may go unnoticed until it is pressed again, and its answer may take."""


class OnePage:
    """A person's page, in a profile of their own; it is opened when it is first looked at."""

    site: ClassVar[SiteSelectors] = SiteSelectors()

    def __init__(self) -> None:
        self._page: Any = None

    def prepare(self, page: Any) -> None:
        """Do what is needed once, before a page is opened."""
        page.add_init_script(COUNT_ACTS)

    def press(self, selector: Selector, what: str) -> None:
        """Press a button, and wait until the page shows what came of it. Raises NoAnswer where nothing does.

        A page that moves under the pointer does not notice a press: then it is pressed again, as a person would.
        """
        button = self.find(selector, what)
        before = self.page.evaluate("acts")
        for _ in range(2):
            button.click()
            if self.page.evaluate(COMES, ["sent", before["sent"], NOTICED_MS]):
                break
        else:
            raise NoAnswer(f"the page {self.title()!r} did not notice its {what}, pressed twice")
        if not self.page.evaluate(COMES, ["shown", before["shown"], ANSWERED_MS]):
            raise NoAnswer(f"the page {self.title()!r} showed nothing for {ANSWERED_MS // 1000} s after its {what}")

    def read_notice(self, selector: str) -> PageNotice | None:
        """Return what a notice tells; ``None`` where none is shown."""
        notice = self.page.locator(selector)
        if not notice.count():
            return None
        texts = notice.locator("> p:not(.headline):not(.why)").all_inner_texts()
        kinds = (notice.get_attribute("class") or "").split()
        title = notice.locator(".headline").inner_text()
        return PageNotice(title, " ".join(texts), tuple(notice.locator("li").all_inner_texts()), "good" in kinds)

    def settle(self) -> None:
        """Wait until a page that was opened is ready."""

    def reason_of(self, notice: PageNotice) -> Reason | None:
        """Return why a notice refuses, ``None`` where it does not. Raises UnknownWord."""
        return notices.reason_of(notice)

    def facts_of(self, notice: PageNotice) -> dict[str, Any]:
        """Return the fields of ``Seen`` that a notice fills."""
        return notices.facts_of(notice)

    @property
    def page(self) -> Any:
        """The person's page; it is opened when it is first looked at."""
        if self._page is None:
            self._page = chromium.new_context().new_page()
            self.prepare(self._page)
        return self._page

    def close(self) -> None:
        if self._page is not None:
            self._page.context.close()
            self._page = None

    def find(self, selector: Selector, what: str) -> Any:
        """Return the one visible element. Raises CannotDo where the page has none."""
        found = self.page.locator(self.require(selector, what)).first
        if not found.count() or not found.is_visible():
            raise CannotDo(f"the page {self.title()!r} has no {what}")
        return found

    def fill(self, selector: Selector, value: str, what: str) -> None:
        self.find(selector, what).fill(value)

    def choose(self, selector: Selector, value: str, what: str) -> None:
        """Choose from a list. Raises CannotDo where the page has none, or does not offer it there."""
        found = self.find(selector, what)
        if not found.locator(f"option[value={value}]").count():
            raise CannotDo(f"the page {self.title()!r} does not offer {value} as {what}")
        found.select_option(value)

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.settle()

    def require(self, selector: Selector, what: str) -> str:
        if selector is None:
            raise CannotDo(f"the pages have no {what}")
        return selector

    def unfold(self, selector: Selector) -> None:
        """Open what is folded, if it is there and closed."""
        if selector is not None:
            self.page.eval_on_selector_all(selector, "found => found.forEach(each => each.open = true)")

    def title(self) -> str:
        heading = self.page.locator(self.site.heading)
        return str(heading.inner_text()) if heading.count() else self.page.title()

    def read(
        self,
        notice: str,
        text: str,
        place: Place | None,
        possible: list[Possibility],
        known: Mapping[str, Any],
        phones: tuple[str, ...] = (),
    ) -> Seen:
        """Return what a part of the page shows, with what its notice tells."""
        told = self.read_notice(notice)
        if told is not None and not told.answered:
            return NOTHING
        reason = self.reason_of(told) if told else None
        facts = self.facts_of(told) if told else {"verbatim": False}
        return PageSeen(
            place=place,
            possible=frozenset(possible),
            reason=reason,
            registration=place is not None,
            phones=phones,
            everything=self.page.locator(text).inner_text(),
            **{**facts, **({} if reason else known)},
        )

    def find_offered(self, buttons: Mapping[Possibility, Selector]) -> list[Possibility]:
        return [act for act, button in buttons.items() if button and self.page.locator(button).count()]
