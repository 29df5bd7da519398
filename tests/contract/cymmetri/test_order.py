"""Each step is entered from its own step only, whatever stage a registration is at and whatever token comes."""

import pytest

from tests.contract.cymmetri.rig import DEBIT, NO_CODE, PASSWORD, Cymmetri

STAGES = ("at_email", "at_mobile", "at_card", "at_user_id", "at_password", "at_set", "completed")
BOTH = {"password": PASSWORD, "confirmPassword": PASSWORD}
OPERATIONS = {
    "VerifyEmailOtp": ({"otp": NO_CODE}, "POST", ("at_email",)),
    "resendOtpEmail": ({}, "POST", ("at_email",)),
    "VerifyMobileOtp": ({"otp": NO_CODE}, "POST", ("at_mobile",)),
    "resendOtpMobile": ({}, "POST", ("at_mobile",)),
    "mfa/list": (None, "GET", ("at_card",)),
    "authenticateUser": (DEBIT, "POST", ("at_card",)),
    "existingUserId": (None, "GET", ("at_user_id", "at_password", "at_set")),
    "saveuserid": ({"userId": "sunrise"}, "POST", ("at_user_id", "at_password", "at_set")),
    "validatePassword": ({"password": PASSWORD}, "POST", ("at_password", "at_set")),
    "setIbPassword": (BOTH, "POST", ("at_set",)),
}
BRANCHES = {"VerifyEmailOtp": "WR-2.6", "setIbPassword": "WR-11.4"}


def brought_to(cymmetri, stage):
    """Return the token of a registration that was brought to a stage."""
    if stage != "completed":
        return getattr(cymmetri, stage)()
    token = cymmetri.at_set()
    cymmetri.set_password(token)
    return token


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_step_is_entered_from_its_own_step_only(settings, operation, stage):
    cymmetri = Cymmetri(settings, {"document_paths": False})
    token = brought_to(cymmetri, stage)
    body, method, entered_from = OPERATIONS[operation]
    asked, sent, users = len(cymmetri.bank.asked), len(cymmetri.post.messages), len(cymmetri.accounts)
    reply = cymmetri.call(operation, body, token, method)
    if stage in entered_from:
        assert reply.reason != "STEP_OUT_OF_ORDER"
        return
    assert (reply.status, reply.reason) == (409, "STEP_OUT_OF_ORDER")
    expected = BRANCHES.get(operation, "")
    if operation == "VerifyMobileOtp" and stage == "at_email":
        expected = "WR-4.6"
    if operation == "setIbPassword" and stage == "completed":
        expected = ""
    assert reply.branches == expected
    assert (len(cymmetri.bank.asked), len(cymmetri.post.messages), len(cymmetri.accounts)) == (asked, sent, users)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("token", ["none", "forged", "of another world", "superseded", "a login's"])
def test_no_other_token_opens_a_step(settings, operation, token):
    cymmetri = Cymmetri(settings)
    body, method, entered_from = OPERATIONS[operation]
    own = brought_to(cymmetri, entered_from[0])
    if token == "superseded":
        cymmetri.check()
    if token == "of another world":
        cymmetri.put_world(world="other")
        other = cymmetri.call("/w/other/ciamregsrvc/webRegistration/checkIdentity",
                              {"deviceId": "d", "type": "CIF", "id": "100000001"}).token  # fmt: skip
    tokens = {
        "none": lambda: None,
        "forged": lambda: own[:-3] + ("AAA" if own[-3:] != "AAA" else "BBB"),
        "of another world": lambda: other,
        "superseded": lambda: own,
        "a login's": lambda: cymmetri.log_in("Chitra.K", "Gr4nite#oak").token,
    }
    asked, sent = len(cymmetri.bank.asked), len(cymmetri.post.messages)
    reply = cymmetri.call(operation, body, tokens[token](), method)
    assert (reply.status, reply.reason) == (401, "UNAUTHORIZED")
    assert (len(cymmetri.bank.asked), len(cymmetri.post.messages)) == (asked, sent)
