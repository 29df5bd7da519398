"""Settings that can have no effect, or another than meant, are refused: which, what is wrong, what to write."""

import codecs

import pytest

from registration_sandbox.runtime.embedded import control_plane_url, urls_beside
from registration_sandbox.runtime.settings import SECRETS_FILE, plan
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.services import SERVICES

BAD_URLS = [
    *[(url, ", which has a query") for url in ("http://h/?q=1", "http://h?")],
    ("http://h/#f", ", which has a fragment"),
    *[(url, ", whose port is not valid") for url in ("http://h:0", "http://h:", "http://h,http://i")],
    *[
        (f"http://{host}", ", whose host is not valid")
        for host in ("h..x", "-h", "*", "300.1.1.1", "[::1%25eth0]", "/x")
    ],
    *[(url, "") for url in ("http://h\\x", "http://h:65536", "http://[::1", "h:80", "//h")],
]


@pytest.mark.parametrize(("url", "flaw"), BAD_URLS)
@pytest.mark.parametrize("name", ["SANDBOX_CBS_URL", "SANDBOX_ORCHESTRATOR_URL"])
def test_a_url_of_a_service_to_which_no_path_can_be_added_is_refused(tmp_path, name, url, flaw):
    with pytest.raises(BadSetting) as bad:
        plan(data_dir=tmp_path, environment={name: url})
    shown = url.replace(":p@", ":***@")
    assert str(bad.value) == f"{name} is {shown!r}{flaw}; it must be a URL like http://127.0.0.1:9000."


@pytest.mark.parametrize(("url", "flaw"), BAD_URLS)
def test_clients_refuse_such_a_url_too(url, flaw):
    with pytest.raises(BadSetting, match="SANDBOX_URL is "):
        control_plane_url({"SANDBOX_URL": url})
    with pytest.raises(BadSetting, match="SANDBOX_TSG_URL is "):
        urls_beside("http://127.0.0.1:8800", {"SANDBOX_TSG_URL": url})


@pytest.mark.parametrize(
    "url",
    ["http://h", "https://h.example.:65535/bank/", "http://[::1]:1", "http://auth_service:8803", "HTTP://10.0.0.1"],
)
def test_a_url_may_have_a_port_and_a_path(tmp_path, url):
    assert plan(data_dir=tmp_path, environment={"SANDBOX_CBS_URL": url}).settings.url("cbs") == url.rstrip("/")


WRONG = [
    *[("SANDBOX_SMTP_IN", text) for text in ("yes", "true", "2", "on", "2525")],
    *[("SANDBOX_SMTP_URL", f"smtp://{text}") for text in ("h/x", "u:p@h", "h?x", "h#x", "h..x", "h:0")],
    *[("SANDBOX_OTLP_ENDPOINT", text) for text, _ in BAD_URLS],
    *[(name, text) for name in ("SANDBOX_UNDO_TTL", "SANDBOX_WORLD_TTL")
      for text in ("P0D", "-P1D", "P3651D", "P800000D", f"P{'9' * 5000}D", "7")],
    *[(name, "9" * 5000) for name in ("SANDBOX_WORKERS", "SANDBOX_BASE_PORT", "SANDBOX_TRUST_FORWARDED")],
    *[("SANDBOX_HOST", text) for text in ("a b", "http://127.0.0.1", "127.0.0.1:80", "[::1]", "127.0.0.1/8", "*")],
    *[(name, text) for name in ("SANDBOX_ALLOWED_HOSTS", "SANDBOX_PUSH_HOSTS")
      for text in ("a:80", "1.2.3.4:80", "a..b", "-a", "999.1.1.1", "::::", "10.0.0.0/8", "*.a:80")],
    *[("SANDBOX_CORS_ORIGINS", text) for text in (
        "http://a:65536", "http://a:0", "http://a:99999", "http://a..b", "http://a:80", "https://a:443", "http://a:08",
        "https://-", "http://[zz]", "http://[::1]:80",
    )],
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_setting_that_would_have_no_effect_is_refused_by_its_name(tmp_path, name, text):
    with pytest.raises(BadSetting, match=rf"^{name} (is|has) .*; it must be "):
        plan(data_dir=tmp_path, environment={name: text})


RIGHT = [
    ("SANDBOX_SMTP_IN", "0"), ("SANDBOX_SMTP_IN", ""), ("SANDBOX_SMTP_URL", "smtp://mail:1025/"), ("SANDBOX_HOST", ""),
    ("SANDBOX_HOST", "::1"), ("SANDBOX_UNDO_TTL", "P3650D"), ("SANDBOX_WORLD_TTL", "never"),
    ("SANDBOX_ALLOWED_HOSTS", "::1,10.0.0.1,*.a.example,auth_service"),
    ("SANDBOX_CORS_ORIGINS", "http://a:443,https://a:80,http://[::1]:65535"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_setting_that_can_be_used_is_taken(tmp_path, name, text):
    assert not plan(data_dir=tmp_path, environment={name: text}).takes_mail


def test_mail_needs_a_port_of_its_own(tmp_path):
    highest = 65535 - len(SERVICES) + 1
    assert plan(data_dir=tmp_path, base_port=highest, environment={}).base_port == highest
    with pytest.raises(BadSetting, match=f"leaves no room for {len(SERVICES) + 1} ports"):
        plan(data_dir=tmp_path, base_port=highest, environment={"SANDBOX_SMTP_IN": "1"})


def test_secrets_that_an_editor_has_put_a_byte_order_mark_before_are_read(tmp_path):
    key = plan(data_dir=tmp_path, environment={}).settings.credentials["tsg_api_key"]
    file = tmp_path / SECRETS_FILE
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes())
    assert plan(data_dir=tmp_path, environment={}).settings.credentials["tsg_api_key"] == key
