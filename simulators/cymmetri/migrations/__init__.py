"""The migrations of what Cymmetri keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "cymmetri_0001"
