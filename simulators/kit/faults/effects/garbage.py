"""The answer is not JSON, whatever it says of itself; the work is not done."""

from typing import Literal

from simulators.kit.api import Answer
from simulators.kit.call import Call
from simulators.kit.faults.model import Effect, effect

PAGE = "<html><body>Proxy error: the upstream said something strange</body></html>"


@effect
class Garbage(Effect):
    """Answer something that is not JSON."""

    name = "garbage"
    kind = Literal[True]

    def before(self, call: Call) -> Answer | None:
        del call
        return Answer(PAGE)
