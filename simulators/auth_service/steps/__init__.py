"""What the Auth Service does: one file a use-case."""
