"""``python -m registration_sandbox.power BUG up …``: the command line in a process in which a bug is planted."""

import sys

from registration_sandbox.power.bugs import find_bug
from registration_sandbox.power.planting import plant

if __name__ == "__main__":
    plant(find_bug(sys.argv.pop(1)))
    from registration_sandbox.cli import main

    main()
