"""The acceptance gate: plays the specification on one sandbox, in parallel, and judges which branches it proves."""
