"""What phones and their owners do: one file a use-case."""
