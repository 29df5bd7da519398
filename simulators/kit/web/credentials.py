"""The credentials that operations ask for, as OpenAPI's security schemes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Credential:
    """A way to show who calls: its name in an OpenAPI document, and its security scheme there."""

    name: str
    scheme: Mapping[str, str] = field(hash=False)


def _bearer(name: str, description: str) -> Credential:
    return Credential(name, {"type": "http", "scheme": "bearer", "description": description})


def _header(name: str, header: str, description: str) -> Credential:
    return Credential(name, {"type": "apiKey", "in": "header", "name": header, "description": description})


NONE = Credential("", {})
"""No credential: beside others it says that the operation can do without them."""

USER_TOKEN = _bearer("userToken", "The token of a logged-in user, from the Auth Service's POST /auth/login.")
STAGED_TOKEN = _bearer(
    "stagedToken", "The token in the answer to the step before; it opens just the next step's calls."
)
LOGIN_TOKEN = _bearer("loginToken", "The token in the answer to POST /ciamauthsrvc/login.")
API_KEY = _header(
    "apiKey", "X-API-Key", "The key of the institution; GET /_sandbox/credentials of the base port has it."
)
API_KEY_AS_TOKEN = _bearer("apiKeyAsToken", "The institution's API key, as a bearer token.")
BASIC = Credential(
    "basic",
    {
        "type": "http",
        "scheme": "basic",
        "description": "The institution's API key as password, with any user name, in worlds with the policy "
        "tsg.auth: basic.",
    },
)
PHONE_SIGNATURE = _header("phoneSignature", "Signature", "The phone's signature over the request (RFC 9421).")
PUSH_SIGNATURE = _header("pushSignature", "webhook-signature", "The TSG's signature over the push (Standard Webhooks).")
ADMIN_TOKEN = _bearer("adminToken", "The sandbox's admin token (SANDBOX_ADMIN_TOKEN), where one is set.")
