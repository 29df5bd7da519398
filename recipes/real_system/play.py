"""Play a web registration whose Cymmetri is a real system, and tell what of it the sandbox sees and can do."""

import os
import sys
from collections.abc import Callable

from registration_sandbox.client import Refused, Sandbox


def play(sandbox: Sandbox, cif: str, code: Callable[[], str], tell: Callable[[str], None]) -> None:
    """Begin a registration of a customer whom the real system knows; ``code`` reads what was mailed to them."""
    beyond = [each.service for each in sandbox.services() if each.state == "outside"]
    tell(f"Outside the sandbox: {', '.join(beyond) or 'nothing'}")
    with sandbox.make("new-customer") as world:
        visit = world.begin({"flow": "web", "deviceId": "browser", "type": "CIF", "id": cif})
        tell(f"The middleware asked the real Cymmetri: {visit.status}")
        visit.act("verify-email-otp", otp=code())
        tell(f"It took the code that the real system has mailed: {visit.status}")
        seen = sorted({exchange.service for exchange in world.journal()})
        tell(f"The journal has the exchanges of: {', '.join(seen)}")
        tell(f"The clock was advanced, but not in: {', '.join(world.clock.advance('PT1M').not_moved)}")
        try:
            world.add_fault({"status": 503}, service="cymmetri")
        except Refused as refused:
            tell(f"A fault in it is refused: {refused.detail}")


if __name__ == "__main__":
    url = os.environ.get("SANDBOX_URL", "http://127.0.0.1:8800")
    play(Sandbox.at(url), sys.argv[1], lambda: input("The code that was mailed: "), print)
