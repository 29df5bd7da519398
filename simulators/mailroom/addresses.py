"""Addresses in one spelling, so that a message is found however its address is written."""

from simulators.kit.wire.contacts import mobile_number


def normalise(address: str) -> str:
    """Return an address as messages are kept and found under: emails in lower case, numbers in E.164 where they can."""
    compact = "".join(address.split())
    return compact.lower() if "@" in compact else mobile_number(compact) or compact
