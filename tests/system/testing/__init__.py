"""The pytest plugin, tried as another project's test suite would."""
