"""Device registration against its table: whatever users, phones, faults and time do, the systems come to agree."""

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.system.device.bank import DEVICE, MESSAGES, NOTIFICATIONS, PUSHED, REGISTER, SIGN_UP_CODES, SUBJECT_INFO
from tests.system.property.device_machine import USERS, VIA, DeviceMachine
from tests.system.property.table import profile

pytestmark = pytest.mark.thorough


MOST_REGISTRATIONS = 3
Place = tuple[str, str, str]
ON_SIGN_UP: tuple[Place, ...] = (
    ("tsg", "POST", SIGN_UP_CODES), ("tsg", "DELETE", f"{SIGN_UP_CODES}/*"), ("mailroom", "POST", MESSAGES),
)  # fmt: skip
ON_REGISTER: tuple[Place, ...] = (("tsg", "POST", REGISTER), ("auth_service", "POST", NOTIFICATIONS))
WEAK_PLACES: dict[str, tuple[Place, ...]] = {
    "Not_Found": ON_SIGN_UP,
    "Sign_Up_In_Progress": (
        ("orchestrator", "POST", PUSHED), ("auth_service", "POST", PUSHED), ("tsg", "POST", "/sdk/signup"),
        *ON_REGISTER, *ON_REGISTER,
    ),
    "Sign_Up_Complete": (("tsg", "POST", SUBJECT_INFO), *ON_REGISTER),
    "Register_Complete": (
        ("auth_service", "GET", DEVICE), ("auth_service", "PUT", DEVICE), ("tsg", "POST", SUBJECT_INFO),
        ("mailroom", "POST", MESSAGES),
    ),
    "Device_Activate": (("auth_service", "GET", DEVICE),),
}  # fmt: skip
"""What is asked of whom when a user goes on from a status, and may go wrong."""

LOSE = {"lose_response": True}
EFFECTS: tuple[dict[str, Any], ...] = (LOSE, {"status": 503}, LOSE, {"reset": True}, LOSE, {"garbage": True})
PUSH_EFFECTS: tuple[dict[str, Any], ...] = (
    {"duplicate": 3}, {"drop": True}, {"reorder": True}, {"bad_signature": True}, {"stale_timestamp": True},
    {"tamper": {"field": "external_reference", "value": ""}}, {"tamper": {"field": "subject_id", "remove": True}},
    {"tamper": {"field": "external_reference", "remove": True}}, {"tamper": {"field": "credential", "remove": True}},
)  # fmt: skip


class TroubledMachine(DeviceMachine):
    """Everything that an outsider can do to users, phones and systems, short of killing them."""

    @precondition(lambda self: len(self.registrations) < MOST_REGISTRATIONS)
    @rule(user=st.sampled_from(USERS), other=st.booleans())
    def opens_the_app(self, user: str, other: bool) -> None:
        self.opens(user, other)

    @rule(data=st.data(), via=VIA, effect=st.sampled_from(EFFECTS), times=st.integers(1, 2), looks=st.booleans())
    def goes_on_though_something_goes_wrong(
        self, data: st.DataObject, via: str, effect: dict[str, Any], times: int, looks: bool
    ) -> None:
        registration = self._drawn(data)
        place = data.draw(st.sampled_from(WEAK_PLACES[registration.status]))
        self.bank.fault(*place, effect, times=times)
        self._goes_on(registration, via)
        if looks:
            self._acts(registration, registration.request("check"), (200, 409, 503))

    @rule(data=st.data(), effect=st.sampled_from(PUSH_EFFECTS), times=st.integers(1, 2))
    def goes_on_though_the_push_goes_wrong(self, data: st.DataObject, effect: dict[str, Any], times: int) -> None:
        self.bank.fault("tsg", "", "push", effect, times=times)
        self._goes_on(self._drawn(data), "email")

    @rule(data=st.data(), via=VIA, right=st.booleans())
    def signs_up(self, data: st.DataObject, via: str, right: bool) -> None:
        registration = self._drawn(data)
        if right:
            self._acts(registration, registration.sign_up_request(via), (200, 409, 503))
        else:
            wrong = registration.request("sign-up", via="email", contact="somebody@example.test")
            self._acts(registration, wrong, (409, 422, 503))

    @rule(data=st.data(), which=st.sampled_from([0, 0, 0, 1, -1]), other=st.sampled_from([False, False, True]))
    def types_a_code(self, data: st.DataObject, which: int, other: bool) -> None:
        registration = self._drawn(data)
        codes = self._codes(registration)
        code = codes[which] if 0 <= which < len(codes) else "00000000"
        phone = self.phones[1 - self.phones.index(registration.phone)] if other else registration.phone
        answer = self.bank.send(registration.type_request(code, phone))
        assert answer.status in (200, 404, 409, 410, 429, 503)
        self.bank.settle()

    @rule(data=st.data(), action=st.sampled_from(["register", "activate", "activate", "check"]))
    def asks_for(self, data: st.DataObject, action: str) -> None:
        registration = self._drawn(data)
        self._acts(registration, registration.request(action), (200, 409, 503))

    @rule(data=st.data())
    def somebody_else_meddles(self, data: st.DataObject) -> None:
        registration = self._drawn(data)
        other = self.bank.user(USERS[1 - USERS.index(registration.user.persona["name"])])
        answer = self.bank.ask(
            "orchestrator", "POST", f"/registrations/{registration.id}/actions/activate", {}, other.token
        )
        assert answer.status == 403

    @rule(which=st.integers(0, 1))
    def the_tsg_unregisters_a_phone(self, which: int) -> None:
        if self.bank.subject(self.phones[which]) == "registered":
            self.bank.unregister(self.phones[which])

    @rule(which=st.integers(0, 1))
    def a_user_takes_a_phone_off(self, which: int) -> None:
        phone = self.phones[which]
        owner = self.bank.owners().get(phone.em_cert_id)
        for user in map(self.bank.user, USERS):
            if user.username == owner:
                path = f"/users/{user.username}/devices/{phone.em_cert_id}"
                self.bank.client.call("auth_service", "DELETE", path, token=user.token)
                self.taken_off = True


def test_the_systems_come_to_agree_whatever_happens(sandbox: RunningSandbox) -> None:
    TroubledMachine.sandbox = sandbox
    run_state_machine_as_test(TroubledMachine, settings=profile(examples=10, steps=10))
