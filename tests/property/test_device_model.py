"""Device registration against its table: whatever users, phones, faults and time do, the systems come to agree."""

from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from orchestrator.runtime.embedded import RunningSandbox
from tests.device.bank import (
    DEVICE,
    MESSAGES,
    NOTIFICATIONS,
    PUSHED,
    REGISTER,
    SIGN_UP_CODES,
    SUBJECT_INFO,
    Bank,
    Phone,
    Registration,
)
from tests.property.table import assert_of_the_table, moves, profile

USERS = ("Chitra", "Jai")
MOST_REGISTRATIONS = 3
WEAK_PLACES = (
    ("auth_service", "GET", DEVICE), ("auth_service", "PUT", DEVICE), ("auth_service", "POST", NOTIFICATIONS),
    ("tsg", "POST", SUBJECT_INFO), ("tsg", "POST", SIGN_UP_CODES), ("tsg", "DELETE", f"{SIGN_UP_CODES}/*"),
    ("tsg", "POST", REGISTER), ("tsg", "POST", "/sdk/signup"), ("mailroom", "POST", MESSAGES),
    ("orchestrator", "POST", PUSHED), ("auth_service", "POST", PUSHED),
)  # fmt: skip
EFFECTS: tuple[dict[str, Any], ...] = ({"lose_response": True}, {"status": 503}, {"reset": True}, {"garbage": True})
PUSH_EFFECTS: tuple[dict[str, Any], ...] = (
    {"duplicate": 3}, {"drop": True}, {"reorder": True}, {"bad_signature": True}, {"stale_timestamp": True},
    {"tamper": {"field": "external_reference", "value": ""}}, {"tamper": {"field": "subject_id", "remove": True}},
    {"tamper": {"field": "external_reference", "remove": True}}, {"tamper": {"field": "credential", "remove": True}},
)  # fmt: skip
SPANS = ("PT5S", "PT1M", "PT4M", "PT9M59S", "PT10M", "PT40M")
POLICIES = {"push_retry": {"span": "PT30M"}, "guesses": {"per_phone": 3, "window": "PT15M"}}
AFTER_ALL = "PT2H"


