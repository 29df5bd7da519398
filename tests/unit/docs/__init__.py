"""The papers: that they lead where they say, and say what the code does."""
