"""What a client that calls Cymmetri directly can do, in turn or not, and with which token."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from registration_sandbox.drivers.cymmetri_calls import NO_TOKEN
from registration_sandbox.drivers.vocabulary import Page, Proof, Via
from steps.support.direct_client import FORGED, LETTERS, DirectClient, Perform, with_another_signature

OTHER_USER_ID = "another.choice"


@dataclass(frozen=True)
class ClientAct:
    """Something that the client can do, and the page that it belongs to.

    ``of_a_step`` tells the right way from a wrong one; ``repeats`` whether it can be done again for an earlier page
    without using a code again.
    """

    perform: Perform
    page: Page
    of_a_step: bool = True
    repeats: bool = True


def _with_code(kind: str, channel: Via, page: Page) -> dict[str, ClientAct]:
    """Return what can be done with the code of a channel, which is a mailed or a texted one."""
    return {
        f"enter the {kind} code": ClientAct(lambda client: client.enter_code(channel), page, repeats=False),
        f"enter a wrong {kind} code": ClientAct(
            lambda client: client.enter_code(channel, rightly=False), page, of_a_step=False
        ),
        f"enter letters for the {kind} code": ClientAct(
            lambda client: client.enter_letters(channel), page, of_a_step=False, repeats=False
        ),
        f"ask for another {kind} code": ClientAct(lambda client: client.ask_for_another_code(channel), page),
    }


ACTS: Mapping[str, ClientAct] = {
    **_with_code("mailed", Via.EMAIL, Page.EMAIL_CODE),
    **_with_code("texted", Via.TEXT, Page.MOBILE_CODE),
    "ask which proofs are possible": ClientAct(DirectClient.ask_for_proofs, Page.PROOF),
    "give the details of the debit card": ClientAct(DirectClient.give_card, Page.PROOF),
    "give the details of the debit card, and its security code as well": ClientAct(
        lambda client: client.give_card_with_both_secrets(Proof.DEBIT_CARD), Page.PROOF, of_a_step=False, repeats=False
    ),
    "give the details of the credit card, and its PIN as well": ClientAct(
        lambda client: client.give_card_with_both_secrets(Proof.CREDIT_CARD), Page.PROOF, of_a_step=False, repeats=False
    ),
    "give a wrong PIN of the debit card": ClientAct(
        DirectClient.give_wrong_pin, Page.PROOF, of_a_step=False, repeats=False
    ),
    "give letters for the PIN of the debit card": ClientAct(
        lambda client: client.give_card(LETTERS), Page.PROOF, of_a_step=False, repeats=False
    ),
    "ask which user id the bank holds": ClientAct(DirectClient.ask_for_user_id, Page.USER_ID),
    "choose a user id": ClientAct(DirectClient.choose_user_id, Page.USER_ID),
    "choose another user id": ClientAct(
        lambda client: client.choose_user_id(OTHER_USER_ID), Page.USER_ID, of_a_step=False, repeats=False
    ),
    "choose a user id of one letter": ClientAct(
        lambda client: client.choose_user_id(LETTERS[:1]), Page.USER_ID, of_a_step=False, repeats=False
    ),
    "choose a password": ClientAct(DirectClient.choose_password, Page.PASSWORD),
    "choose a password that is too weak": ClientAct(
        lambda client: client.choose_password(LETTERS), Page.PASSWORD, of_a_step=False, repeats=False
    ),
    "set the password": ClientAct(DirectClient.set_password, Page.CONFIRMATION),
    "confirm the password wrongly": ClientAct(
        lambda client: client.set_password(LETTERS), Page.CONFIRMATION, of_a_step=False, repeats=False
    ),
}
"""What the client can do, as one says that it is to do it."""


def _as_done(act: str) -> str:
    """Return an act as one says that the client does it: "enters the mailed code"."""
    verb, _, rest = act.partition(" ")
    return f"{verb}s {rest}"


CLIENT_ACTS = {_as_done(name): act for name, act in ACTS.items()}


def try_everything_but(client: DirectClient, acts: Collection[str]) -> None:
    """Do out of turn what a client can do, with the token at hand."""
    client.tries = {name: client.act(act.perform) for name, act in ACTS.items() if act.of_a_step and name not in acts}


def try_everything_with(client: DirectClient, token: "TokenOf") -> None:
    """Do what a client can do, in turn or not, with another token than the one at hand."""
    client.tries = {
        name: client.act(act.perform, token(client, act)) for name, act in ACTS.items() if act.of_a_step
    }  # fmt: skip


def do_everything_again(client: DirectClient) -> None:
    """Do what belongs to the pages before this one, with the tokens for them, and with codes that were not used."""
    again = {name: act for name, act in ACTS.items() if act.repeats and act.page in client.tokens}
    client.tries = {
        name: client.act(act.perform, client.tokens[act.page])
        for name, act in again.items() if act.page is not client.page
    }  # fmt: skip


TokenOf = Callable[[DirectClient, ClientAct], str]
"""Which token the client shows for an act."""

TOKENS: Mapping[str, TokenOf] = {
    "with the token from the previous step": lambda client, _: client.calls.token,
    "with the token that it has used already": lambda client, act: client.tokens[act.page],
    "with the token from before that": lambda client, _: client.former_token,
    "without the token from the previous step": lambda *_: NO_TOKEN,
    "with a forged token": lambda *_: FORGED,
    "with a token whose signature was tampered with": lambda client, _: with_another_signature(client.calls.token),
}


LOGIN_TOKENS: Mapping[str, Callable[[DirectClient], None]] = {
    "without a token": DirectClient.show_no_token,
    "with a forged token": DirectClient.show_forged_token,
    "with a token whose signature was tampered with": DirectClient.show_tampered_token,
    "with the token that is for renewing the login": DirectClient.show_refresh_token,
}
"""What the client shows for the token of a login."""
