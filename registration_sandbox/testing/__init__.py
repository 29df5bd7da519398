"""The sandbox in other people's test suites: a pytest plugin (``plugin``), found by its entry point."""
