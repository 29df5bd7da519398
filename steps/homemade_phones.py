"""What a phone that a tester has made sends to TSG, and whether TSG believes that it is that phone."""

from datetime import timedelta

from registration_sandbox.drivers.vocabulary import Reason
from registration_sandbox.drivers.words import PHONE_REASONS, reason_of
from steps.support.homemade_phone import HomemadePhone, Manner, request_certificate
from steps.support.sentences import Context, step, then, when


@when("a phone asks TSG for a certificate of {request:CertificateRequest}")
def asks_for_certificate(context: Context, request: bytes) -> None:
    context.reply = request_certificate(context.bank, request)


@then("TSG certifies the key")
def certifies(context: Context) -> None:
    assert not context.reply.refused, f"TSG answers {context.reply}"


@then("TSG does not certify the key")
def does_not_certify(context: Context) -> None:
    assert context.reply.refused, f"TSG answers {context.reply}"


@step("a tester's own phone sends TSG a sign-up code that is signed {manner:Manner}")
def sends_code(context: Context, manner: Manner) -> None:
    context.homemade = HomemadePhone.make(context.bank)
    context.reply = context.homemade.send_code(manner)


@when("what the phone has sent is sent again after {duration:Duration}")
def is_sent_again(context: Context, duration: timedelta) -> None:
    assert is_believed(context), f"TSG answers {context.reply}"
    context.bank.pass_time(duration)
    context.reply = context.homemade.send_again()


@then("TSG believes the phone")
def believes(context: Context) -> None:
    assert is_believed(context), f"TSG answers {context.reply}"


@then("TSG does not believe the phone")
def does_not_believe(context: Context) -> None:
    assert not is_believed(context), f"TSG answers {context.reply}"


def is_believed(context: Context) -> bool:
    """Tell whether TSG has gone on to the code, which is wrong, or has not even believed the phone."""
    reason = reason_of(context.reply, PHONE_REASONS)
    assert reason in (Reason.WRONG_SIGN_UP_CODE, Reason.PHONE_NOT_PROVEN), f"TSG answers {context.reply}"
    return reason is Reason.WRONG_SIGN_UP_CODE
