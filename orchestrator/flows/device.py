"""Device registration (documents/device_registration.md), as data."""

from orchestrator.flows import device_activate, device_register, device_status
from orchestrator.flows.device_sign_up import SignUp, sign_up
from orchestrator.flows.device_statuses import ACTIVE, IN_PROGRESS, NOT_FOUND, REGISTERED, SIGNED_UP, STATUSES
from orchestrator.flows.model import Action, Flow, Question
from simulators.kit.models import Empty

DEVICE = Flow(
    name="device",
    title="Device registration",
    document="documents/device_registration.md",
    statuses=STATUSES,
    starts_in=(NOT_FOUND, REGISTERED, ACTIVE),
    actions=(
        Action("sign-up", "1 sign up", "Ask for a sign-up code",
               (NOT_FOUND, IN_PROGRESS), (IN_PROGRESS, NOT_FOUND), SignUp, sign_up),
        Action("register", "3 register on TSG", "Register the device (the middleware does it by itself)",
               (SIGNED_UP,), (REGISTERED, NOT_FOUND), Empty, device_register.register, early="DR-3.2"),
        Action("activate", "4 add to Auth Service", "Add the device to the account",
               (REGISTERED,), (ACTIVE, NOT_FOUND), Empty, device_activate.activate),
        Action("check", "0 device status", "Ask for the device's status again",
               STATUSES, (NOT_FOUND, REGISTERED, ACTIVE), Empty, device_status.check),
    ),
    questions=(
        Question("Who receives the TSG's sign_up push (\"Auth Service?? or Middleware??\")?",
                 ("tsg.push_receiver",), "the middleware", "the Auth Service"),
        Question("R2.2 says \"success case of R3.1\" and P3.2 \"on success of P4.1\": there are no such steps",
                 (), "read as R2.1 and P3.1", "-"),
        Question("Step 0 asks with the username, a password that is struck out, and the emCertID",
                 (), "the password is not sent again", "-"),
        Question("How is a sign-up code made, and how long is it valid?",
                 ("orchestrator.sign_up",), "as the policy says", "length, characters and lifetime can be set"),
        Question("How does the bank learn of a completed sign-up?",
                 ("tsg.completion",), "the TSG pushes", "the bank polls the TSG; both"),
        Question("Must a completed sign-up carry a credential?",
                 ("orchestrator.credential",), "yes", "it may be left out, as in the app SDK"),
        Question("How many devices may a user have?",
                 ("auth_service.max_devices",), "as many as the policy says", "any number"),
        Question("How long is a user logged in, and in how many places?",
                 ("auth_service.token_lifetime", "auth_service.sessions", "auth_service.idle"),
                 "for the token's lifetime, in any number of places",
                 "a login ends the one before; one that is not used ends"),
    ),
)  # fmt: skip

AUTOMATIC = (
    (IN_PROGRESS, SIGNED_UP, "push or poll (2 complete sign-up)"),
    (IN_PROGRESS, NOT_FOUND, "the code lapses"),
)
"""Moves that no action of the user's makes."""
