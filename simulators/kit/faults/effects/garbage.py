"""The answer is not JSON, whatever it says of itself; the work is not done."""

from simulators.kit.faults.effect import Effect, Form, Substitute, Target, effect

PAGE = "<html><body>Proxy error: the upstream said something strange</body></html>"


@effect
class Garbage(Effect):
    """The answer is not JSON, and the work is not done."""

    name = "garbage"
    forms = (Form("garbage", "an answer that is not JSON"),)

    def before(self, target: Target) -> Substitute | None:
        del target
        return Substitute(body=PAGE)
