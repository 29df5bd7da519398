"""A user's contacts: shown masked, and compared with a contact that is given (device registration, step 1, R1)."""

from simulators.auth_service.models import Contact, ContactVerdict, Profile
from simulators.auth_service.steps.callers import find_user_for
from simulators.auth_service.users import is_registered_email, is_registered_mobile
from simulators.kit.errors import Refusal
from simulators.kit.masking import mask_email, mask_mobile
from simulators.kit.web.api import Api
from simulators.kit.web.call import Call
from simulators.kit.web.credentials import API_KEY, API_KEY_AS_TOKEN, USER_TOKEN
from simulators.kit.web.tags import Tag

api = Api(Tag("users", "A user's registered contacts."), (USER_TOKEN, API_KEY, API_KEY_AS_TOKEN))


@api.operation(
    "GET", "/users/<username>", answer=Profile,
    refusals=[(401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND")],
)  # fmt: skip
def get_user(call: Call, username: str) -> Profile:
    """Return a user's contacts, masked."""
    user = find_user_for(call, username)
    return Profile(
        user.username,
        mask_email(user.email) if user.email else None,
        mask_mobile(user.mobile) if user.mobile else None,
    )


@api.operation(
    "POST", "/users/<username>/contacts/verify", body=Contact, answer=ContactVerdict,
    refusals=[(400, "VALIDATION_FAILED"), (401, "UNAUTHORIZED"), (403, "FORBIDDEN"), (404, "USER_NOT_FOUND")],
)  # fmt: skip
def verify_contact(call: Call, contact: Contact, username: str) -> ContactVerdict:
    """Tell whether an email (in any letter case) or a mobile (in any usual spelling) is the registered one (R1)."""
    user = find_user_for(call, username)
    if contact.email is not None and contact.mobile is None:
        by, registered = "email", is_registered_email(user, contact.email)
    elif contact.mobile is not None and contact.email is None:
        by, registered = "mobile", is_registered_mobile(user, contact.mobile)
    else:
        raise Refusal("VALIDATION_FAILED", 400, "Give exactly one of email, mobile.")
    call.decide(None, "contact.registered", username=user.username, by=by, registered=registered)
    return ContactVerdict(registered)
