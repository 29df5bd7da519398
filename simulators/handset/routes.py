"""The calls by which a phone is bought, used, taken off the network and lost."""

from msgspec import UNSET

from simulators.handset import camera
from simulators.handset.models import (
    Connection,
    HandsetState,
    HandsetStates,
    NewHandset,
    SignUpInput,
    SignUpReport,
)
from simulators.handset.policies import HandsetPolicies
from simulators.handset.records import SignUpOrder
from simulators.handset.steps import phones, sign_up
from simulators.kit.errors import Refusal
from simulators.kit.web.api import Answer, Api
from simulators.kit.web.call import Call
from simulators.kit.web.tags import Tag

api = Api(Tag("phones", "Simulated phones with the bank's app."))


@api.operation(
    "POST", "/handsets", body=NewHandset, answer=HandsetState, status=201,
    refusals=[(400, "validation-failed"), (503, "upstream-unavailable")],
)  # fmt: skip
def post_handset(call: Call, new: NewHandset) -> HandsetState:
    """Buy a phone: it makes a key and gets its emCert from the TSG."""
    return HandsetState.of(phones.buy(call, new.os, new.model, new.owner))


@api.operation("GET", "/handsets", answer=HandsetStates)
def get_handsets(call: Call) -> HandsetStates:
    """List the phones of the world; those that are online ask the TSG whether they are registered."""
    found = phones.find_all(call)
    phones.refresh(call, found)
    return HandsetStates([HandsetState.of(handset) for handset in found])


@api.operation("GET", "/handsets/<id>", answer=HandsetState, refusals=[(404, "unknown-handset")])
def get_handset(call: Call, id: str) -> HandsetState:
    """Look at a phone; if it is online, it asks the TSG whether it is registered."""
    handset = phones.find(call, id)
    phones.refresh(call, [handset])
    return HandsetState.of(handset)


@api.operation("DELETE", "/handsets/<id>", status=204, refusals=[(404, "unknown-handset")])
def delete_handset(call: Call, id: str) -> Answer:
    """Lose a phone, and what it had queued. The TSG is not told."""
    phones.lose(call, id)
    return Answer(None, 204)


@api.operation(
    "PUT", "/handsets/<id>/offline", body=Connection, answer=HandsetState, refusals=[(404, "unknown-handset")]
)
def put_offline(call: Call, connection: Connection, id: str) -> HandsetState:
    """Take a phone off the network, or back on it; back on it, it sends what it had queued."""
    handset = phones.find(call, id)
    sign_up.set_offline(call, handset, connection.offline)
    return HandsetState.of(handset)


@api.operation(
    "POST", "/handsets/<id>/sign-up", body=SignUpInput, answer=SignUpReport, multipart="qr", also=(202,),
    secrets=["code", "credential"],
    refusals=[
        (400, "validation-failed"), (401, "proof-not-accepted"), (404, "unknown-handset"),
        (404, "sign-up-code-invalid"), (409, "sign-up-code-used"), (409, "subject-revoked"), (409, "phone-queue-full"),
        (410, "sign-up-code-expired"), (422, "qr-not-readable"), (422, "not-a-sign-up-qr"),
        (429, "too-many-attempts"), (503, "upstream-unavailable"),
    ],
)  # fmt: skip
def post_sign_up(call: Call, given: SignUpInput, id: str) -> Answer:
    """Type a sign-up code into the app, or show it a QR code; the answer is the SDK's report (step 2, Q2).

    Send JSON, or upload the QR image (PNG or JPEG) in the field ``qr`` of a multipart form. A refusal of the TSG's is
    relayed with its status, and its code in ``upstream_code``. An offline phone answers 202 and sends it later.
    """
    code, service_id = _read_code(call, given)
    handset = phones.find(call, id)
    credential = sign_up.app_credential(handset) if given.credential is UNSET else given.credential
    report = sign_up.submit(call, handset, SignUpOrder(code, service_id, credential, given.misbehave))
    return Answer(report, 202 if report.queued else 200)


def _read_code(call: Call, given: SignUpInput) -> tuple[str, str]:
    """Return the sign-up code that was typed or scanned, and the service it is for. Raises Refusal."""
    picture = call.request.files.get("qr")
    if sum(source is not None for source in (given.code, given.qr_payload, picture)) != 1:
        message = "Give exactly one of code, qr_payload, and an uploaded qr."
        raise Refusal("VALIDATION_FAILED", 400, message, field="code")
    if given.code is not None:
        typed = "".join(given.code.replace("-", "").split()).upper()
        return typed, call.world.policies(HandsetPolicies).service_id
    return camera.read_sign_up(camera.read_text(picture.read()) if picture else given.qr_payload or "")
