"""Web registration's calls, in the order of the document's steps. What they do is in ``steps``."""

from simulators.cymmetri import answers, models
from simulators.cymmetri.envelope import answered
from simulators.cymmetri.steps.check_identity import INVALID, check_identity
from simulators.cymmetri.steps.choose_password import set_password, validate_password
from simulators.cymmetri.steps.choose_user_id import existing_user_id, save_user_id
from simulators.cymmetri.steps.otp_steps import EMAIL, MOBILE
from simulators.cymmetri.steps.prove_by_card import authenticate_user, list_factors
from simulators.cymmetri.steps.resend_otp import resend_otp
from simulators.cymmetri.steps.verify_otp import verify_either_otp, verify_email_otp, verify_mobile_otp
from simulators.kit.api import Api
from simulators.kit.call import Call
from simulators.kit.models import Empty

BASE = "/ciamregsrvc/webRegistration"

_TOKEN = [(401, "UNAUTHORIZED"), (409, "STEP_OUT_OF_ORDER"), (423, "USER_BLOCKED")]
_OUTAGE = [(503, "UPSTREAM_UNAVAILABLE")]
_VERIFY = [*_TOKEN, (401, "INVALID_OTP"), (401, "OTP_EXPIRED")]
_RESEND = [*_TOKEN, (429, "RESEND_TOO_SOON"), (429, "RESEND_LIMIT_REACHED"), (503, "OTP_NOT_SENT")]
_NEXT_IS_MOBILE = [(409, "MOBILE_NOT_REGISTERED"), (503, "OTP_NOT_SENT")]
_IDENTITY = [
    (400, "VALIDATION_FAILED"), (403, "CUSTOMER_NOT_ELIGIBLE"), (404, "USER_NOT_FOUND"), (409, "EMAIL_NOT_REGISTERED"),
    (423, "USER_BLOCKED"), (503, "UPSTREAM_UNAVAILABLE"), (503, "OTP_NOT_SENT"),
]  # fmt: skip

api = Api()


@api.operation(
    "POST", f"{BASE}/checkIdentity", body=models.CheckIdentity, answer=answers.CheckedIdentityAnswer,
    refusals=_IDENTITY, malformed=INVALID,
)  # fmt: skip
def post_check_identity(call: Call, asked: models.CheckIdentity) -> answers.CheckedIdentityAnswer:
    """Step 1: check the identity.

    A user of Cymmetri goes on to log in; a customer of the bank gets an OTP by email and registers.
    """
    data = check_identity(call, asked)
    message = "Log in." if data.flow == "LOGIN" else "Enter the code that was mailed to you."
    return answered(call, answers.CheckedIdentityAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/VerifyEmailOtp", body=models.Otp, answer=answers.VerifiedOtpAnswer,
    refusals=[*_VERIFY, *_NEXT_IS_MOBILE],
)  # fmt: skip
def post_verify_email_otp(call: Call, said: models.Otp) -> answers.VerifiedOtpAnswer:
    """Step 2: verify the email's OTP; one goes to the mobile.

    With a mobile-stage token it verifies the mobile's OTP, as the document's page of step 4 has it (policy
    ``document_paths``).
    """
    return _verified(call, verify_email_otp(call, said.otp))


@api.operation(
    "POST", f"{BASE}/resendOtpEmail", body=Empty, answer=answers.ResentOtpAnswer, refusals=_RESEND
)  # fmt: skip
def post_resend_otp_email(call: Call, body: Empty) -> answers.ResentOtpAnswer:
    """Step 3: mail another OTP."""
    del body
    return answered(call, answers.ResentOtpAnswer, "Another code was mailed to you.", resend_otp(call, EMAIL))


@api.operation("POST", f"{BASE}/VerifyMobileOtp", body=models.Otp, answer=answers.VerifiedOtpAnswer, refusals=_VERIFY)
def post_verify_mobile_otp(call: Call, said: models.Otp) -> answers.VerifiedOtpAnswer:
    """Step 4: verify the mobile's OTP."""
    return _verified(call, verify_mobile_otp(call, said.otp))


@api.operation(
    "POST", f"{BASE}/resendOtpMobile", body=Empty, answer=answers.ResentOtpAnswer, refusals=_RESEND
)  # fmt: skip
def post_resend_otp_mobile(call: Call, body: Empty) -> answers.ResentOtpAnswer:
    """Step 5: text another OTP."""
    del body
    return answered(call, answers.ResentOtpAnswer, "Another code was sent to your mobile.", resend_otp(call, MOBILE))


