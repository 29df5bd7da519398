"""Web registration's calls, in the order of the document's steps. What they do is in ``steps``."""

from simulators.cymmetri import envelopes, models
from simulators.cymmetri.envelopes import wrap
from simulators.cymmetri.steps.authenticate_user import authenticate_user
from simulators.cymmetri.steps.check_identity import MALFORMED, check_identity
from simulators.cymmetri.steps.choose_password import set_password, validate_password
from simulators.cymmetri.steps.choose_user_id import existing_user_id, save_user_id
from simulators.cymmetri.steps.list_factors import list_factors
from simulators.cymmetri.steps.otp_steps import EMAIL, MOBILE
from simulators.cymmetri.steps.resend_otp import resend_otp
from simulators.cymmetri.steps.verify_otp import verify_either_otp, verify_email_otp, verify_mobile_otp
from simulators.kit.models import Empty
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import STAGED_TOKEN
from simulators.kit.web.tags import Tag

BASE = "/ciamregsrvc/webRegistration"

_TOKEN = [
    (401, "UNAUTHORIZED"), (401, "SESSION_EXPIRED"), (409, "STEP_OUT_OF_ORDER"), (423, "USER_BLOCKED"),
]  # fmt: skip
_OUTAGE = [(503, "UPSTREAM_UNAVAILABLE")]
_VERIFY = [*_TOKEN, (400, "VALIDATION_FAILED"), (401, "INVALID_OTP"), (401, "OTP_EXPIRED")]
_RESEND = [
    *_TOKEN, (400, "VALIDATION_FAILED"), (429, "RESEND_TOO_SOON"), (429, "RESEND_LIMIT_REACHED"), (503, "OTP_NOT_SENT"),
]  # fmt: skip
_NEXT_IS_MOBILE = [(409, "MOBILE_NOT_REGISTERED"), (503, "OTP_NOT_SENT")]
_IDENTITY = [
    (400, "VALIDATION_FAILED"), (403, "CUSTOMER_NOT_ELIGIBLE"), (404, "USER_NOT_FOUND"), (409, "EMAIL_NOT_REGISTERED"),
    (409, "IDENTITY_AMBIGUOUS"), (423, "USER_BLOCKED"), (429, "TOO_MANY_CODES"), (503, "UPSTREAM_UNAVAILABLE"),
    (503, "OTP_NOT_SENT"),
]  # fmt: skip

api = Api(
    Tag("web registration", "The steps of ciamregsrvc, each with the token that the step before gave."), (STAGED_TOKEN,)
)


@api.operation(
    "POST", f"{BASE}/checkIdentity", body=models.CheckIdentity, answer=envelopes.CheckedIdentityAnswer,
    refusals=_IDENTITY, malformed=MALFORMED, security=(),
)  # fmt: skip
def post_check_identity(call: Call, asked: models.CheckIdentity) -> envelopes.CheckedIdentityAnswer:
    """Step 1: check the identity.

    A user of Cymmetri goes on to log in; a customer of the bank gets an OTP by email and registers.
    """
    data = check_identity(call, asked)
    message = "Log in." if data.flow == "LOGIN" else "Enter the code that was mailed to you."
    return wrap(call, envelopes.CheckedIdentityAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/VerifyEmailOtp", body=models.Otp, answer=envelopes.VerifiedOtpAnswer,
    refusals=[*_VERIFY, *_NEXT_IS_MOBILE],
)  # fmt: skip
def post_verify_email_otp(call: Call, given: models.Otp) -> envelopes.VerifiedOtpAnswer:
    """Step 2: verify the email's OTP; one goes to the mobile.

    With a mobile-stage token it verifies the mobile's OTP, as the document's page of step 4 has it (policy
    ``document_paths``).
    """
    return _make_verified_answer(call, verify_email_otp(call, given.otp))


@api.operation(
    "POST", f"{BASE}/resendOtpEmail", body=Empty, answer=envelopes.ResentOtpAnswer,
    refusals=[*_RESEND, (409, "EMAIL_NOT_REGISTERED")],
)  # fmt: skip
def post_resend_otp_email(call: Call, body: Empty) -> envelopes.ResentOtpAnswer:
    """Step 3: mail another OTP."""
    del body
    return wrap(call, envelopes.ResentOtpAnswer, "Another code was mailed to you.", resend_otp(call, EMAIL))


@api.operation("POST", f"{BASE}/VerifyMobileOtp", body=models.Otp, answer=envelopes.VerifiedOtpAnswer, refusals=_VERIFY)
def post_verify_mobile_otp(call: Call, given: models.Otp) -> envelopes.VerifiedOtpAnswer:
    """Step 4: verify the mobile's OTP."""
    return _make_verified_answer(call, verify_mobile_otp(call, given.otp))


@api.operation(
    "POST", f"{BASE}/resendOtpMobile", body=Empty, answer=envelopes.ResentOtpAnswer,
    refusals=[*_RESEND, (409, "MOBILE_NOT_REGISTERED")],
)  # fmt: skip
def post_resend_otp_mobile(call: Call, body: Empty) -> envelopes.ResentOtpAnswer:
    """Step 5: text another OTP."""
    del body
    return wrap(call, envelopes.ResentOtpAnswer, "Another code was sent to your mobile.", resend_otp(call, MOBILE))


