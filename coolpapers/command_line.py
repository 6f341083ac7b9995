"""`manage.py`: Django's commands with the servers running around them, and plain words when that fails."""

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError, ProgrammingError

from coolpapers.services.errors import ServiceError

# These work without a database, or start the servers themselves at the right moment.
WITHOUT_SERVERS = {
    "help", "version", "--help", "-h", "--version", "makemessages", "compilemessages", "collectstatic", "findstatic",
    "startproject", "startapp", "diffsettings", "up", "stop", "status", "clean_data",
}  # fmt: skip


# PostgreSQL's codes. By name they would cost each command the import of psycopg.
UNDEFINED_TABLE, UNDEFINED_COLUMN = "42P01", "42703"

# What PostgreSQL must be able to write for its log to go on: a few segments of 16 MB.
LOG_SEGMENTS = 64 * 1024 * 1024


def execute(argv: Sequence[str]) -> int:
    """Runs one command of manage.py. Returns its exit code."""
    from django.core.management import execute_from_command_line

    try:
        _end_orderly_on_sigterm()
        with _servers() if _needs_servers(argv) else nullcontext():
            execute_from_command_line(list(argv))
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:
        return _exit_code(leaving)
    except BrokenPipeError:
        return 1
    except (ServiceError, ImproperlyConfigured) as error:
        return _complain(str(error))
    except OperationalError as error:
        return _complain(_database_lost(error))
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") not in (UNDEFINED_TABLE, UNDEFINED_COLUMN):
            raise
        return _complain("The database is older than the program, or empty: run `manage.py migrate`, or `make run`.")
    return 0


def say(line: str) -> None:
    """Progress goes to stderr, so that the output of commands can be read by programs."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _needs_servers(argv: Sequence[str]) -> bool:
    if len(argv) < 2 or argv[1] in WITHOUT_SERVERS or "--help" in argv or "-h" in argv:
        return False
    return argv[1] != "check" or "--database" in argv


def _servers() -> AbstractContextManager[None]:
    from coolpapers.services.connection import connected

    return connected(say)


def _end_orderly_on_sigterm() -> None:
    """A terminated command still leaves orderly: it stops the servers if it was their last user."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        with suppress(ValueError):  # not in the main thread
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, leave)


def _exit_code(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    say(str(leaving.code))
    return 1


def _disk_full() -> str:
    """What to say when a full disk is why the embedded database died: it cannot say so itself any more."""
    from django.conf import settings

    from coolpapers.services import preflight

    try:
        preflight.check_disk(settings.LAYOUT, needed=LOG_SEGMENTS)
    except ServiceError as error:
        return str(error)
    return ""


def _complain(message: str) -> int:
    if os.environ.get("COOLPAPERS_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        traceback.print_exc()
    say(f"coolpapers: {' '.join(message.split())}")
    return 1


def _database_lost(error: OperationalError) -> str:
    if not os.environ.get("DATABASE_URL") and (full := _disk_full()):
        return full
    remedy = (
        "Set DATABASE_URL right." if os.environ.get("DATABASE_URL") else "Run `make status` and look into the logs."
    )
    return f"The database failed: {error} {remedy}"
