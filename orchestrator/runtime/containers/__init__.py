"""The sandbox in containers of its own: what ``sandbox up --docker`` does, by the Docker SDK for Python."""
