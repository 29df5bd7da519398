"""The institution's authentication at the TSG: by API key, or by HTTP Basic (RFC 7617), as the policy says."""

import hmac

from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.tsg.policies import TsgPolicies


def check_institution(call: Call) -> None:
    """Refuse a call that is not the institution's. Raises Refusal (``UNAUTHORIZED``, 401).

    Where mTLS is required, a client's certificate is wanted beside the key.

    The password of HTTP Basic is the API key; no document names a user name, so any will do.
    """
    if call.settings.mtls == "required" and call.certificate is None:
        message = "Present the institution's client certificate in the TLS handshake (SANDBOX_MTLS=required)."
        raise Refusal("UNAUTHORIZED", 401, message)
    key = call.settings.credentials["tsg_api_key"]
    if call.world.policies(TsgPolicies).auth == "api_key":
        if not call.has_key(key):
            message = "Send the institution's API key (SANDBOX_TSG_API_KEY) as X-API-Key or as a bearer token."
            raise Refusal("UNAUTHORIZED", 401, message, headers={"WWW-Authenticate": "Bearer"})
        return
    given = call.request.authorization
    password = given.password if given is not None and given.type == "basic" else None
    if password is None or not hmac.compare_digest(password.encode(), key.encode()):
        message = "Send the institution's API key (SANDBOX_TSG_API_KEY) as the password of HTTP Basic."
        raise Refusal("UNAUTHORIZED", 401, message, headers={"WWW-Authenticate": 'Basic realm="TSG"'})
