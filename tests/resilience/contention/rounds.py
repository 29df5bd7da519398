"""How often each contention is tried: it shows itself in some tries only."""

import os

ROUNDS = range(int(os.environ.get("SANDBOX_TORTURE_ROUNDS") or (5 if os.environ.get("SANDBOX_THOROUGH") else 1)))
