"""Cymmetri, the identity system: registration of web users, their accounts, and login."""