@api.operation("GET", f"{BASE}/mfa/list", answer=envelopes.FactorsAnswer, refusals=[*_TOKEN, *_OUTAGE])
def get_mfa_list(call: Call) -> envelopes.FactorsAnswer:
    """Step 6: list the factors that the customer can use."""
    data = list_factors(call)
    message = "Choose how to prove who you are." if data.factors else "You have no card to use. Visit a branch."
    return wrap(call, envelopes.FactorsAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/authenticateUser", body=models.CardDetails, answer=envelopes.NextStepAnswer,
    refusals=[
        *_TOKEN, (400, "VALIDATION_FAILED"), (401, "AUTHENTICATION_FAILED"), (400, "FACTOR_NOT_AVAILABLE"), *_OUTAGE,
    ],
)  # fmt: skip
def post_authenticate_user(call: Call, given: models.CardDetails) -> envelopes.NextStepAnswer:
    """Step 7: authenticate with a card. Which detail was wrong is not told."""
    return wrap(call, envelopes.NextStepAnswer, "The card was verified.", authenticate_user(call, given))


@api.operation("GET", f"{BASE}/existingUserId", answer=envelopes.ExistingUserIdAnswer, refusals=[*_TOKEN, *_OUTAGE])
def get_existing_user_id(call: Call) -> envelopes.ExistingUserIdAnswer:
    """Step 8: return the user id that the bank holds, if any."""
    data = existing_user_id(call)
    message = "The bank holds this user id of yours." if data.userId else "The bank holds none. Choose a user id."
    return wrap(call, envelopes.ExistingUserIdAnswer, message, data)


@api.operation(
    "POST", f"{BASE}/saveuserid", body=models.UserId, answer=envelopes.SavedUserIdAnswer,
    refusals=[
        *_TOKEN, (400, "VALIDATION_FAILED"), (409, "USER_ID_ALREADY_EXISTS"), (400, "INVALID_USER_ID"), *_OUTAGE,
    ],
)  # fmt: skip
def post_save_user_id(call: Call, given: models.UserId) -> envelopes.SavedUserIdAnswer:
    """Step 9: hold a user id for the customer, if it is free."""
    return wrap(call, envelopes.SavedUserIdAnswer, "The user id is held for you.", save_user_id(call, given.userId))


@api.operation(
    "POST", f"{BASE}/validatePassword", body=models.Password, answer=envelopes.ValidPasswordAnswer,
    refusals=[*_TOKEN, (400, "VALIDATION_FAILED"), (422, "PASSWORD_POLICY_VIOLATION")],
)  # fmt: skip
def post_validate_password(call: Call, given: models.Password) -> envelopes.ValidPasswordAnswer:
    """Step 10: tell whether a password follows all the rules; every broken one is named."""
    data = validate_password(call, given.password)
    return wrap(call, envelopes.ValidPasswordAnswer, "The password follows the rules.", data)


@api.operation(
    "POST", f"{BASE}/setIbPassword", body=models.ConfirmedPassword, answer=envelopes.ActiveUserAnswer,
    refusals=[
        *_TOKEN, (400, "VALIDATION_FAILED"), (422, "PASSWORD_POLICY_VIOLATION"), (400, "PASSWORD_MISMATCH"),
        (409, "USER_ID_ALREADY_EXISTS"), *_OUTAGE,
    ],
)  # fmt: skip
def post_set_ib_password(call: Call, given: models.ConfirmedPassword) -> envelopes.ActiveUserAnswer:
    """Step 11: set the password; the user exists from now on."""
    return wrap(call, envelopes.ActiveUserAnswer, "You are registered. Log in.", set_password(call, given))


@api.operation(
    "POST", "/otp/verifyOtp", body=models.Otp, answer=envelopes.VerifiedOtpAnswer, refusals=[*_VERIFY, *_NEXT_IS_MOBILE]
)
def post_verify_otp(call: Call, given: models.Otp) -> envelopes.VerifiedOtpAnswer:
    """Verify whichever OTP the token is for, as the document's page of step 2 has it (policy ``document_paths``)."""
    return _make_verified_answer(call, verify_either_otp(call, given.otp))


@api.operation(
    "POST", "/ciamregsrvc/otp/verifyOtp", body=models.Otp, answer=envelopes.VerifiedOtpAnswer,
    refusals=[*_VERIFY, *_NEXT_IS_MOBILE],
)  # fmt: skip
def post_ciamregsrvc_verify_otp(call: Call, given: models.Otp) -> envelopes.VerifiedOtpAnswer:
    """Verify whichever OTP the token is for: the same call below the service's own prefix."""
    return _make_verified_answer(call, verify_either_otp(call, given.otp))


def _make_verified_answer(call: Call, data: models.VerifiedOtp) -> envelopes.VerifiedOtpAnswer:
    message = "Enter the code that was sent to your mobile." if data.maskedMobile else "The mobile was verified."
    return wrap(call, envelopes.VerifiedOtpAnswer, message, data)
