"""``python -m registration_sandbox`` is ``sandbox``."""

from registration_sandbox.cli import main

if __name__ == "__main__":
    main()
