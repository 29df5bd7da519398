"""Kill -9 in the middle of the work: what was promised is done once the service is up again, and once only."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from registration_sandbox.runtime.embedded import free_base_port
from tests.support.world import Said
from tests.system.device.bank import MESSAGES, PUSHED, REGISTER, SIGN_UP_CODES, Bank, Registration, wait_for
from tests.system.device.conftest import CHITRA
from tests.system.end_to_end.fleet import Fleet

pytestmark = pytest.mark.thorough


SIGNED_UP = ["Not_Found", "Sign_Up_In_Progress", "Sign_Up_Complete", "Register_Complete"]
SLOWLY = {"delay": {"ms": 1500}}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    started = Fleet(tmp_path_factory.mktemp("fleet"), free_base_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture
def bank(fleet: Fleet) -> Bank:
    return Bank(fleet.running["orchestrator"], (CHITRA,), {})


@pytest.fixture
def beside() -> Iterator[Callable[..., Future[Any]]]:
    """Have something done beside the test, whose end a kill may spoil."""

    def quietly(deed: Callable[..., Any], *given: Any) -> Any:
        with suppress(OSError, AssertionError, ValueError):
            return deed(*given)
        return None

    with ThreadPoolExecutor(1) as pool:
        yield lambda deed, *given: pool.submit(quietly, deed, *given)


def struck(bank: Bank) -> Callable[[], bool]:
    """Tell whether the world's one fault has struck."""
    return lambda: bool(bank.client.control("GET", "/faults")["faults"][0]["fired"])


def assert_registered_once(bank: Bank, registration: Registration) -> None:
    bank.mend()
    bank.advance("PT1H")
    assert registration.path[-2:] == SIGNED_UP[-2:]
    assert [push["state"] for push in bank.pushes()] == ["delivered"]
    assert bank.subject(registration.phone) == "registered"
    assert len(registration.user.told("device-registered")) == 1


def test_a_push_outlives_a_tsg_that_is_killed_while_its_receiver_is_down(fleet: Fleet, bank: Bank) -> None:
    registration = bank.user().adds()
    code = bank.user().codes()[0]
    fleet.kill("orchestrator")
    assert bank.send(registration.type_request(code)).status == 200
    fleet.kill("tsg")
    fleet.start("tsg", "orchestrator")
    assert_registered_once(bank, registration)
    assert registration.path == SIGNED_UP


def test_a_push_is_sent_again_by_a_tsg_that_was_killed_while_it_waited_for_the_answer(fleet: Fleet, bank: Bank) -> None:
    registration = bank.user().adds()
    bank.fault("orchestrator", "POST", PUSHED, SLOWLY)
    assert bank.send(registration.type_request(bank.user().codes()[0])).status == 200
    wait_for(struck(bank))
    fleet.kill("tsg")
    fleet.start("tsg")
    assert_registered_once(bank, registration)
    wait_for(lambda: len(bank.calls("orchestrator", "POST", PUSHED)) == 2)  # the first may come after the second
    assert {branch: bank.branches()[branch] for branch in ("DR-2.1", "DR-2.10")} == {"DR-2.1": 1, "DR-2.10": 1}
    assert registration.path == SIGNED_UP


def test_a_registration_is_taken_up_again_by_a_middleware_that_was_killed_in_it(fleet: Fleet, bank: Bank) -> None:
    registration = bank.user().adds()
    bank.fault("tsg", "POST", REGISTER, SLOWLY)
    assert bank.send(registration.type_request(bank.user().codes()[0])).status == 200
    wait_for(struck(bank))
    fleet.kill("orchestrator")
    fleet.start("orchestrator")
    assert_registered_once(bank, registration)
    assert registration.path == SIGNED_UP


def test_a_code_that_came_though_the_middleware_was_killed_in_sending_it_completes(
    fleet: Fleet, bank: Bank, beside: Callable[..., Future[Said]]
) -> None:
    chitra = bank.user()
    registration = chitra.open(chitra.phone())
    bank.settle()
    bank.fault("mailroom", "POST", MESSAGES, SLOWLY)
    cut_off = beside(registration.sign_up)
    wait_for(struck(bank))
    fleet.kill("orchestrator")
    fleet.start("orchestrator")
    assert cut_off.result() is None
    code = bank.client.code(chitra.contact("sms"), "sign-up-code", "sms")
    assert registration.status == "Not_Found"
    assert registration.types(code).status == 200
    assert_registered_once(bank, registration)
    assert registration.path == SIGNED_UP


def test_a_sign_up_that_was_being_begun_again_when_the_middleware_was_killed_lapses(
    fleet: Fleet, bank: Bank, beside: Callable[..., Future[Said]]
) -> None:
    chitra = bank.user()
    registration = chitra.adds()
    bank.advance("PT5M")
    bank.fault("tsg", "POST", SIGN_UP_CODES, SLOWLY)
    cut_off = beside(registration.sign_up)
    wait_for(struck(bank))
    fleet.kill("orchestrator")
    fleet.start("orchestrator")
    assert cut_off.result() is None
    bank.mend()
    bank.advance("PT9M")
    assert registration.status == "Sign_Up_In_Progress"
    bank.advance("PT1M")
    assert (registration.status, registration.told) == ("Not_Found", "DR-2.12")
    assert registration.sign_up().status == 200
    assert registration.types().status == 200
    assert_registered_once(bank, registration)
