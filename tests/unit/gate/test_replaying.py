"""The command that plays a scenario again: a shell makes of it the words that it was made of."""

import shlex
from pathlib import Path

from registration_sandbox.gate.playing import replay
from registration_sandbox.gate.running import Order

PLACE = "features/a customer's way.feature:3"


def test_a_shell_makes_of_a_replay_line_what_was_meant() -> None:
    options = Order(seed=5, root=Path("/tmp/my suite; x"), policies=["cymmetri.wire={'a': 1}"]).replay_options()
    assert shlex.split(replay(PLACE, options)) == [
        "sandbox", "run", PLACE, "--seed", "5", "--suite", "/tmp/my suite; x", "--policy", "cymmetri.wire={'a': 1}",
    ]  # fmt: skip