@api.operation("GET", f"{BASE}/mfa/list", answer=answers.FactorsAnswer, refusals=[*_TOKEN, *_OUTAGE])
def get_mfa_list(call: Call) -> answers.FactorsAnswer:
    """Step 6: list the factors that the customer can use."""
    data = list_factors(call)
    message = "Choose how to prove who you are." if data.factors else "You have no card to use. Visit a branch."
    return answered(call, answers.FactorsAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/authenticateUser", body=models.CardDetails, answer=answers.NextStepAnswer,
    refusals=[*_TOKEN, (401, "AUTHENTICATION_FAILED"), (400, "FACTOR_NOT_AVAILABLE"), *_OUTAGE],
)  # fmt: skip
def post_authenticate_user(call: Call, said: models.CardDetails) -> answers.NextStepAnswer:
    """Step 7: authenticate with a card. Which detail was wrong is not told."""
    return answered(call, answers.NextStepAnswer, "The card was verified.", authenticate_user(call, said))


@api.operation("GET", f"{BASE}/existingUserId", answer=answers.ExistingUserIdAnswer, refusals=[*_TOKEN, *_OUTAGE])
def get_existing_user_id(call: Call) -> answers.ExistingUserIdAnswer:
    """Step 8: tell the user id that the bank holds, if any."""
    data = existing_user_id(call)
    message = "The bank holds this user id of yours." if data.userId else "The bank holds none. Choose a user id."
    return answered(call, answers.ExistingUserIdAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/saveuserid", body=models.UserId, answer=answers.SavedUserIdAnswer,
    refusals=[*_TOKEN, (409, "USER_ID_ALREADY_EXISTS"), (400, "INVALID_USER_ID"), *_OUTAGE],
)  # fmt: skip
def post_save_user_id(call: Call, said: models.UserId) -> answers.SavedUserIdAnswer:
    """Step 9: hold a user id for the customer, if it is free."""
    return answered(call, answers.SavedUserIdAnswer, "The user id is held for you.", save_user_id(call, said.userId))


@api.operation(
    "POST", f"{BASE}/validatePassword", body=models.Password, answer=answers.ValidPasswordAnswer,
    refusals=[*_TOKEN, (422, "PASSWORD_POLICY_VIOLATION")],
)  # fmt: skip
def post_validate_password(call: Call, said: models.Password) -> answers.ValidPasswordAnswer:
    """Step 10: say whether a password follows all the rules; every broken one is named."""
    data = validate_password(call, said.password)
    return answered(call, answers.ValidPasswordAnswer, "The password follows the rules.", data)


@api.operation(
    "POST", f"{BASE}/setIbPassword", body=models.ConfirmedPassword, answer=answers.ActiveUserAnswer,
    refusals=[
        *_TOKEN, (422, "PASSWORD_POLICY_VIOLATION"), (400, "PASSWORD_MISMATCH"), (409, "USER_ID_ALREADY_EXISTS"),
        *_OUTAGE,
    ],
)  # fmt: skip
def post_set_ib_password(call: Call, said: models.ConfirmedPassword) -> answers.ActiveUserAnswer:
    """Step 11: set the password; the user exists from now on."""
    return answered(call, answers.ActiveUserAnswer, "You are registered. Log in.", set_password(call, said))


@api.operation(
    "POST", "/otp/verifyOtp", body=models.Otp, answer=answers.VerifiedOtpAnswer, refusals=[*_VERIFY, *_NEXT_IS_MOBILE]
)
def post_verify_otp(call: Call, said: models.Otp) -> answers.VerifiedOtpAnswer:
    """Verify whichever OTP the token is for, as the document's page of step 2 has it (policy ``document_paths``)."""
    return _verified(call, verify_either_otp(call, said.otp))


@api.operation(
    "POST", "/ciamregsrvc/otp/verifyOtp", body=models.Otp, answer=answers.VerifiedOtpAnswer,
    refusals=[*_VERIFY, *_NEXT_IS_MOBILE],
)  # fmt: skip
def post_ciamregsrvc_verify_otp(call: Call, said: models.Otp) -> answers.VerifiedOtpAnswer:
    """Verify whichever OTP the token is for: the same call below the service's own prefix."""
    return _verified(call, verify_either_otp(call, said.otp))


def _verified(call: Call, data: models.VerifiedOtp) -> answers.VerifiedOtpAnswer:
    message = "Enter the code that was sent to your mobile." if data.maskedMobile else "The mobile was verified."
    return answered(call, answers.VerifiedOtpAnswer, message, data)
