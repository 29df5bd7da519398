"""What the tests that play against a running sandbox share."""
