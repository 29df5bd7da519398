"""A record that comes from elsewhere is read before it is kept: what its service could not read is refused."""

from datetime import UTC, datetime
from typing import Annotated, Any

import pytest
from msgspec import Struct

from orchestrator import tables as middleware
from orchestrator.records import AnswerRow, LastOutcome, Registration
from orchestrator.state import DeviceState, WebState
from simulators.cbs import tables as cbs
from simulators.cbs.records import Customer
from simulators.cymmetri import tables as cymmetri
from simulators.cymmetri.passwords import hash_password
from simulators.cymmetri.records import Challenge, PastPassword
from simulators.kit.faults.model import NamedFault
from simulators.kit.faults.tables import FaultRow, faults
from simulators.kit.store import tables as kit
from simulators.kit.store.checking import BadValue, check_record, decode_json, decode_with
from simulators.kit.store.table import Table
from simulators.kit.store.tables import Counter
from simulators.tsg import tables as tsg
from simulators.tsg.records import Subject

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAIVE = NOW.replace(tzinfo=None)


class Everything(Struct):
    id: str
    at: datetime = NOW
    number: int = 1
    inner: dict[str, Any] = {}
    day: Annotated[str | None, decode_with(datetime.fromisoformat)] = None
    blob: Annotated[str, decode_json(dict[str, int])] = "{}"


things = Table("things", Everything, key=["id"])


@pytest.mark.parametrize(
    "record",
    [
        Everything("a"),
        Everything("é" * 1250),
        Everything("a", day="2026-01-05", blob='{"x": 1}', number=2**62, inner={"x": [{"y": NOW}], "z": 2**63 - 1}),
        Everything("a", at=datetime(9010, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_record_that_can_be_read_passes(record):
    check_record(things, record)


@pytest.mark.parametrize(
    ("record", "column", "message"),
    [
        (Everything(""), "id", "is empty"),
        (Everything("é" * 1251), "id", "is too long: a row is found by at most 2500 bytes"),
        (Everything("a", at=NAIVE), "at", "is an instant without a time zone"),
        (Everything("a", at=datetime(9999, 12, 31, tzinfo=UTC)), "at", "is an instant beyond all calendars"),
        (Everything("a", inner={"x": datetime(1, 1, 1, tzinfo=UTC)}), "inner", "is an instant beyond all calendars"),
        (Everything("a", number=2**62 + 1), "number", f"is beyond {2**62}"),
        (
            Everything("a", inner={"x": [{"y": NAIVE}]}),
            "inner",
            "is an instant without a time zone",
        ),
        (Everything("a", day="1990-13-45"), "day", "cannot be read: month must be in 1..12"),
        (Everything("a", blob="{"), "blob", "cannot be read: Input data was truncated"),
        (Everything("a", blob='{"x": "y"}'), "blob", "cannot be read: Expected `int`, got `str` - at `$[...]`"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_its_column(record, column, message):
    with pytest.raises(BadValue) as bad:
        check_record(things, record)
    assert (bad.value.column, bad.value.message) == (column, message)


def registration(**changes: Any) -> Registration:
    fields = {"flow": "web", "status": "Registered", "owner": None, "state": WebState()} | changes
    return Registration(id="r", last_outcome=LastOutcome(None, ""), created_at=NOW, updated_at=NOW, **fields)


CHALLENGE = {
    "id": "c", "number": 1, "registration": "r", "cif": "1", "channel": "EMAIL", "sent_to": "a@b", "digits": 6,
    "issued_at": NOW, "expires_at": NOW,
}  # fmt: skip
CUSTOMER = {
    "cif": "1", "legal_name": "Asha", "mobile": None, "email": None, "email_key": None, "status": "active",
    "user_id": None, "user_key": None,
}  # fmt: skip
SUBJECT = {"subject_id": "s", "number": 1, "state": "registered", "os": "", "model": "", "valid_until": NOW}


@pytest.mark.parametrize(
    ("table", "record", "column"),
    [
        (cbs.customers, Customer(**CUSTOMER, date_of_birth="1990-02-30"), "date_of_birth"),
        (cymmetri.challenges, Challenge(**CHALLENGE, secret="not base32!"), "secret"),
        (cymmetri.past_passwords, PastPassword(1, "1", "secret"), "hash"),
        (cymmetri.past_passwords, PastPassword(1, "1", hash_password("a").replace("m=64", "m=4000000")), "hash"),
        (tsg.subjects, Subject(**SUBJECT, chain=[]), "chain"),
        (tsg.subjects, Subject(**SUBJECT, chain=["no PEM"]), "chain"),
        (kit.counters, Counter("", 1), "name"),
        (faults, FaultRow("f", 1, NamedFault({"no such effect": True}), 0, 0), "fault"),
        (faults, FaultRow("f", 1, NamedFault({"drop": True}, path="/users/*"), 0, 0), "fault"),
        (middleware.registrations, registration(status="Device_Activate"), "status"),
        (middleware.registrations, registration(state=DeviceState("e")), "state"),
        (middleware.registrations, registration(owner="asha"), "owner"),
        (middleware.answers, AnswerRow("k", "r", NOW, NOW, body="{"), "body"),
    ],
)
def test_what_a_service_could_not_read_is_told_with_its_column(table, record, column):
    with pytest.raises(BadValue) as bad:
        check_record(table, record)
    assert bad.value.column == column


def test_what_services_write_can_be_read():
    check_record(cbs.customers, Customer(**CUSTOMER, date_of_birth="1990-04-02"))
    check_record(cymmetri.past_passwords, PastPassword(1, "1", hash_password("secret")))
    check_record(cymmetri.challenges, Challenge(**CHALLENGE, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))
    check_record(middleware.registrations, registration())
    check_record(middleware.answers, AnswerRow("k", "r", NOW, NOW, 201, '{"id":"r"}', "application/json", {"A": "b"}))
