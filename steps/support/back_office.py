"""The bank's back office: it changes what core banking holds of a customer, also while a registration is under way."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from registration_sandbox.drivers.people import Person
from registration_sandbox.drivers.vocabulary import Proof, Via
from steps.observers.mailbox import Mailbox
from steps.support.bank import Bank

CARD_TYPES = {Proof.DEBIT_CARD: "DEBIT", Proof.CREDIT_CARD: "CREDIT"}
NEW_PIN = "470815"
FIELDS: dict[Via, Literal["email", "mobile"]] = {Via.EMAIL: "email", Via.TEXT: "mobile"}


@dataclass
class BackOffice:
    """What the back office does about one customer; ``former`` are the mailboxes of the contacts it has changed."""

    bank: Bank
    person: Person
    former: dict[Via, Mailbox] = field(default_factory=dict)

    def change_contact(self, via: Via, contact: str | None) -> None:
        """Change a contact, or take it away. Where it is ``auto``, one is made up."""
        mailbox = self.bank.actor(Mailbox, self.person.name)
        self.former[via] = mailbox.at(via, mailbox.address(via))
        self._change(**{FIELDS[via]: contact})

    def change_contact_in_cymmetri(self, via: Via) -> None:
        """Change a contact in Cymmetri as well, which then tells it of the user."""
        self.change_contact(via, "auto")
        told = {
            "userId": self.person.username,
            "cif": self.person.cif,
            "email": self.person.email,
            "mobile": self.person.mobile,
        }
        userinfo = {"service": "cymmetri", "path": "/ciamauthsrvc/userinfo"}
        self.bank.harm({**userinfo, "effect": {"status": 200, "body": told}})

    def change_expiry(self, kind: Proof, last_month: date) -> None:
        """Change the last month of the cards of a kind."""
        self._change_cards(kind, expiry=f"{last_month:%m%y}")

    def hotlist(self, kind: Proof) -> None:
        """Hotlist the cards of a kind."""
        self._change_cards(kind, status="hotlisted")

    def renew_pin(self, kind: Proof) -> None:
        """Have core banking give the cards of a kind another PIN, and leave all else of them as it is."""
        customers = self.bank.list_customers()
        held = next(each for each in customers if each["cif"] == self.person.cif)["cards"]
        meant = [card["cardId"] for card in held if card["type"] == CARD_TYPES[kind]]
        changed = [{"cardId": card["cardId"], **({"pin": NEW_PIN} if card["cardId"] in meant else {})} for card in held]
        self.bank.change_customer(self.person.cif, {"cards": changed})
        for card in self.person.cards:
            if card.type == CARD_TYPES[kind]:
                card.pin = NEW_PIN

    def give_card_that_ends_alike(self) -> None:
        """Give the customer another debit card, whose number has the last four digits of the first."""
        first = next(card.number for card in self.person.cards if card.type == "DEBIT")
        alike = f"{first[:-5]}{(int(first[-5]) + 1) % 10}{first[-4:]}"
        self._change(
            cards=[{"number": card.number} for card in self.person.cards] + [{"type": "DEBIT", "number": alike}]
        )

    def give_user_id(self, user_id: str) -> None:
        """Have core banking hold a user id for the customer."""
        made = self.bank.persona(self.person.name)
        kept = {key: made[key] for key in ("cif", "legalName", "email", "mobile", "dateOfBirth", "status")}
        self.bank.admit({**kept, "userId": user_id, "cards": [_as_issued(card) for card in made["cards"]]})

    def _change_cards(self, kind: Proof, **changed: str) -> None:
        cards = [
            {"number": card.number, **(changed if card.type == CARD_TYPES[kind] else {})} for card in self.person.cards
        ]
        self._change(cards=cards)

    def _change(self, **changed: Any) -> None:
        after = Person.of(self.bank.change_person(self.person.name, changed))
        self.person.email, self.person.mobile, self.person.cards = after.email, after.mobile, after.cards


def _as_issued(card: dict[str, str]) -> dict[str, str]:
    """Return a card of a persona as core banking takes one in."""
    details = {name: value for name, value in card.items() if name != "last4"}
    return {"cardId": f"card-{card['number']}", **details}
