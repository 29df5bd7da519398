"""Worlds as data: scenarios, the people they make, and the part that each service is told of them."""
