"""A push says of itself that it was sent long ago."""

from dataclasses import replace

from simulators.kit.faults.effect import Effect, Form, PushTry, effect
from simulators.kit.wire.webhooks import TOLERANCE


@effect
class StaleTimestamp(Effect):
    """The push's timestamp is older than a receiver tolerates."""

    name = "stale_timestamp"
    on_push, on_request = True, False
    forms = (Form("stale-timestamp", "it is too old"),)

    def alter(self, push: PushTry) -> PushTry:
        return replace(push, signed_at=push.signed_at - 2 * TOLERANCE)
