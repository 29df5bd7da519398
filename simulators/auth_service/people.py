"""Puts the users of a new world in place."""

from typing import Any

import msgspec

from simulators.auth_service import tables
from simulators.auth_service.models import NewUsers
from simulators.auth_service.records import User
from simulators.auth_service.users import new_user
from simulators.kit.errors import SandboxRefusal, flaw_of
from simulators.kit.work import Work


def put(work: Work, part: dict[str, Any]) -> None:
    """Put a world's users in place. Raises SandboxRefusal (``bad-world``, 400)."""
    try:
        people = msgspec.convert(part, NewUsers)
    except msgspec.ValidationError as error:
        flaw = flaw_of(error)
        raise _bad_world(f"people.{flaw.field}", flaw.message) from error
    for index, new in enumerate(people.users):
        newcomer = new_user(new.username, new.email, new.mobile, new.cif)
        if work.tx.get(tables.users, User, key=newcomer.key):
            raise _bad_world(f"people.users[{index}].username", f"{new.username} is given twice")
        work.tx.insert(tables.users, newcomer)


def _bad_world(field: str, problem: str) -> SandboxRefusal:
    return SandboxRefusal("bad-world", 400, f"{field}: {problem}.", field=field)
