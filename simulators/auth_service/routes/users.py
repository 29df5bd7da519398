"""What the Auth Service tells of a user: masked contacts, and whether a contact is the registered one."""

from simulators.auth_service.models import Contact, ContactVerdict, Profile
from simulators.auth_service.routes.callers import user_for
from simulators.auth_service.users import is_registered_email, is_registered_mobile
from simulators.kit.api import Api
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.masking import masked_email, masked_mobile

api = Api()


@api.operation(
    "GET", "/users/<username>", answer=Profile,
    refusals=[(401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND")],
)  # fmt: skip
def get_user(call: Call, username: str) -> Profile:
    """Tell a user's contacts, masked."""
    user = user_for(call, username)
    return Profile(
        user.username,
        masked_email(user.email) if user.email else None,
        masked_mobile(user.mobile) if user.mobile else None,
    )


@api.operation(
    "POST", "/users/<username>/contacts/verify", body=Contact, answer=ContactVerdict,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND")],
)  # fmt: skip
def verify_contact(call: Call, contact: Contact, username: str) -> ContactVerdict:
    """Tell whether an email (in any letter case) or a mobile (in any usual spelling) is the registered one (R1)."""
    user = user_for(call, username)
    if contact.email is not None and contact.mobile is None:
        by, registered = "email", is_registered_email(user, contact.email)
    elif contact.mobile is not None and contact.email is None:
        by, registered = "mobile", is_registered_mobile(user, contact.mobile)
    else:
        raise Refusal("VALIDATION_FAILED", 400, "Give exactly one of email, mobile.")
    call.decide(None, "contact.registered", username=user.username, by=by, registered=registered)
    return ContactVerdict(registered)
