"""A minimal middleware of one's own in the orchestrator's place: it knows the bank's systems by URLs and keys."""

import os
from typing import Any
from uuid import uuid4

import requests
from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

CONTROL_PLANE = os.environ.get("SANDBOX_CONTROL_PLANE", "http://127.0.0.1:8800")
SERVICE_ID = "registration-sandbox"
NAME = {"User-Agent": "sandbox-middleware/1"}
"""So the journal and the sequence diagrams have our calls as those of ``middleware``."""

TIMEOUT = 5

app = Flask(__name__)
phones: dict[str, dict[str, Any]] = {}
"""What became of each phone, by the external_reference of its sign-up. A middleware that is not minimal has a store."""

credentials = requests.get(f"{CONTROL_PLANE}/_sandbox/credentials", timeout=TIMEOUT).json()
services = requests.get(f"{CONTROL_PLANE}/_sandbox/services", timeout=TIMEOUT).json()["services"]
urls = {each["service"]: each["url"] for each in services}


def ask(service: str, path: str, body: dict[str, Any], **headers: str) -> requests.Response:
    """Call one of the bank's systems, in the world that our caller named: its ``baggage`` is passed on."""
    carried = {**NAME, "baggage": request.headers.get("baggage", ""), **headers}
    return requests.post(urls[service] + path, json=body, headers=carried, timeout=TIMEOUT)


def ask_tsg(path: str, **body: Any) -> requests.Response:
    body["service_id"] = SERVICE_ID
    return ask("tsg", path, body, Authorization=f"Bearer {credentials['SANDBOX_TSG_API_KEY']}")


@app.post("/visits")
def begin_visit() -> Any:
    """Step 1 of web registration: ask Cymmetri who this is, and pass on what it says."""
    answer = ask("cymmetri", "/ciamregsrvc/webRegistration/checkIdentity", request.get_json(), tenant="bank")
    return answer.json(), answer.status_code


@app.post("/phones")
def add_phone() -> Any:
    """Step 1 of device registration: ask the TSG for a sign-up code that is linked to our reference."""
    reference = uuid4().hex
    answer = ask_tsg("/tsg/sign_up", external_reference=reference)
    if not answer.ok:
        return {"reason": answer.json()}, 503
    phones[reference] = {"status": "Sign_Up_In_Progress"}
    return {"reference": reference, "code": answer.json()["sign_up_code"]}, 201


@app.get("/phones/<reference>")
def tell_phone(reference: str) -> Any:
    return phones.get(reference) or ({"reason": "unknown"}, 404)


@app.post("/tsg/push")
def take_push() -> Any:
    """Steps 2 and 3: the TSG pushes that the code was used; the phone is registered by its subject_id."""
    try:
        push = Webhook(credentials["SANDBOX_TSG_PUSH_SECRET"]).verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError as untrusted:
        return {"reason": str(untrusted)}, 401
    known = phones.get(push["data"]["external_reference"])
    if known is None:
        return {"reason": "unknown external_reference"}, 404
    registered = ask_tsg("/tsg/register", subject_id=push["data"]["subject_id"])
    if not registered.ok:
        return {"reason": registered.json()}, 503  # the TSG will push again
    known.update(status="Register_Complete", subject_id=push["data"]["subject_id"])
    return {}, 200