class DeviceMachine(RuleBasedStateMachine):
    """Two users with a phone each, who also try each other's; everything that an outsider can do to them."""

    sandbox: ClassVar[RunningSandbox]

    @initialize(receiver=st.sampled_from(["middleware", "auth_service"]))
    def a_world(self, receiver: str) -> None:
        personas = [{"name": name, "cymmetri": {}, "phones": [{"model": "Pixel 9"}]} for name in USERS]
        self.bank = Bank(self.sandbox, personas, {"tsg": {"push_receiver": receiver, **POLICIES}})
        found = [self.bank.personas[name]["handsets"][0] for name in USERS]
        self.phones = [Phone(phone["id"], phone["emCertID"]) for phone in found]
        self.registrations: list[Registration] = []
        self.taken_off = False
        for name in USERS:
            self.bank.user(name)

    @precondition(lambda self: len(self.registrations) < MOST_REGISTRATIONS)
    @rule(user=st.sampled_from(USERS), other=st.sampled_from([False, False, True]))
    def opens_the_app(self, user: str, other: bool) -> None:
        phone = self.phones[USERS.index(user) ^ other]
        body = {"flow": "device", "emCertID": phone.em_cert_id}
        answer = self.bank.ask("orchestrator", "POST", "/registrations", body, self.bank.user(user).token)
        assert answer.status in (201, 503)
        if answer.status == 201:
            self.registrations.append(Registration(self.bank.user(user), phone, answer.body["id"]))
        self.bank.settle()

    @precondition(lambda self: self.registrations)
    @rule(data=st.data(), via=st.sampled_from(["email", "sms", "qr"]), right=st.sampled_from([True, True, False]))
    def signs_up(self, data: st.DataObject, via: str, right: bool) -> None:
        registration = self._drawn(data)
        if right:
            self._acts(registration, registration.sign_up_request(via), (200, 409, 503))
        else:
            wrong = registration.request("sign-up", via="email", contact="somebody@example.test")
            self._acts(registration, wrong, (409, 422))

    @precondition(lambda self: self.registrations)
    @rule(data=st.data(), which=st.sampled_from([0, 0, 0, 1, -1]), other=st.sampled_from([False, False, True]))
    def types_a_code(self, data: st.DataObject, which: int, other: bool) -> None:
        registration = self._drawn(data)
        user = registration.user
        codes = [message["code"] for message in self.bank.messages(purpose="sign-up-code")
                 if message["to"] in (user.contact("email"), user.contact("sms"))]  # fmt: skip
        code = codes[which] if 0 <= which < len(codes) else "00000000"
        phone = self.phones[1 - self.phones.index(registration.phone)] if other else registration.phone
        answer = self.bank.send(registration.type_request(code, phone))
        assert answer.status in (200, 404, 409, 410, 429, 503)
        self.bank.settle()

    @precondition(lambda self: self.registrations)
    @rule(data=st.data(), action=st.sampled_from(["register", "activate", "activate", "check"]))
    def asks_for(self, data: st.DataObject, action: str) -> None:
        registration = self._drawn(data)
        self._acts(registration, registration.request(action), (200, 409, 503))

    @precondition(lambda self: self.registrations)
    @rule(data=st.data())
    def somebody_else_meddles(self, data: st.DataObject) -> None:
        registration = self._drawn(data)
        other = self.bank.user(USERS[1 - USERS.index(registration.user.persona["name"])])
        answer = self.bank.ask(
            "orchestrator", "POST", f"/registrations/{registration.id}/actions/activate", {}, other.token
        )
        assert answer.status == 403

    @rule(span=st.sampled_from(SPANS))
    def time_goes_by(self, span: str) -> None:
        self.bank.advance(span)

    @rule(place=st.sampled_from(WEAK_PLACES), effect=st.sampled_from(EFFECTS), times=st.integers(1, 3))
    def something_goes_wrong(self, place: tuple[str, str, str], effect: dict[str, Any], times: int) -> None:
        self.bank.fault(*place, effect, times=times)

    @rule(effect=st.sampled_from(PUSH_EFFECTS), times=st.integers(1, 2))
    def the_push_goes_wrong(self, effect: dict[str, Any], times: int) -> None:
        self.bank.fault("tsg", "", "push", effect, times=times)

    @precondition(lambda self: self.registrations)
    @rule(which=st.integers(0, 1))
    def the_tsg_unregisters_a_phone(self, which: int) -> None:
        if self.bank.subject(self.phones[which]) == "registered":
            self.bank.unregister(self.phones[which])

    @precondition(lambda self: self.registrations)
    @rule(which=st.integers(0, 1))
    def a_user_takes_a_phone_off(self, which: int) -> None:
        phone = self.phones[which]
        owner = self.bank.owners().get(phone.em_cert_id)
        for user in map(self.bank.user, USERS):
            if user.username == owner:
                path = f"/users/{user.username}/devices/{phone.em_cert_id}"
                self.bank.client.call("auth_service", "DELETE", path, token=user.token)
                self.taken_off = True

    @invariant()
    def every_registration_is_of_the_table(self) -> None:
        for registration in self.registrations:
            assert_of_the_table(registration.now, registration.history)

    @invariant()
    def no_device_is_with_anybody_who_did_not_register_it(self) -> None:
        if self.registrations:
            registered = {(each.phone.em_cert_id, each.user.username) for each in self.registrations}
            assert self.bank.owners().items() <= registered

    def teardown(self) -> None:
        """Remove what goes wrong and let time go by: a retry then makes the systems agree, and each was told once."""
        if not getattr(self, "registrations", None):
            return
        self.bank.mend()
        self.bank.advance(AFTER_ALL)
        for registration in self.registrations:
            self._retries(registration)
        self.bank.settle()
        for registration in self.registrations:
            assert registration.act("check").status == 200
        self.bank.advance(AFTER_ALL)
        self.every_registration_is_of_the_table()
        self.no_device_is_with_anybody_who_did_not_register_it()
        self._agree()
        self._told_once()

    def _retries(self, registration: Registration) -> None:
        if registration.status == "Sign_Up_Complete":
            assert registration.act("register").body["status"] == "Register_Complete"
        if registration.status == "Register_Complete":
            answer = registration.act("activate")
            assert answer.status == 200 or answer.branches[0] in ("DR-4.3", "DR-4.4")

    def _agree(self) -> None:
        owners = self.bank.owners()
        for registration in self.registrations:
            phone, status = registration.phone, registration.status
            is_ours = owners.get(phone.em_cert_id) == registration.user.username
            assert (status == "Device_Activate") == is_ours
            if not is_ours:
                registered = self.bank.subject(phone) == "registered"
                assert (status == "Register_Complete") == registered
                assert status in ("Register_Complete", "Not_Found")

    def _told_once(self) -> None:
        for user in map(self.bank.user, USERS):
            made: Counter[str] = Counter()
            for registration in self.registrations:
                if registration.user is user:
                    history = registration.history
                    made["device-not-found"] += history[0]["after"] == "Not_Found"
                    for action, before, after in moves(history):
                        made["device-not-found"] += (action, after) == ("check", "Not_Found")
                        made["device-registered"] += (before, after) == ("Sign_Up_Complete", "Register_Complete")
            associated = [
                call for call in self.bank.calls("auth_service", "PUT", f"/users/{user.username}/devices/*")
                if call["status"] == 201
            ]  # fmt: skip
            for purpose, number in made.items():
                assert len(user.told(purpose)) == number, purpose
            activated = len(user.told("device-activated"))
            assert activated <= len(associated)
            assert self.taken_off or activated == len(associated)

    def _drawn(self, data: st.DataObject) -> Registration:
        return data.draw(st.sampled_from(self.registrations))

    def _acts(self, registration: Registration, request: Any, expected: tuple[int, ...]) -> None:
        before = registration.now
        answer = self.bank.send(request)
        assert answer.status in expected, answer.text
        action = request.path.rpartition("/")[2]
        if action not in before["allowed_actions"]:
            assert (answer.status, answer.body["allowed_actions"]) == (409, before["allowed_actions"])
        self.bank.settle()


def test_the_systems_come_to_agree_whatever_happens(sandbox: RunningSandbox) -> None:
    DeviceMachine.sandbox = sandbox
    run_state_machine_as_test(DeviceMachine, settings=profile(examples=12, steps=14))
