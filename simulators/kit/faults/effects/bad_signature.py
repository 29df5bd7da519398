"""A push is signed by somebody who does not know the secret."""

import base64
from dataclasses import replace

from simulators.kit.faults.effect import Effect, Form, PushTry, effect
from simulators.kit.wire.webhooks import SECRET_PREFIX


@effect
class BadSignature(Effect):
    """The push is signed with another secret."""

    name = "bad_signature"
    on_push, on_request = True, False
    forms = (Form("bad-signature", "it is signed with another secret"),)

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, secret=SECRET_PREFIX + base64.b64encode(self.dice.randbytes(32)).decode())
