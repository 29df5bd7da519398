"""The migrations of what the Auth Service keeps, oldest first; ``HEAD`` is the last one's revision."""

HEAD = "auth_service_0001"
