"""The migrations of the tables that every service has, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "kit_0001"
