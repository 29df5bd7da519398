"""Web registration against its table: whatever is typed, breaks or expires, a customer can get to the end."""

from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from orchestrator.flows.web import WEB
from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import Said, World
from tests.system.property.table import assert_of_the_table, profile

pytestmark = pytest.mark.thorough


START = {"set": "2026-01-05T09:00:00Z", "frozen": True}
ASHA = {"name": "Asha", "cbs": {"cards": [{"type": "DEBIT"}, {"type": "CREDIT"}]}}
ACTIONS = [action.name for action in WEB.actions]
NEXT = {
    "Email_Otp_Sent": "verify-email-otp", "Mobile_Otp_Sent": "verify-mobile-otp", "Mobile_Verified": "authenticate",
    "Authenticated": "save-user-id", "User_Id_Saved": "validate-password", "Password_Validated": "set-password",
}  # fmt: skip
"""What a customer does next who wants to be registered."""

USER_ID, PASSWORD = "asha.of.the.model", "Chai4two!now"
LONGEST_BLOCK = "PT2H"
EFFECTS: tuple[dict[str, Any], ...] = ({"lose_response": True}, {"status": 503}, {"reset": True}, {"garbage": True})
PLACES = (("cbs", "POST", "*"), ("cbs", "GET", "*"), ("mailroom", "POST", "*"), ("cymmetri", "", "/ciamregsrvc/*"))
MANY_CODES = {"cymmetri": {"otp": {"max_sent": 1_000_000}}}
"""A customer who begins again and again is not stopped by the number of codes."""

EXPECTED = (200, 400, 401, 409, 422, 423, 429, 502, 503)


class WebMachine(RuleBasedStateMachine):
    """Asha, a new customer, in two windows of her browser."""

    sandbox: ClassVar[RunningSandbox]

    @initialize(steps=st.integers(0, 6))
    def a_world(self, steps: int) -> None:
        self.world = World(self.sandbox, {"seed": 7, "clock": START, "personas": [ASHA], "policies": MANY_CODES})
        self.asha = self.world.personas["Asha"]
        self.registrations: list[str] = []
        self._begins()
        for _ in range(steps):
            self._goes_on(right=True)

    @rule()
    def begins_again(self) -> None:
        assert self._begins().status in (201, 423, 503)

    @rule(right=st.sampled_from([True, True, False]), earlier=st.sampled_from([False, False, False, True]))
    def goes_on(self, right: bool, earlier: bool) -> None:
        self._goes_on(right, earlier)

    @rule(place=st.sampled_from(PLACES), effect=st.sampled_from(EFFECTS))
    def goes_on_though_something_goes_wrong(self, place: tuple[str, str, str], effect: dict[str, Any]) -> None:
        self.world.fault(*place, effect)
        self._goes_on(right=True)
        self.world.mend()

    @rule(action=st.sampled_from(ACTIONS), right=st.booleans())
    def asks_for(self, action: str, right: bool) -> None:
        self._acts(self.registrations[-1], action, right)

    @rule(span=st.sampled_from(["PT30S", "PT5M", "PT31M"]))
    def time_goes_by(self, span: str) -> None:
        self.world.advance(span)

    @invariant()
    def every_registration_is_of_the_table(self) -> None:
        for registration in self.registrations[-2:]:
            assert_of_the_table(self._now(registration), self._history(registration))

    def teardown(self) -> None:
        """Let time end every block: she can begin again and get to the end; who is registered can log in."""
        if not getattr(self, "registrations", None):
            return
        self.world.advance(LONGEST_BLOCK)
        registered = any(self._now(registration)["status"] == "Registered" for registration in self.registrations)
        assert (self._logs_in().status == 200) or not registered
        assert self._begins().status == 201
        for _ in NEXT:
            self._goes_on(right=True)
        status = self._now(self.registrations[-1])["status"]
        assert status in ("Registered", "Login_Required")
        assert not (registered and status == "Registered")
        assert self._logs_in().status == 200

    def _begins(self) -> Said:
        body = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": self.asha["cif"]}
        answer = self.world.ask("orchestrator", "POST", "/registrations", body)
        if answer.status == 201:
            self.registrations.append(answer.body["id"])
        return answer

    def _goes_on(self, right: bool, earlier: bool = False) -> None:
        registration = self.registrations[-2 if earlier and len(self.registrations) > 1 else -1]
        action = NEXT.get(self._now(registration)["status"])
        if action is not None:
            self._acts(registration, action, right)

    def _acts(self, registration: str, action: str, right: bool) -> None:
        before = self._now(registration)
        path = f"/registrations/{registration}/actions/{action}"
        answer = self.world.ask("orchestrator", "POST", path, self._fields(action, right))
        assert answer.status in EXPECTED, answer.text
        if action not in before["allowed_actions"]:
            assert (answer.status, answer.body["allowed_actions"]) == (409, before["allowed_actions"])
            assert self._now(registration)["status"] == before["status"]

    def _fields(self, action: str, right: bool) -> dict[str, Any]:
        card = self.asha["cards"][0]
        password = PASSWORD if right else "short"
        fields: dict[str, dict[str, Any]] = {
            "verify-email-otp": {"otp": self._otp("email-otp") if right else "000000"},
            "verify-mobile-otp": {"otp": self._otp("mobile-otp") if right else "000000"},
            "authenticate": {"mfaType": "DEBIT_CARD", "cardLast4": card["last4"], "expiry": card["expiry"],
                             "pin": card["pin"] if right else "000"},
            "save-user-id": {"userId": USER_ID if right else "?"},
            "validate-password": {"password": password},
            "set-password": {"password": password, "confirmPassword": password},
        }  # fmt: skip
        return fields.get(action, {})

    def _otp(self, purpose: str) -> str:
        sent = self.world.messages(purpose=purpose)
        return str(sent[0]["code"]) if sent else "000000"

    def _logs_in(self) -> Said:
        return self.world.ask("auth_service", "POST", "/auth/login", {"username": USER_ID, "password": PASSWORD})

    def _now(self, registration: str) -> dict[str, Any]:
        return self.world.client.call("orchestrator", "GET", f"/registrations/{registration}")

    def _history(self, registration: str) -> list[dict[str, Any]]:
        return list(self.world.client.call("orchestrator", "GET", f"/registrations/{registration}/history")["history"])


def test_a_customer_can_always_get_to_the_end_in_the_end(sandbox: RunningSandbox) -> None:
    WebMachine.sandbox = sandbox
    run_state_machine_as_test(WebMachine, settings=profile(examples=8, steps=10))
