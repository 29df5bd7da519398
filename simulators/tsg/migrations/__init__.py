"""The migrations of what the TSG keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "tsg_0001"
