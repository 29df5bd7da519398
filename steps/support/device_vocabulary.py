"""The features' phrases about phones, sign-up codes and pushes."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from registration_sandbox.drivers.seen import Seen
from registration_sandbox.drivers.vocabulary import Via
from steps.support.courier import Arrival
from steps.support.phone_owner import PhoneOwner
from steps.support.token_bearer import Errand

COMPLETIONS = {
    "types the sign-up code": False,
    "scans the QR code": False,
    "types the sign-up code on another phone": True,
}

PHONE_FLAWS: Mapping[str, dict[str, Any]] = {
    "on a phone that does not sign what it sends": {"misbehave": "unsigned"},
    "on a phone that signs with the key of another phone": {"misbehave": "wrong_key"},
    "on a phone that has the certificate of another issuer": {"misbehave": "foreign_emcert"},
    "and it is altered on its way": {"misbehave": "altered_body"},
    "and it is recorded and sent a second time": {"misbehave": "replay"},
}
"""What is wrong with a sign-up that a phone sends."""

CREDENTIALS: Mapping[str, dict[str, Any]] = {
    "a text as its credential": {"credential": "eyJhbGciOiJFUzI1NiJ9.app.signature"},
    "a set of values as its credential": {"credential": {"kind": "app", "claims": {"level": 3, "keys": ["a", "b"]}}},
    "an empty text as its credential": {"credential": ""},
    "an empty set of values as its credential": {"credential": {}},
    "no credential": {"credential": None},
    "a text of 65,536 bytes as its credential": {"credential": "a" * 65_534},
    "a text of 65,537 bytes as its credential": {"credential": "a" * 65_535},
    "a text of 65,536 bytes in Devanagari as its credential": {"credential": "न" * 21_844 + "aa"},
    "a text of 65,537 bytes in Devanagari as its credential": {"credential": "न" * 21_845},
}
"""What the app sends beside the sign-up code."""

EVENTS = {
    "TSG could not be reached": "tsg_unreachable",
    "the sign-up code was refused": "sign_up_refused",
    "the sign-up code was sent": "sign_up_sent",
    "the sign-up code waits for the network": "sign_up_queued",
}
"""What last happened on a phone."""

ARRIVALS: Mapping[str, Arrival] = {
    "as TSG signed it": Arrival(),
    "300 seconds after it was signed": Arrival(age=timedelta(seconds=300)),
    "301 seconds after it was signed": Arrival(age=timedelta(seconds=301)),
    "300 seconds before the time at which it was signed": Arrival(age=timedelta(seconds=-300)),
    "301 seconds before the time at which it was signed": Arrival(age=timedelta(seconds=-301)),
    "with a time that cannot be read": Arrival(headers={"webhook-timestamp": "this morning"}),
    "without its time": Arrival(headers={"webhook-timestamp": None}),
    "without its signature": Arrival(headers={"webhook-signature": None}),
    "without its signature, and with no external_reference": Arrival(
        headers={"webhook-signature": None}, data={"external_reference": None}
    ),
    "signed 301 seconds ago, and with a blank subject_id": Arrival(
        age=timedelta(seconds=301), data={"subject_id": "  "}
    ),
    "without its id": Arrival(headers={"webhook-id": None}),
    "under an id of its own": Arrival(id="msg_of_its_own"),
    "with an id other than the one signed": Arrival(headers={"webhook-id": "msg_another"}),
    "signed with another key": Arrival(secret="whsec_bm90IHRoZSBzZWNyZXQgdGhhdCBUU0cgc2lnbnMgd2l0aA=="),  # noqa: S106
    "with a signature of an unknown version": Arrival(version="v9"),
    "with a foreign signature before TSG's": Arrival(other_signature="v1,bm90IHRoZSBvbmU="),
    "with a credential other than the one signed": Arrival(altered={"credential": {"kind": "another"}}),
    "with no credential": Arrival(data={"credential": None}),
    "with a blank text as credential": Arrival(data={"credential": "  "}),
    "with an empty set of values as credential": Arrival(data={"credential": {}}),
    "with a blank subject_id": Arrival(data={"subject_id": "  "}),
    "with a number as subject_id": Arrival(data={"subject_id": 7}),
    "with a number as external_reference": Arrival(data={"external_reference": 7}),
    "with no external_reference": Arrival(data={"external_reference": None}),
    "as one about an authentication": Arrival(kind="auth"),
    "as one that does not say what it is about": Arrival(kind=None),
}
"""How a push comes that is brought by hand."""

RECEIVERS = {"the middleware": "orchestrator", "the Auth Service": "auth_service"}

SPELLINGS: Mapping[str, tuple[Via, Callable[[str], str]]] = {
    "the email address in capitals": (Via.EMAIL, str.upper),
    "the email address with spaces around it": (Via.EMAIL, "  {}  ".format),
    "the mobile number with spaces and dashes": (Via.TEXT, lambda number: f"{number[:3]} {number[3:8]}-{number[8:]}"),
    "the mobile number without its last digit": (Via.TEXT, lambda number: number[:-1]),
    "the mobile number with a wrong last digit": (Via.TEXT, lambda n: n[:-1] + str((int(n[-1]) + 1) % 10)),
    "the mobile number with another country code": (Via.TEXT, lambda number: f"+44{number[3:]}"),
    "the email address with a letter too many": (Via.EMAIL, "a{}".format),
    "the mobile number as an email address": (Via.EMAIL, lambda _: "+919999999999"),
    "an email address of 400 letters": (Via.EMAIL, lambda _: f"{'a' * 387}@example.test"),
    "a mobile number of 400 digits": (Via.TEXT, lambda _: f"+{'9' * 400}"),
    "no email address": (Via.EMAIL, lambda _: ""),
}
"""How a person writes the contact to which a sign-up code is to go."""

PHONE_ACTS: Mapping[str, Callable[[PhoneOwner], Seen]] = {
    "look at the registration": lambda owner: owner.look(),
    "look at the history": lambda owner: owner.app.see_history(),
    "ask for the phone's status": lambda owner: owner.check_phone(),
    "add the phone": lambda owner: owner.add_phone(Via.EMAIL),
    "have the phone registered": lambda owner: owner.register_phone(),
    "activate the phone": lambda owner: owner.activate_phone(),
}
"""What a person can try with the registration of a phone."""

ERRANDS: Mapping[str, Errand] = {
    "who is logged in": Errand("POST", "/auth/introspect", lambda one: {"token": one.token}),
    "whose the phone is": Errand("GET", "/devices/{phone}"),
    "to send a message": Errand(
        "POST", "/users/{user}/notifications", lambda _: {"purpose": "gift", "subject": "Hello", "body": "Call me."}
    ),
    "for the contacts": Errand("GET", "/users/{user}"),
    "whether an email address is the registered one": Errand(
        "POST", "/users/{user}/contacts/verify", lambda _: {"email": "jai@example.test"}
    ),
    "for the phones": Errand("GET", "/users/{user}/devices"),
    "for the phone": Errand("GET", "/users/{user}/devices/{phone}"),
    "to add the phone": Errand("PUT", "/users/{user}/devices/{phone}"),
    "to remove the phone": Errand("DELETE", "/users/{user}/devices/{phone}"),
}
"""What somebody asks of the Auth Service without the middleware between."""
