"""A customer's contacts as the bank has them now: the bank may change them while a registration is under way.

CBS is asked whenever an OTP is about to be judged or sent again. While it cannot be asked, the contacts that it told
last count: an outage of CBS must not end the steps that need nothing else of it, and the code did go to a contact that
the bank had a moment before.
"""

from dataclasses import dataclass

from simulators.cymmetri import cbs_client
from simulators.cymmetri.records import Challenge, Registration
from simulators.cymmetri.steps.otp_steps import EMAIL, OtpStep
from simulators.kit.wire.client import UpstreamFailure
from simulators.kit.wire.contacts import email_address, mobile_number
from simulators.kit.work import Work


@dataclass(frozen=True)
class BankContacts:
    """The contacts that the bank has of a customer; ``None`` where it has none."""

    email: str | None
    mobile: str | None

    def of(self, step: OtpStep) -> str | None:
        """Return the contact to which a step's OTP goes."""
        return self.email if step is EMAIL else self.mobile


def find_contacts(work: Work, registration: Registration) -> BankContacts:
    """Commit, and return the customer's contacts: as CBS tells them, or else those that it told last."""
    try:
        customer = cbs_client.find_customer(work, registration.cif)
    except UpstreamFailure as failure:
        work.decide(None, "contact.not_checked", cif=registration.cif, reason=failure.reason)
        return BankContacts(registration.email, registration.mobile)
    if customer is None:
        return BankContacts(None, None)
    return BankContacts(customer.email or None, customer.mobile or None)


def adopt_contacts(registration: Registration, contacts: BankContacts, step: OtpStep) -> None:
    """Change the registration's contacts to the bank's, those that are not verified by the time of a step."""
    if step is EMAIL:
        registration.email = contacts.email or registration.email
    registration.mobile = contacts.mobile


def was_sent_elsewhere(challenge: Challenge, contact: str | None, step: OtpStep) -> bool:
    """Tell whether an OTP was sent to another contact than the one that the bank has now."""
    return contact is None or _key(challenge.sent_to, step) != _key(contact, step)


def _key(contact: str, step: OtpStep) -> str:
    return email_address(contact) if step is EMAIL else mobile_number(contact) or contact
