"""How often each contention is tried: it shows itself in some tries only."""

import os

ROUNDS = range(5 if os.environ.get("SANDBOX_THOROUGH") else 1)
