"""Web registration (documents/web_registration.md): the eleven steps of Cymmetri's ciamregsrvc, as data."""

from typing import Annotated

from msgspec import Struct

from orchestrator.flows import web_steps as steps
from orchestrator.flows.model import Action, Flow, Question
from orchestrator.state import STATUSES
from simulators.kit.models import Empty, assumed, published

DOCUMENT = "documents/web_registration.md"


class Otp(Struct):
    """An OTP as the customer types it."""

    otp: Annotated[str, published]


class Card(Struct):
    """Card details: ``pin`` for a debit card, ``cvv`` for a credit card; ``expiry`` is MMYY."""

    mfaType: Annotated[str, published]
    cardLast4: Annotated[str, assumed]
    expiry: Annotated[str, assumed]
    pin: Annotated[str | None, assumed] = None
    cvv: Annotated[str | None, assumed] = None


class UserId(Struct):
    """The user id that the customer wants."""

    userId: Annotated[str, published]


class Password(Struct):
    """The password that the customer wants."""

    password: Annotated[str, published]


class ConfirmedPassword(Struct):
    """The password, typed twice."""

    password: Annotated[str, published]
    confirmPassword: Annotated[str, published]


CHOOSING = ("Authenticated", "User_Id_Saved", "Password_Validated")
"""The statuses in which the user id can be chosen, or another one: until the password is set."""

WEB = Flow(
    name="web",
    title="Web registration",
    document=DOCUMENT,
    statuses=STATUSES["web"],
    starts_in=("Login_Required", "Email_Otp_Sent"),
    actions=(
        Action("verify-email-otp", "2 VerifyEmailOtp", "Enter the email code",
               ("Email_Otp_Sent",), ("Mobile_Otp_Sent", "Blocked"), Otp, steps.verify_email_otp),
        Action("resend-email-otp", "3 resendOtpEmail", "Ask for another email code",
               ("Email_Otp_Sent",), ("Email_Otp_Sent", "Blocked"), Empty, steps.resend_email_otp),
        Action("verify-mobile-otp", "4 VerifyMobileOtp", "Enter the mobile code",
               ("Mobile_Otp_Sent",), ("Mobile_Verified", "Blocked"), Otp, steps.verify_mobile_otp),
        Action("resend-mobile-otp", "5 resendOtpMobile", "Ask for another mobile code",
               ("Mobile_Otp_Sent",), ("Mobile_Otp_Sent", "Blocked"), Empty, steps.resend_mobile_otp),
        Action("list-factors", "6 mfa/list", "See how you can prove who you are",
               ("Mobile_Verified",), ("Mobile_Verified", "Blocked"), Empty, steps.list_factors),
        Action("authenticate", "7 authenticateUser", "Give the details of a card",
               ("Mobile_Verified",), ("Authenticated", "Blocked"), Card, steps.authenticate),
        Action("existing-user-id", "8 existingUserId", "See the user id that the bank holds",
               CHOOSING, (*CHOOSING, "Blocked"), Empty, steps.existing_user_id),
        Action("save-user-id", "9 saveuserid", "Choose a user id",
               CHOOSING, ("User_Id_Saved", "Blocked"), UserId, steps.save_user_id),
        Action("validate-password", "10 validatePassword", "Try a password against the rules",
               ("User_Id_Saved", "Password_Validated"), ("Password_Validated", "Blocked"), Password,
               steps.validate_password),
        Action("set-password", "11 setIbPassword", "Set the password",
               ("Password_Validated",), ("Registered", "Authenticated", "Blocked"), ConfirmedPassword,
               steps.set_password),
    ),
    questions=(
        Question("VerifyMobileOtp's page embeds VerifyEmailOtp's definition, VerifyEmailOtp's page /otp/verifyOtp: "
                 "which path verifies which OTP?",
                 ("cymmetri.document_paths",), "all three verify", "each path verifies its own OTP only"),
        Question("How many attempts are there, and how long is a block?",
                 ("cymmetri.otp.max_attempts", "cymmetri.card.max_attempts", "cymmetri.block"),
                 "a few attempts, then a block that ends by itself", "any number; a permanent block"),
        Question("Does a resend reset the count of wrong attempts?",
                 ("cymmetri.otp.resend_resets_attempts",), "no", "yes"),
        Question("Which HTTP status has a business error?",
                 ("cymmetri.errors_as_200",), "4xx", "200 with success: false"),
        Question("How long is an OTP, how long is it valid, how often is it sent again?",
                 ("cymmetri.otp",), "as the policy says", "all can be set"),
        Question("How many old passwords are refused? Is a validated password the only one that can be set?",
                 ("cymmetri.password.history", "cymmetri.password.must_be_validated_one"),
                 "the last few; no, the policy is checked again", "both can be set"),
        Question("How many codes may a customer be sent, however often they begin again?",
                 ("cymmetri.otp.max_sent", "cymmetri.otp.max_sent_window"), "a few in a day", "any number"),
        Question("May minors register online?", ("cymmetri.min_age",), "not before they are of age", "at any age"),
        Question("What if the text that was typed cannot be a code?",
                 ("cymmetri.otp.count_malformed",), "it is refused and not counted", "it counts as a wrong code"),
        Question("What does an installation of Cymmetri say otherwise?",
                 ("cymmetri.wire",), "nothing", "a wire profile, shipped or of your own"),
    ),
)  # fmt: skip
