"""The migrations of what is kept of the phones, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "handset_0001"
