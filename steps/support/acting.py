"""What a person does through a driver: what comes of it is noted, and a driver's own mistakes are told as such."""

import inspect
import os
import traceback
from collections.abc import Callable
from typing import Any

from registration_sandbox.drivers.protocols import Acting, CannotDo, NotTried, Unable
from registration_sandbox.drivers.seen import Seen

LOOKS = ("see_site", "see_app", "see_qr_code", "log_in_to_site", "log_in_to_app", "log_out_of_app")
"""Acts that are no answer to what a sentence has a person do."""


class DriverMistake(AssertionError):
    """A driver that failed by itself, with the place in its source."""


class Acts:
    """Has a driver act, as ``Acting`` says, and notes what the person sees of it."""

    def __init__(self, driver: Acting, note: Callable[[Seen], Seen]) -> None:
        self.driver = driver
        self._note = note

    def __getattr__(self, act: str) -> Callable[..., Any]:
        found = getattr(self.driver, act, None)
        if found is None:
            raise CannotDo(f"the driver {type(self.driver).__name__} has no {act}")

        def perform(*given: Any) -> Any:
            try:
                came = found(*(one.driver if isinstance(one, Acts) else one for one in given))
            except (NotTried, AssertionError):
                raise
            except Exception as error:
                raise DriverMistake(_describe(self.driver, act, error)) from error
            return self._note(came) if isinstance(came, Seen) and act not in LOOKS else came

        return perform

    def close(self) -> None:
        """Have the driver let go of what it holds for the person."""
        if end := getattr(self.driver, "close", None):
            end()


def can_act(acts: Acting, act: str) -> bool:
    """Tell whether a person's driver has an act of its own."""
    driver = acts.driver if isinstance(acts, Acts) else acts
    return getattr(type(driver), act, None) not in (None, getattr(Unable, act))


def asks_when_looking(acts: Acting) -> bool:
    """Tell whether a person's driver asks the bank in order to look at a registration; pages may know by themselves."""
    driver = acts.driver if isinstance(acts, Acts) else acts
    return bool(getattr(driver, "asks_when_looking", True))


def _describe(driver: Acting, act: str, error: Exception) -> str:
    """Return whose mistake it is, and the file and line of the driver where it happened."""
    sources = {inspect.getsourcefile(kind) for kind in type(driver).__mro__ if kind.__module__ != "builtins"}
    frames = traceback.extract_tb(error.__traceback__)
    place = next((frame for frame in reversed(frames) if frame.filename in sources), frames[-1])
    file = os.path.relpath(place.filename)
    kind = type(error).__name__
    return f"a mistake of the driver's, not of the system's: {file}:{place.lineno}, in {act}: {kind}: {error}"
