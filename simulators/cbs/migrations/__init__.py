"""The migrations of what the core banking system keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "cbs_0001"
