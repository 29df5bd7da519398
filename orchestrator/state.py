"""What a registration remembers of its flow from one step to the next."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

FlowName = Literal["web", "device"]

STATUSES: dict[FlowName, tuple[str, ...]] = {
    "web": (
        "Login_Required", "Email_Otp_Sent", "Mobile_Otp_Sent", "Mobile_Verified", "Authenticated", "User_Id_Saved",
        "Password_Validated", "Registered", "Blocked",
    ),
    "device": ("Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete", "Device_Activate"),
}  # fmt: skip
"""What a registration of each flow can be, in the flow's order; the device's as its document spells them."""

Via = Literal["email", "sms", "qr"]


LONGEST_QR_PAYLOAD = 2000
"""Bytes of a QR code's text; one that can be read with some of it spoilt (level M) holds 2,331."""


def check_qr_payload(text: str) -> None:
    """Raise ValueError for a text that no QR code holds."""
    if len(text.encode()) > LONGEST_QR_PAYLOAD:
        raise ValueError(f"qr_payload has more than {LONGEST_QR_PAYLOAD} bytes, which no QR code holds")


class WebState(Struct, tag_field="flow", tag="web"):
    """Of a web registration: Cymmetri's token for the next step, where there is one.

    ``unconfirmed`` is a token with which a call was made whose answer never came, ``spent`` one that is known to be
    used up without another in its place; neither says anything of another token.
    """

    token: str | None = None
    unconfirmed: str | None = None
    spent: str | None = None


class SignUpAttempt(Struct):
    """A sign-up that can be completed: the ``number``-th of its registration, known to the TSG by its reference.

    It lapses at ``expires_at``. ``qr_payload`` is the text of its QR image, once there is a code.
    """

    external_reference: str
    number: Annotated[int, Meta(ge=0)]
    via: Via
    expires_at: datetime
    qr_payload: str | None = None

    def __post_init__(self) -> None:
        check_qr_payload(self.qr_payload or "")


class DeviceState(Struct, tag_field="flow", tag="device"):
    """Of a device registration.

    ``codes`` are the sign-up codes that may still be live, with their expiry. ``subject_id`` is what the TSG calls the
    device once it has signed up. ``register_tried`` says that the TSG has been asked to register it; ``activation`` is
    the number of the activation that was asked for, until its answer comes.
    """

    em_cert_id: str
    sign_up: SignUpAttempt | None = None
    codes: dict[str, datetime] = {}
    subject_id: str | None = None
    register_tried: bool = False
    activation: int | None = None


State = WebState | DeviceState
