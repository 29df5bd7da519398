"""A version of a program that keeps letters."""
