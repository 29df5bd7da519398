"""Users who register their phones, and what must hold of it at every step and in the end."""

from collections import Counter
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from registration_sandbox.runtime.embedded import RunningSandbox
from tests.support.world import Request
from tests.system.device.bank import Bank, Phone, Registration
from tests.system.property.table import assert_of_the_table, moves

USERS = ("Chitra", "Jai")
VIA = st.sampled_from(["email", "sms", "qr"])
SOME_STEPS = st.tuples(st.integers(0, 3), st.integers(0, 3))
SPANS = ("PT5S", "PT1M", "PT4M", "PT9M59S", "PT10M", "PT40M")
POLICIES = {"push_retry": {"span": "PT30M"}, "guesses": {"per_phone": 3, "window": "PT15M"}}
AFTER_ALL = "PT2H"


class DeviceMachine(RuleBasedStateMachine):
    """Two users with a phone each. When all is over, TSG, Auth Service and middleware agree, or a retry makes them."""

    sandbox: ClassVar[RunningSandbox]

    @initialize(receiver=st.sampled_from(["middleware", "auth_service"]), steps=SOME_STEPS)
    def a_world(self, receiver: str, steps: tuple[int, int]) -> None:
        """Begin with each user some steps along the way."""
        personas = [{"name": name, "cymmetri": {}, "phones": [{"model": "Pixel 9"}]} for name in USERS]
        self.bank = Bank(self.sandbox, personas, {"tsg": {"push_receiver": receiver, **POLICIES}})
        found = [self.bank.personas[name]["handsets"][0] for name in USERS]
        self.phones = [Phone(phone["id"], phone["emCertID"]) for phone in found]
        self.registrations: list[Registration] = []
        self.touched: list[Registration] = []
        self.taken_off = False
        for name, number in zip(USERS, steps, strict=True):
            self.opens(name, other=False)
            for _ in range(number):
                self._goes_on(self.registrations[-1], "sms")

    def opens(self, user: str, other: bool) -> None:
        """Have a user open the app, on the other user's phone where that is wanted."""
        phone = self.phones[USERS.index(user) ^ other]
        body = {"flow": "device", "emCertID": phone.em_cert_id}
        answer = self.bank.ask("orchestrator", "POST", "/registrations", body, self.bank.user(user).token)
        assert answer.status in (201, 503) or answer.branches == ["DR-0.7"]
        if answer.status == 201:
            self.registrations.append(Registration(self.bank.user(user), phone, answer.body["id"]))
            self.touched = self.registrations[-1:]
        self.bank.settle()

    @rule(data=st.data(), via=VIA)
    def goes_on(self, data: st.DataObject, via: str) -> None:
        self._goes_on(self._drawn(data), via)

    @rule(span=st.sampled_from(SPANS))
    def time_goes_by(self, span: str) -> None:
        self.bank.advance(span)
        self.touched = self.registrations

    @invariant()
    def what_was_touched_is_of_the_table(self) -> None:
        for registration in self.touched:
            assert_of_the_table(registration.now, registration.history)

    @invariant()
    def no_device_is_with_anybody_who_did_not_register_it(self) -> None:
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
            answer = registration.act("check")
            assert answer.status == 200 or answer.branches == ["DR-0.7"]
        self.bank.advance(AFTER_ALL)
        self.touched = self.registrations
        self.what_was_touched_is_of_the_table()
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

    def _goes_on(self, registration: Registration, via: str) -> None:
        """Do what a user does next who wants the phone to be active."""
        status = registration.status
        if status == "Not_Found":
            self._acts(registration, registration.sign_up_request(via), (200, 409, 503))
        elif status == "Sign_Up_In_Progress":
            codes = self._codes(registration)
            code = registration.shown() or (codes[0] if codes else "00000000")
            answer = self.bank.send(registration.type_request(code))
            assert answer.status in (200, 404, 409, 410, 429, 503)
            self.bank.settle()
        elif status == "Sign_Up_Complete":
            self._acts(registration, registration.request("register"), (200, 503))
        elif status == "Register_Complete":
            self._acts(registration, registration.request("activate"), (200, 409, 503))

    def _codes(self, registration: Registration) -> list[str]:
        """Return the sign-up codes that came to a user, newest first."""
        contacts = [registration.user.contact(via) for via in ("email", "sms")]
        return [sent["code"] for sent in self.bank.messages(purpose="sign-up-code") if sent["to"] in contacts]

    def _drawn(self, data: st.DataObject) -> Registration:
        self.touched = [data.draw(st.sampled_from(self.registrations))]
        return self.touched[0]

    def _acts(self, registration: Registration, request: Request, expected: tuple[int, ...]) -> None:
        before = registration.now
        answer = self.bank.send(request)
        assert answer.status in expected, answer.text
        action = request.path.rpartition("/")[2]
        if action not in before["allowed_actions"]:
            assert (answer.status, answer.body["allowed_actions"]) == (409, before["allowed_actions"])
        self.bank.settle()
