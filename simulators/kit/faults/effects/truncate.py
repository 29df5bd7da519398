"""The work is done, but only half of the answer's body arrives."""

from typing import Literal

from flask import Response

from simulators.kit.call import Call
from simulators.kit.faults.model import Effect, effect


@effect
class Truncate(Effect):
    """Send half of the body as if it were all."""

    name = "truncate"
    kind = Literal[True]

    def after(self, call: Call, response: Response) -> Response:
        del call
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
        return response
