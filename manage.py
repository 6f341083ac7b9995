#!/usr/bin/env python
"""Django's command line, with the servers it needs running around it."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coolpapers.settings")
    try:
        from coolpapers.command_line import execute
    except ImportError as error:
        sys.exit(f"coolpapers: {error}. Run `make setup`, then use .venv/bin/python manage.py.")
    sys.exit(execute(sys.argv))


if __name__ == "__main__":
    main()
