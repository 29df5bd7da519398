"""The work is done, but only half of the answer's body arrives."""

from flask import Response

from simulators.kit.faults.effect import Effect, Form, Target, effect


@effect
class Truncate(Effect):
    """The work is done, and half of the answer's body arrives as if it were all."""

    name = "truncate"
    on_body = True
    forms = (Form("truncate", "half of the answer's body"),)

    def after(self, target: Target, response: Response) -> Response:
        del target
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
        return response
