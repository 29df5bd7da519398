"""What the answers of Cymmetri stand for, where it names no branch or sends no message: the real one does neither."""

BRANCH_OF = {
    ("checkIdentity", "LOGIN"): "WR-1.1", ("checkIdentity", "REGISTRATION"): "WR-1.2",
    ("checkIdentity", "USER_NOT_FOUND"): "WR-1.3", ("checkIdentity", "USER_BLOCKED"): "WR-1.4",
    ("checkIdentity", "UPSTREAM_UNAVAILABLE"): "WR-1.5", ("checkIdentity", "VALIDATION_FAILED"): "WR-1.6",
    ("checkIdentity", "EMAIL_NOT_REGISTERED"): "WR-1.7", ("checkIdentity", "OTP_NOT_SENT"): "WR-1.8",
    ("checkIdentity", "CUSTOMER_NOT_ELIGIBLE"): "WR-1.9", ("checkIdentity", "TOO_MANY_CODES"): "WR-1.11",
    ("checkIdentity", "IDENTITY_AMBIGUOUS"): "WR-1.12",
    ("VerifyEmailOtp", ""): "WR-2.1", ("VerifyEmailOtp", "INVALID_OTP"): "WR-2.2",
    ("VerifyEmailOtp", "USER_BLOCKED"): "WR-2.3", ("VerifyEmailOtp", "OTP_EXPIRED"): "WR-2.4",
    ("VerifyEmailOtp", "UNAUTHORIZED"): "WR-2.6", ("VerifyEmailOtp", "STEP_OUT_OF_ORDER"): "WR-2.6",
    ("VerifyEmailOtp", "MOBILE_NOT_REGISTERED"): "WR-2.8", ("VerifyEmailOtp", "VALIDATION_FAILED"): "WR-2.9",
    ("VerifyEmailOtp", "SESSION_EXPIRED"): "WR-2.10", ("VerifyEmailOtp", "CONTACT_CHANGED"): "WR-2.11",
    ("resendOtpEmail", ""): "WR-3.1", ("resendOtpEmail", "RESEND_TOO_SOON"): "WR-3.2",
    ("resendOtpEmail", "RESEND_LIMIT_REACHED"): "WR-3.3", ("resendOtpEmail", "USER_BLOCKED"): "WR-3.5",
    ("VerifyMobileOtp", ""): "WR-4.1", ("VerifyMobileOtp", "INVALID_OTP"): "WR-4.2",
    ("VerifyMobileOtp", "USER_BLOCKED"): "WR-4.3", ("VerifyMobileOtp", "OTP_EXPIRED"): "WR-4.4",
    ("VerifyMobileOtp", "STEP_OUT_OF_ORDER"): "WR-4.6", ("VerifyMobileOtp", "VALIDATION_FAILED"): "WR-4.8",
    ("VerifyMobileOtp", "SESSION_EXPIRED"): "WR-4.9", ("VerifyMobileOtp", "CONTACT_CHANGED"): "WR-4.10",
    ("resendOtpMobile", ""): "WR-5.1", ("resendOtpMobile", "RESEND_TOO_SOON"): "WR-5.2",
    ("resendOtpMobile", "RESEND_LIMIT_REACHED"): "WR-5.3", ("resendOtpMobile", "USER_BLOCKED"): "WR-5.5",
    ("mfa/list", ""): "WR-6.1", ("mfa/list", "UPSTREAM_UNAVAILABLE"): "WR-6.3", ("mfa/list", "USER_BLOCKED"): "WR-6.4",
    ("authenticateUser", "AUTHENTICATION_FAILED"): "WR-7.3", ("authenticateUser", "USER_BLOCKED"): "WR-7.4",
    ("authenticateUser", "FACTOR_NOT_AVAILABLE"): "WR-7.5", ("authenticateUser", "UPSTREAM_UNAVAILABLE"): "WR-7.7",
    ("authenticateUser", "VALIDATION_FAILED"): "WR-7.9",
    ("existingUserId", "UPSTREAM_UNAVAILABLE"): "WR-8.3",
    ("saveuserid", ""): "WR-9.1", ("saveuserid", "USER_ID_ALREADY_EXISTS"): "WR-9.2",
    ("saveuserid", "INVALID_USER_ID"): "WR-9.3", ("saveuserid", "UPSTREAM_UNAVAILABLE"): "WR-9.5",
    ("validatePassword", ""): "WR-10.1", ("validatePassword", "PASSWORD_POLICY_VIOLATION"): "WR-10.2",
    ("setIbPassword", ""): "WR-11.1", ("setIbPassword", "PASSWORD_POLICY_VIOLATION"): "WR-11.2",
    ("setIbPassword", "PASSWORD_MISMATCH"): "WR-11.3", ("setIbPassword", "STEP_OUT_OF_ORDER"): "WR-11.4",
    ("setIbPassword", "USER_ID_ALREADY_EXISTS"): "WR-11.5",
}  # fmt: skip
"""The branch that an answer stands for where Cymmetri, being the real one, does not name it."""

OF_EVERY_STEP = ("UNAUTHORIZED", "SESSION_EXPIRED", "STEP_OUT_OF_ORDER", "USER_BLOCKED")
"""For what every step may be refused that a staged token leads to."""

OF_NO_BRANCH = {
    "VerifyEmailOtp": ("OTP_NOT_SENT",),
    "resendOtpEmail": ("EMAIL_NOT_REGISTERED", "OTP_NOT_SENT"),
    "resendOtpMobile": ("MOBILE_NOT_REGISTERED", "OTP_NOT_SENT"),
}
"""What else an operation may be refused for; the branch that it stands for is told with the answer."""

MESSAGE_OF = {
    "WR-1.1": "Log in.", "WR-1.2": "Enter the code that was mailed to you.",
    "WR-2.1": "Enter the code that was sent to your mobile.", "WR-3.1": "Another code was mailed to you.",
    "WR-4.1": "The mobile was verified.", "WR-5.1": "Another code was sent to your mobile.",
    "WR-6.1": "Choose how to prove who you are.", "WR-6.2": "You have no card to use. Visit a branch.",
    "WR-7.1": "The card was verified.", "WR-7.2": "The card was verified.",
    "WR-8.1": "The bank holds this user id of yours.", "WR-8.2": "The bank holds none. Choose a user id.",
    "WR-9.1": "The user id is held for you.", "WR-9.4": "The user id is held for you.",
    "WR-10.1": "The password follows the rules.", "WR-11.1": "You are registered. Log in.",
}  # fmt: skip
"""What the customer is told of a success where Cymmetri sends no message."""


def list_reasons(operation: str) -> list[str]:
    """Return the reasons for which a step's operation may be refused, each once."""
    of_branches = (reason for each, reason in BRANCH_OF if each == operation and reason)
    return list(dict.fromkeys([*OF_EVERY_STEP, *of_branches, *OF_NO_BRANCH.get(operation, ())]))


def list_expected(operation: str) -> set[str]:
    """Return the reasons that an operation is known to be refused for, and its branches."""
    return {known for (each, reason), branch in BRANCH_OF.items() if each == operation for known in (reason, branch)}
