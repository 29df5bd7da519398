"""The migrations of what the mailroom keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "mailroom_0001"
