"""What every simulated system is made of: app factory, worlds, clock, store, journal, branch decisions, errors."""
