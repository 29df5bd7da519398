"""Device registration against its table while services are killed: nothing is lost, nothing is done or told twice."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from registration_sandbox.client import Unexpected
from registration_sandbox.runtime.embedded import free_base_port
from simulators.kit import clock
from tests.system.device.bank import Registration
from tests.system.end_to_end.fleet import Fleet
from tests.system.property.device_machine import VIA, DeviceMachine
from tests.system.property.table import profile

pytestmark = pytest.mark.thorough


VICTIMS = ("orchestrator", "tsg", "auth_service", "mailroom", "handset")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    started = Fleet(tmp_path_factory.mktemp("fleet"), free_base_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


class KilledMachine(DeviceMachine):
    """Users go on while one of the services is dead, or dies in the middle of what they asked for."""

    fleet: ClassVar[Fleet]

    @rule(data=st.data(), via=VIA, victim=st.sampled_from(VICTIMS))
    def goes_on_while_a_service_is_dead(self, data: st.DataObject, via: str, victim: str) -> None:
        registration = self._drawn(data)
        self.fleet.kill(victim)
        self._tries_to_go_on(registration, via)
        self._is_up_again(victim)

    @rule(data=st.data(), via=VIA, victim=st.sampled_from(VICTIMS), after=st.integers(0, 60))
    def goes_on_while_a_service_dies(self, data: st.DataObject, via: str, victim: str, after: int) -> None:
        registration = self._drawn(data)
        with ThreadPoolExecutor(1) as pool:
            going_on = pool.submit(self._tries_to_go_on, registration, via)
            clock.pause(after / 1000)
            self.fleet.kill(victim)
            going_on.result()
        self._is_up_again(victim)

    def _tries_to_go_on(self, registration: Registration, via: str) -> None:
        with suppress(OSError, http.client.HTTPException, Unexpected):
            self._goes_on(registration, via)

    def _is_up_again(self, victim: str) -> None:
        self.fleet.start(victim)
        self.bank.settle()


def test_the_systems_come_to_agree_whatever_is_killed(fleet: Fleet) -> None:
    KilledMachine.fleet = fleet
    KilledMachine.sandbox = fleet.running["orchestrator"]
    run_state_machine_as_test(KilledMachine, settings=profile(examples=3, steps=6))
