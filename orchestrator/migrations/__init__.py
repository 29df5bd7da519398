"""The migrations of what the middleware keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "orchestrator_0002"
