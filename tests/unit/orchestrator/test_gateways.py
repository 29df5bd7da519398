"""What the middleware sends to the systems around it, and with what proof of who it is."""

import base64

from tests.unit.orchestrator.bank import EMAIL


def test_tsg_is_asked_with_the_api_key_in_both_ways(new):
    middleware = new(service_id="bank").at_sign_up()
    headers = middleware.bank.headers
    assert headers["X-API-Key"] == "tsg-key"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"bank:tsg-key").decode()
    assert middleware.bank.bodies[-1]["service_id"] == "bank"


def test_the_auth_service_is_asked_with_the_middlewares_key_and_in_the_callers_world(middleware):
    middleware.open()
    middleware.act("sign-up", via="email", contact="else@example.test")
    assert middleware.bank.headers["X-API-Key"] == "auth-key"
    assert middleware.bank.headers["baggage"] == "sandbox.world=default"
    assert middleware.bank.headers["traceparent"]


def test_a_code_is_handed_to_the_mail_gateway_once_for_each_sign_up(middleware):
    middleware.at_sign_up("email")
    [message] = middleware.bank.messages
    assert (message["to"], message["sender"], message["subject"]) == (EMAIL, "orchestrator", "Your sign-up code")
    first = middleware.bank.headers["Idempotency-Key"]
    middleware.sign_up("email")
    assert middleware.bank.headers["Idempotency-Key"] != first


def test_names_are_quoted_in_paths(middleware):
    middleware.bank.users["token-asha"] = "a/b?c d"
    middleware.open()
    assert ("auth_service", "GET", "/users/a%2Fb%3Fc%20d/devices/" + "ab" * 32) in middleware.bank.asked
