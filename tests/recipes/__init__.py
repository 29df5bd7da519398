"""The recipes, each run as its README says."""
