"""The scenarios that come with the sandbox: worlds as data, one a file."""
