"""The same package in a later version: a letter has a sender, and its text another name."""
