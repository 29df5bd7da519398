"""How much of a contact is shown to somebody who has not proven that it is theirs."""

HIDDEN = "•"


def mask(contact: str) -> str:
    """Return ``a•••@example.test`` for an email address, ``+91••••••3210`` for a mobile number."""
    name, at, domain = contact.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN * 3}@{domain}"
    return f"{contact[:3]}{HIDDEN * len(contact[3:-4])}{contact[-4:]}"
