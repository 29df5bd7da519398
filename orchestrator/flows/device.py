"""Device registration (documents/device_registration.md), as data."""

from orchestrator.flows import device_activate, device_register, device_status
from orchestrator.flows.device_sign_up import SignUp, sign_up
from orchestrator.flows.model import Action, Flow, Question
from simulators.kit.models import Empty

NOT_FOUND, IN_PROGRESS, SIGNED_UP, REGISTERED, ACTIVE = STATUSES = (
    "Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate",
)  # fmt: skip

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
        Question("How is a sign-up code made, and how long does it hold?",
                 ("orchestrator.sign_up",), "as the policy says", "length, characters and lifetime can be set"),
    ),
)  # fmt: skip

AUTOMATIC = (
    (IN_PROGRESS, SIGNED_UP, "push (2 complete sign-up)"),
    (IN_PROGRESS, NOT_FOUND, "the code lapses"),
)
"""Moves that no action of the user's makes."""
