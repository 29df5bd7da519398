"""Ports for sandboxes that are started at the same time."""

from registration_sandbox.runtime.embedded import FREE_PORTS, free_base_port
from simulators.kit.services import SERVICES

CROWDED = range(FREE_PORTS.start, FREE_PORTS.start + 400)


def test_no_port_is_given_again_to_one_who_asks_before_the_first_one_listens() -> None:
    given = [free_base_port(CROWDED) for _ in range(12)]
    ports = {base + number for base in given for number in range(len(SERVICES))}
    assert len(ports) == len(given) * len(SERVICES)
