"""Sign-up codes: issued, voided and looked up for the institution (device registration, steps 1 and 2)."""

from datetime import timedelta

from simulators.kit.errors import Refusal
from simulators.kit.work import Work
from simulators.tsg import sign_up_codes, tables
from simulators.tsg.models import Complexity, NewSignUp
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.records import SignUpCode

MOST_DRAWS = 100
"""How often a code is drawn before the TSG says that none is left; fewer than one in ten are free by then."""


def issue(work: Work, new: NewSignUp) -> SignUpCode:
    """Issue a code that is linked to the institution's external_reference (P1.1).

    Raises Refusal: ``VALIDATION_FAILED`` (400), ``NO_CODE_AVAILABLE`` (503).
    """
    policy = work.world.policies(TsgPolicies).sign_up_code
    wanted = new.complexity or Complexity()
    form = sign_up_codes.form(policy, wanted.length, wanted.charset)
    lifetime = policy.lifetime if new.expires_in is None else timedelta(seconds=new.expires_in)
    number = work.tx.next("sign_up")
    code = SignUpCode(
        number=number,
        code=_draw_free_code(work, form, number),
        service_id=new.service_id,
        external_reference=new.external_reference,
        status="UNCLAIMED",
        expires_at=work.now + lifetime,
    )
    work.tx.insert(tables.sign_up_codes, code)
    return code


def void(work: Work, text: str) -> None:
    """Void a code, so that no phone can use it any more; a code that a phone has used stays used.

    Raises Refusal (``SIGN_UP_CODE_NOT_FOUND``, 404).
    """
    code = work.tx.first(tables.latest_code, SignUpCode, code=text)
    if code is None:
        raise Refusal("SIGN_UP_CODE_NOT_FOUND", 404, "There is no such sign-up code.")
    work.decide(None, "sign_up_code.voided", status=code.status)
    if code.status == "UNCLAIMED":
        code.status = "VOID"
        work.tx.update(tables.sign_up_codes, code)


def find_by_reference(work: Work, service_id: str, external_reference: str) -> SignUpCode:
    """Return the latest code that the institution has linked to a reference. Raises Refusal (404)."""
    code = work.tx.first(
        tables.latest_code_of_reference, SignUpCode, service_id=service_id, external_reference=external_reference
    )
    if code is None:
        message = "No sign-up code of this service was issued with this external_reference."
        raise Refusal("SIGN_UP_NOT_FOUND", 404, message, field="external_reference")
    work.decide(None, "sign_up.polled", status=code.status)
    return code


def _draw_free_code(work: Work, form: sign_up_codes.Form, number: int) -> str:
    """Draw a code that stands for no other sign-up that has not expired, not even for a used or void one.

    Who still holds that other code must not come to use or to void this one. Raises Refusal (``NO_CODE_AVAILABLE``).
    """
    for draw in range(MOST_DRAWS):
        code = sign_up_codes.draw_code(work.world.seed, form, number, draw)
        other = work.tx.first(tables.latest_code, SignUpCode, code=code)
        if other is None or other.expires_at <= work.now:
            return code
    message = "Nearly all codes of this length are in use. Ask for a longer one, or wait until some have expired."
    raise Refusal("NO_CODE_AVAILABLE", 503, message)
