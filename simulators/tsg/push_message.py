"""What a sign_up push says (device registration, step 2, R2.1)."""

from typing import Any

import msgspec

from simulators.kit import clock
from simulators.tsg.records import Push


def message_of(push: Push) -> dict[str, Any]:
    """Return a push's message, the same at every try; ``credential`` is there if the app sent one."""
    data: dict[str, Any] = {
        "service_id": push.service_id,
        "subject_id": push.subject_id,
        "external_reference": push.external_reference,
    }
    if push.credential is not None:
        data["credential"] = msgspec.json.decode(push.credential)
    return {"type": "sign_up", "timestamp": clock.stamp(push.made_at), "data": data}
