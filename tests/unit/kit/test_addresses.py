"""Hosts as they stand in URLs and in the Host header."""

import pytest

from simulators.kit.wire.addresses import hostname_of, is_loopback


@pytest.mark.parametrize("host", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_what_only_this_machine_reaches_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example", "notlocalhost", "10.0.0.1", "::2", "localhost..", "", "example"])
def test_other_hosts_are_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("Bank.Example:8443", "bank.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]:8800", "::1"),
        (":80", ""),
        ("[::1", ""),
    ],
)
def test_the_host_of_an_authority_is_told_without_its_port(authority: str, host: str) -> None:
    assert hostname_of(authority) == host
