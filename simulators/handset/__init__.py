"""The phones of the simulated people, with the app SDK in them."""
