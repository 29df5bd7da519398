"""The migrations of letters."""

HEAD = "letters_0001"
