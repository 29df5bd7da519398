"""CBS says what no document says: an outage, never a "no", never counted as a wrong attempt."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.resilience.unknown_answers.odd import UNUSABLE, says
from tests.support.registrant import Registrant, other
from tests.support.world import Request, World

pytestmark = pytest.mark.thorough


Fresh = Callable[..., World]
Effects = list[dict[str, Any]]

ODD: Effects = [
    *UNUSABLE.values(),
    *(says(status, {"code": "SOMETHING_NEW"}) for status in (400, 401, 403, 409, 418, 500)),
]
CUSTOMER = {
    "cif": "1",
    "legalName": "A",
    "status": "active",
    "mobile": None,
    "email": None,
    "dateOfBirth": "1990-01-01",
}
UNREADABLE: list[Any] = [
    None, {}, "none", [7], [{}], [{**CUSTOMER, "cif": None}], [{**CUSTOMER, "status": None}],
]  # fmt: skip


def refused_as_outage(world: World, request: Request, method: str, path: str, effects: Effects) -> None:
    for effect in effects:
        world.fault("cbs", method, path, effect)
        said = world.send(request)
        assert (said.status, said.reason) == (503, "UPSTREAM_UNAVAILABLE"), (effect, said.text)
        assert said.headers["retry-after"]
        world.mend()


def test_a_customer_of_whom_nothing_usable_is_said_is_not_unknown(fresh: Fresh) -> None:
    world = fresh()
    asha = Registrant(world, "Asha")
    odd: Effects = [
        *ODD,
        says(404, {"code": "SOMETHING_NEW"}),
        *(says(200, {"customers": unreadable}) for unreadable in UNREADABLE),
    ]
    refused_as_outage(world, asha.check(), "POST", "/cbs/customers/search", odd)
    assert not world.messages()
    assert world.send(asha.check()).status == 200


@pytest.mark.parametrize("path", ["/cbs/customers/*/cards", "/cbs/cards/verify"])
def test_a_card_of_which_nothing_usable_is_said_is_not_wrong_and_not_counted(fresh: Fresh, path: str) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_card()
    odd = [
        *ODD,
        says(404, {"code": "SOMETHING_NEW"}),
        *(says(200, {"code": code}) for code in (None, "", 0, "ZZ", "A new code")),
        says(200, {"cards": "none"}),
        says(200, {"cards": [{"type": "DEBIT"}]}),
    ]
    refused_as_outage(world, asha.request("authenticateUser", asha.card_details()), "", path, odd)
    wrong = asha.card_details(pin=other(asha.persona["cards"][0]["pin"]))
    assert world.send(asha.request("authenticateUser", wrong)).body["errorMeta"]["attemptsLeft"] == 2
    assert world.send(asha.request("authenticateUser", asha.card_details())).status == 200


def test_a_user_id_of_which_nothing_usable_is_said_is_neither_free_nor_none(fresh: Fresh) -> None:
    world = fresh()
    asha = Registrant(world, "Asha").at_user_id()
    odd = [*ODD, says(404, {"code": "SOMETHING_NEW"}), says(200, {}), says(200, {"userId": 7})]
    refused_as_outage(world, asha.request("existingUserId", method="GET"), "GET", "/cbs/customers/*/user-id", odd)
    save = asha.request("saveuserid", {"userId": "asha.unheard"})
    refused_as_outage(world, save, "GET", "/cbs/customers/*/user-id", odd)
    status_tells = [each for each in ODD if each["status"] != 200 or not isinstance(each["body"], dict)]
    refused_as_outage(world, save, "GET", "/cbs/user-ids/*", status_tells)
    assert asha.does("saveuserid", {"userId": "asha.unheard"}).body["data"]["userId"] == "asha.unheard"
