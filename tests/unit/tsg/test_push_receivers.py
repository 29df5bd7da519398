"""Whom the sign_up push goes to, and on which hosts."""

import pytest

from simulators.kit.errors import SandboxRefusal
from simulators.tsg.policies import TsgPolicies
from simulators.tsg.push_receivers import PushReceiver, check_policies, is_allowed, receiver_of
from tests.conftest import settings_in

URL = "http://127.0.0.1:9900/tsg/push"


def test_pushes_go_to_the_service_that_the_policy_names_or_to_a_url_in_its_place():
    assert receiver_of(TsgPolicies()) == PushReceiver("middleware", "orchestrator")
    assert receiver_of(TsgPolicies(push_receiver="auth_service")) == PushReceiver("auth_service", "auth_service")
    own = TsgPolicies(push_receiver="auth_service", push_url=URL)
    assert receiver_of(own) == PushReceiver(URL, "auth_service", URL)


@pytest.mark.parametrize(
    ("url", "push_hosts", "allowed"),
    [
        (URL, (), True),
        ("http://localhost/x", (), True),
        ("http://example.test/x", (), False),
        (URL, ("example.test",), False),
        ("http://example.test/x", ("example.test",), True),
        ("http://EXAMPLE.test:81/x", ("other.test", "*.test"), True),
        ("http:///x", (), False),
    ],
)
def test_loopback_is_allowed_unless_the_operator_names_hosts(url, push_hosts, allowed, tmp_path):
    assert is_allowed(url, settings_in(tmp_path, push_hosts=push_hosts)) is allowed


def test_policies_without_a_url_or_with_one_that_is_allowed_are_let_through(tmp_path):
    settings = settings_in(tmp_path)
    check_policies(settings, TsgPolicies())
    check_policies(settings, TsgPolicies(push_url=URL))


@pytest.mark.parametrize(
    ("push_hosts", "allowed"), [((), "loopback only"), (("a.test", "*.b.test"), "a.test, *.b.test")]
)
def test_a_url_on_another_host_is_refused_with_those_there_are(push_hosts, allowed, tmp_path):
    with pytest.raises(SandboxRefusal) as refused:
        check_policies(settings_in(tmp_path, push_hosts=push_hosts), TsgPolicies(push_url="http://example.test/x"))
    refusal = refused.value
    assert (refusal.code, refusal.status, refusal.field) == ("bad-world", 400, "policies.push_url")
    assert refusal.message == (
        f"policies.push_url: its host is not among those that SANDBOX_PUSH_HOSTS allows ({allowed})."
    )


@pytest.mark.parametrize(
    "url", [URL, "https://EXAMPLE.test/X", "http://[::1]:9900/x?a=b&c=%20", "http://a:1/~x/*'()+,;"]
)
def test_a_receiver_is_named_by_any_url_of_http(url):
    assert TsgPolicies(push_url=url).push_url == url


@pytest.mark.parametrize(
    "url",
    [
        "", "127.0.0.1:9900/tsg/push", "ftp://example.test/x", "http:///x", "http://:81/x", "http://a:0/x", "http://a:b/x",
        "http://a:99999/x", "http://[::1/x", "http://example.test/gr\u00fc\u00dfe", "http://example.test/\n",
        *(f"http://example.test/x{character}" for character in ' "<>\\^`{|}@#'),
    ],
)  # fmt: skip
def test_what_is_no_url_of_a_receiver_is_refused(url):
    with pytest.raises(ValueError, match=r"^push_url must be a URL like http://127\.0\.0\.1:9900/tsg/push$"):
        TsgPolicies(push_url=url)
