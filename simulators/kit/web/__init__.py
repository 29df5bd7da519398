"""What comes in: requests, decoded, answered, and described by OpenAPI."""
