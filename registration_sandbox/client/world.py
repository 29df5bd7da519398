"""A world of a running sandbox: made, played in, observed, deleted."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

from orchestrator.models import Registrations, RegistrationWithHistory
from registration_sandbox.client.circumstances import AddedFault, WorldClock
from registration_sandbox.client.errors import Refused, Unexpected
from registration_sandbox.client.people import Inbox, Phone, messages
from registration_sandbox.client.registration import Registration
from registration_sandbox.client.wire import CONTROL, Wire
from registration_sandbox.control_plane.views import BranchTaken, Coverage
from registration_sandbox.worlds.personas import Personas, PersonaState
from registration_sandbox.worlds.snapshots import SnapshotList, SnapshotView
from simulators.handset.models import HandsetState
from simulators.kit.faults import FaultMade, Faults, FaultState
from simulators.kit.journal import MOST_EXCHANGES, Exchange, Exchanges
from simulators.kit.web.keeping import PolicyChange
from simulators.kit.world_names import DEFAULT
from simulators.mailroom.models import Message

Scenario = str | Mapping[str, Any]
"""The name of a scenario, or a whole one (its schema is ``scenarios/scenario.schema.json``)."""

UNKNOWN = 404


class World(Wire):
    """A world, spoken to by its name whether it is there yet or not. As a context manager it is deleted at the end."""

    def make(
        self,
        scenario: Scenario = DEFAULT,
        *,
        seed: int | str | None = None,
        policies: Mapping[str, Any] | None = None,
        unmasked: bool = False,
    ) -> Self:
        """Make the world in every service, or replace it. ``policies`` are by service, laid over the scenario's.

        ``unmasked`` leaves its people's passwords, PINs, codes and tokens in its journal.
        Raises Refused, with the field that is wrong.
        """
        body: dict[str, Any] = {"scenario": scenario} if isinstance(scenario, str) else dict(scenario)
        if seed is not None:
            body["seed"] = seed
        if unmasked:
            body["unmasked"] = True
        self.control("PUT", "", body)
        if policies:
            try:
                self.change_policies(policies)
            except Unexpected:
                self.delete()
                raise
        return self

    def clone(self, source: str) -> Self:
        """Make the world what another one is now, mid-flow; from then on each goes its own way. Raises Refused."""
        self.control("PUT", "", {"clone": source})
        return self

    def snapshot(self) -> str:
        """Keep everything that the world is now; return the snapshot's id."""
        return str(self.control("POST", "/snapshots")["id"])

    def snapshots(self) -> list[SnapshotView]:
        """Return the world's snapshots, oldest first."""
        return self.ask(SnapshotList, CONTROL, "GET", self.place("/snapshots")).snapshots

    def export(self, snapshot: str) -> dict[str, Any]:
        """Return a snapshot as a file, which ``restore`` takes in this sandbox or another."""
        return self.control("GET", f"/snapshots/{quote(snapshot, safe='')}")

    def restore(self, snapshot: str | Mapping[str, Any]) -> None:
        """Make the world what a snapshot says: one of its own by id, or a file. Raises Refused."""
        self.control("POST", "/restore", {"snapshot": snapshot})

    def delete(self) -> None:
        """Forget the world in every service."""
        self.control("DELETE", "")

    def personas(self) -> list[PersonaState]:
        """Return everyone in the world, with all that is needed to play them."""
        return self.ask(Personas, CONTROL, "GET", self.place("/personas")).personas

    def persona(self, name: str) -> PersonaState:
        """Return a person as they are now. Raises Unexpected when nobody has that name."""
        everyone = {person.name: person for person in self.personas()}
        if name not in everyone:
            raise Unexpected(f"There is no {name} in the world {self.id}; there are {', '.join(everyone) or 'none'}.")
        return everyone[name]

    def change_person(self, name: str, **change: Any) -> PersonaState:
        """Have the bank change a customer while flows run; return the person as they are then.

        ``change_person("Asha", email=None, status="dormant", cards=[{"type": "DEBIT", "status": "hotlisted"}])``: what
        is left out stays as it is. Raises Refused, with the field that is wrong.
        """
        path = self.place(f"/people/{quote(name, safe='')}")
        return self.ask(PersonaState, CONTROL, "PATCH", path, change)

    @property
    def clock(self) -> WorldClock:
        return WorldClock(self)

    def policies(self) -> dict[str, Any]:
        """Return the world's policies by service, defaults included."""
        return self.ask(PolicyChange, CONTROL, "GET", self.place("/policies")).policies

    def change_policies(self, policies: Mapping[str, Any]) -> None:
        """Change policies while the world runs: ``{"cymmetri": {"otp": {"max_attempts": 1}}}``."""
        self.control("PATCH", "/policies", {"policies": policies})

    def add_fault(self, effect: Mapping[str, Any], **where: Any) -> AddedFault:
        """Have something go wrong: ``add_fault({"status": 503}, service="cbs", path="/cbs/cards/verify", times=1)``."""
        made = self.ask(FaultMade, CONTROL, "POST", self.place("/faults"), {**where, "effect": effect})
        return AddedFault(self, made.id)

    @contextmanager
    def fault(self, effect: Mapping[str, Any], **where: Any) -> Iterator[AddedFault]:
        """Have something go wrong, as ``add_fault``, for the length of a block."""
        added = self.add_fault(effect, **where)
        try:
            yield added
        finally:
            try:
                added.remove()
            except Refused as refused:
                if refused.status != UNKNOWN:  # it, or the world, was removed within the block
                    raise

    def faults(self) -> list[FaultState]:
        """Return the faults in every service, each with how often it has fired."""
        return self.ask(Faults, CONTROL, "GET", self.place("/faults")).faults

    def journal(self, **wanted: Any) -> list[Exchange]:
        """Return the exchanges with every service, oldest first.

        ``wanted`` narrows them: ``service``, ``path`` and ``branch`` (globs), ``since``, ``limit``.
        """
        query = urlencode({"limit": MOST_EXCHANGES, **wanted})
        return self.ask(Exchanges, CONTROL, "GET", self.place(f"/journal?{query}")).exchanges

    def coverage(self) -> dict[str, BranchTaken]:
        """Return the branches that were taken, by id."""
        return self.ask(Coverage, CONTROL, "GET", self.place("/coverage")).branches

    def sequence(self, registration: str = "") -> str:
        """Return the exchanges, or those of one registration, as a Mermaid sequence diagram."""
        query = urlencode({"registration": registration})
        return self.answer(CONTROL, "GET", self.place(f"/sequence?{query}")).decode()

    def registrations(self) -> list[RegistrationWithHistory]:
        """Return every registration of the world, newest first, of all customers."""
        return self.ask(Registrations, CONTROL, "GET", self.place("/registrations")).registrations

    def messages(self, **wanted: Any) -> list[Message]:
        """Return the messages to anybody, newest first; narrowed by ``to``, ``channel``, ``purpose``, ``since``."""
        return messages(self, **wanted)

    def inbox(self, person: PersonaState) -> Inbox:
        return Inbox(self, person)

    def new_phone(self, owner: str, model: str = "Pixel 9", os: str = "Android") -> Phone:
        """Buy somebody a phone: it makes a key and gets its emCert from the TSG."""
        form = {"os": os, "model": model, "owner": owner}
        made = self.ask(HandsetState, "handset", "POST", "/handsets", form)
        return Phone(self, made.id, made.emCertID)

    def phones_of(self, person: PersonaState) -> list[Phone]:
        """Return the phones that a person has."""
        return [Phone(self, handset.id, handset.emCertID) for handset in person.handsets]

    def begin_web(self, person: PersonaState, device_id: str = "browser") -> Registration:
        """Begin a web registration by the person's customer number. Raises Refused."""
        return self.begin({"flow": "web", "deviceId": device_id, "type": "CIF", "id": person.cif})

    def begin_device(self, phone: Phone, token: str) -> Registration:
        """Begin a phone's registration for the logged-in user. Raises Refused."""
        return self.begin({"flow": "device", "emCertID": phone.em_cert_id}, token)

    def begin(self, body: dict[str, Any], token: str | None = None) -> Registration:
        """Begin a registration with any body. Raises Refused."""
        return Registration.begin(self, body, token)

    def registration(self, id: str, token: str | None = None) -> Registration:
        """Return a registration by its id. Raises Refused."""
        return Registration.find(self, id, token)

    def log_in(self, username: str, password: str) -> str:
        """Log a user in at the Auth Service; return the bearer token. Raises Refused."""
        form = {"username": username, "password": password}
        return str(self.call("auth_service", "POST", "/auth/login", form)["token"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.delete()
        finally:
            self.close()
