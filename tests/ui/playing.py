"""A person played by hand in the browser: what one clicks and types on the web site, on a phone, in the mail."""

from typing import Any

from tests.ui.watching import Watched


class Played:
    """A person on the stage."""

    def __init__(self, browser: Watched, name: str) -> None:
        self.page = browser.go(f"/play/{name}")
        self.name = name
        self.site, self.phone, self.inbox = (self.page.locator(f"#{id}") for id in ("site", "phone", "inbox"))

    def press(self, part: Any, words: str, *, exact: bool = False) -> None:
        part.get_by_role("button", name=words, exact=exact).first.click()

    def sees(self, words: str, part: Any = None) -> None:
        """Wait until some words are there to be read."""
        (part or self.page).get_by_text(words).first.wait_for()

    def is_on(self, title: str) -> None:
        """Wait until the web site shows the page of that title."""
        self.site.get_by_role("heading", name=title, exact=True).wait_for()

    def says_who(self, by: str = "customer number") -> None:
        self.press(self.site, by)
        self.press(self.site, "Go on")

    def uses_newest_code(self, channel: str) -> None:
        """Take over the newest code that came by a channel, as soon as it is there."""
        messages = self.inbox.locator(f".message.{channel}")
        messages.get_by_role("button", name="Type this code").first.click()

    def confirms(self, channel: str) -> None:
        """Type the newest code that came by a channel into the web site."""
        self.uses_newest_code(channel)
        self.press(self.site, "Confirm")

    def types_wrong_code(self) -> None:
        self.site.get_by_label("Code").fill("000000")
        self.press(self.site, "Confirm")

    def logs_in_to_app(self) -> None:
        self.press(self.phone, f"Fill in {self.name}'s")
        self.press(self.phone, "Log in", exact=True)

    def asks_for_code_by_mail(self) -> None:
        """Log in to the app, and ask for a sign-up code by mail."""
        self.logs_in_to_app()
        self.press(self.phone, "Send it by mail")
        self.sees("A code is in your mail", self.phone)

    def signs_up_by_mail(self) -> None:
        """Log in to the app, ask for a code by mail, and type it."""
        self.asks_for_code_by_mail()
        self.uses_newest_code("email")
        self.press(self.phone, "Send", exact=True)

    def lets_time_pass(self, words: str) -> None:
        """Let time pass in the world, and wait until it has."""
        with self.page.expect_response(lambda answer: answer.url.endswith("/time")):
            self.press(self.page, words)
