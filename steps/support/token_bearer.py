"""A logged-in user who calls the Auth Service itself, with the token of the login and no middleware between."""

from collections.abc import Callable
from dataclasses import dataclass, field

from registration_sandbox.drivers import login
from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.wire import NO_REPLY, Reply
from steps.support.bank import Bank


@dataclass(frozen=True)
class Errand:
    """A call: ``{user}`` and ``{phone}`` in its path stand for the user and the phone that it is about."""

    method: str
    path: str
    form: Callable[["TokenBearer"], dict[str, str]] | None = None


@dataclass
class TokenBearer:
    """The user and the token; ``reply`` is the Auth Service's last answer."""

    bank: Bank
    person: Person
    token: str = field(init=False)
    reply: Reply = NO_REPLY

    def __post_init__(self) -> None:
        seen, token = login.to_app(self.bank.wire, *self.person.credentials)
        assert token, f"{self.person.name} cannot log in: {seen}"
        self.token = token

    def ask(self, errand: Errand, about: Person, phone: str) -> None:
        path = errand.path.format(user=about.username, phone=phone)
        form = errand.form(self) if errand.form else None
        self.reply = self.bank.wire.ask("auth_service", errand.method, path, form, token=self.token)
        self.bank.stir()
