"""Step 6, mfa/list: the factors with which a customer can prove their identity."""

from dataclasses import dataclass

from simulators.cymmetri import cbs_client
from simulators.cymmetri.models import Factors
from simulators.cymmetri.records import Stage
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.staged import open_registration
from simulators.kit.web.call import Call

STAGE: Stage = "AUTHENTICATE_USER"


@dataclass(frozen=True)
class Factor:
    """A factor: the type of card it is, the detail that proves its possession, and the branch of its success."""

    card_type: str
    proof: str
    branch: str


FACTORS = {"DEBIT_CARD": Factor("DEBIT", "pin", "WR-7.1"), "CREDIT_CARD": Factor("CREDIT", "cvv", "WR-7.2")}


def list_factors(call: Call) -> Factors:
    """List the factors for which the customer has a usable card."""
    registration = open_registration(call, STAGE)
    blocks.refuse_blocked(call, registration.cif, "WR-6.4")
    with cbs_client.required(call, "WR-6.3"):
        usable = {card.type for card in cbs_client.list_cards(call, registration.cif) if card.is_active}
    found = [name for name, factor in FACTORS.items() if factor.card_type in usable]
    call.decide("WR-6.1" if found else "WR-6.2", "factors.listed", cif=registration.cif, factors=found)
    return Factors(found)
