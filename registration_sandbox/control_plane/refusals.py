"""Refusals that control calls share because they ask every service, or change a world that another may be changing."""

ASKING = [(404, "unknown-world"), (503, "service-unavailable")]
"""Of a call that asks the services of a world."""

CHANGING = [*ASKING, (409, "world-locked")]
"""Of a call that changes a world in its services."""
