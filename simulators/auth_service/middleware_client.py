"""What the Auth Service asks of the middleware: to take in a push of the TSG's."""

from simulators.kit.web.answers import NOW
from simulators.kit.web.call import Call
from simulators.kit.wire import webhooks
from simulators.kit.wire.client import Reply

PUSH_PATH = "/tsg/push"
SIGNATURE = (webhooks.ID, webhooks.TIMESTAMP, webhooks.SIGNATURE)


def hand_on(call: Call, raw: bytes) -> Reply:
    """Hand a push on byte for byte, signature included, and return the middleware's answer. Raises UpstreamFailure."""
    signature = {name: call.request.headers.get(name, "") for name in SIGNATURE}
    headers = {**signature, "Content-Type": "application/json", NOW: call.now_text}
    reply = call.ask("orchestrator", "POST", PUSH_PATH, raw=raw, headers=headers)
    call.relayed.extend(reply.branches)
    return reply
