"""What can be set about the Auth Service in a world."""

from datetime import timedelta
from typing import Annotated, Literal

from simulators.kit.policies import Policies, duration, number, setting
from simulators.kit.wire.profiles import WireProfile

Sessions = Literal["many", "one"]


class AuthServicePolicies(Policies, frozen=True):
    """The Auth Service's policies."""

    token_lifetime: Annotated[timedelta, duration("How long a login lasts.")] = timedelta(minutes=30)
    idle: Annotated[
        timedelta | None, duration("After how long without use a login ends; left out, only its lifetime ends it.")
    ] = None
    sessions: Annotated[
        Sessions, setting("Whether a user can be logged in several times, or a login ends the one before.")
    ] = "many"
    max_devices: Annotated[int, number("How many devices a user may have.", 1, 1000)] = 5
    cymmetri_wire: Annotated[
        Literal["ours"] | WireProfile,
        setting("The wire profile that its Cymmetri speaks; in a world that sets cymmetri.wire it is that one."),
    ] = "ours"

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.cymmetri_wire, WireProfile):
            self.cymmetri_wire.check()
