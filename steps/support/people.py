"""The people of the scenarios: who they are in the features' words."""

from collections.abc import Callable
from typing import Any

from registration_sandbox.worlds import library

WEB_USER: dict[str, Any] = {"cymmetri": {}}

KINDS = library.personas_by_description()
"""What distinguishes a person, and the part of a scenario that makes a person so: the personas of the scenarios."""

KINDS_WITH: dict[str, Callable[[str], dict[str, Any]]] = {
    "a customer of the bank whose user id there is": lambda user_id: {"cbs": {"user_id": user_id}},
    "a customer of the bank who once used the password": lambda password: {"former_passwords": [password]},
    "a customer of the bank who once used the passwords": lambda listed: {"former_passwords": listed.split(", ")},
    "a customer of the bank with the email address": lambda email: {"cbs": {"email": email}},
    "a customer of the bank with the mobile number": lambda mobile: {"cbs": {"mobile": mobile}},
    "who already uses the web site as": lambda user_id: {"cymmetri": {"user_id": user_id}},
    "who already uses the web site, with the email address": lambda email: {"cymmetri": {}, "cbs": {"email": email}},
    "who already uses the web site, with the mobile number": lambda mobile: {"cymmetri": {}, "cbs": {"mobile": mobile}},
}
"""The same for what is followed by a text of the person's own."""
