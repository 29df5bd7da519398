"""A package with a table, as an earlier version has it."""
