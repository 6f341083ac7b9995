"""Where everything lies in the data folder. Settings import this module, so it stays cheap.

    data/secrets    passwords and keys, 0600          data/locks       who runs and who uses the servers
    data/postgres   PostgreSQL's files                data/run         Unix sockets, 0700
    data/valkey     Valkey's append-only file         data/logs        one file for each process
    data/static     collected static files            data/index       the lexical index

`postgres`, `valkey` and `run` belong to the account of the servers. For root that is another account (see
account.py); where it may not enter the data folder, these three lie under ELSEWHERE instead.
"""

import errno
import hashlib
import os
import re
import secrets
import stat
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from coolpapers.environment import DatabaseAddress
from coolpapers.services.account import Account, server_account
from coolpapers.services.errors import ServiceError

NAME = "coolpapers"
PORT = 5432
ELSEWHERE = Path("/var/lib/coolpapers")
# A socket's path has at most 107 bytes on Linux and 103 on macOS; PostgreSQL's file name takes 15 and its lock 20.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432.lock")

# libpq splits a socket's folder at commas, and a Redis URL ends its path at `?` and reads `%` as an escape.
PLAIN = re.compile(r"[A-Za-z0-9_./@+~-]+")


class Layout:
    """Every path below one data folder. All processes work out the same ones, whoever comes first."""

    def __init__(self, data_dir: Path):
        self.data_dir = data_dir.resolve()

    @cached_property
    def account(self) -> Account:
        inside = self.data_dir / "postgres"
        return server_account(inside if inside.exists() else self.elsewhere / "postgres")

    @cached_property
    def elsewhere(self) -> Path:
        return ELSEWHERE / self._digest

    @cached_property
    def server_home(self) -> Path:
        """The folder of what belongs to the servers' account. Existing data decides, so that it never gets lost."""
        try:
            for home in (self.data_dir, self.elsewhere):
                if (home / "postgres" / "PG_VERSION").exists():
                    return self._enterable(home)
        except OSError as error:
            raise self._unusable(error) from error
        return self.data_dir if self.account.may_enter(self.data_dir) else self._enterable(self.elsewhere)

    @property
    def postgres_dir(self) -> Path:
        return self.server_home / "postgres"

    @property
    def valkey_dir(self) -> Path:
        return self.server_home / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.socket_dir / "valkey.sock"

    @cached_property
    def socket_dir(self) -> Path:
        near = self.server_home / "run"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER and PLAIN.fullmatch(str(near)):
            return near
        return Path("/tmp") / f"{NAME}-{self._digest}"  # noqa: S108 -- `private_folder` refuses somebody else's

    @property
    def program_dir(self) -> Path:
        """Copies of the servers' programs, where their account may not enter the virtual environment."""
        return self.server_home / "programs"

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "logs"

    @property
    def server_log_dir(self) -> Path:
        return self.server_home / "logs" / "servers"

    @property
    def lock_dir(self) -> Path:
        return self.data_dir / "locks"

    @property
    def secrets_dir(self) -> Path:
        return self.data_dir / "secrets"

    def database(self) -> DatabaseAddress:
        return DatabaseAddress(str(self.socket_dir), PORT, NAME, NAME, self.secret("postgres"))

    def secret(self, name: str) -> str:
        """Reads a secret; the first caller makes it. Of racing callers all get the same one."""
        path = self.folder(self.secrets_dir) / name
        try:
            return path.read_text() if path.exists() else _create_secret(path)
        except OSError as error:
            raise self._unusable(error) from error

    def folder(self, path: Path) -> Path:
        """Makes a folder of ours within the data folder. Raises ServiceError."""
        try:
            _make_with_parents(path)
        except OSError as error:
            raise self._unusable(error) from error
        return path

    def server_folder(self, path: Path) -> Path:
        """Makes a folder, 0700, that belongs to the servers' account, and proves that it does."""
        try:
            _make_with_parents(path.parent)
            with suppress(FileExistsError):
                path.mkdir(mode=0o700)
                self.account.owns(path)
        except OSError as error:
            raise self._unusable(error) from error
        self._prove_private(path)
        return path

    def _prove_private(self, path: Path) -> None:
        # In /tmp anybody may have made this name first: a folder or a link that leads to somebody else's server.
        facts = path.lstat()
        if os.geteuid() == 0 and facts.st_uid == 0 and stat.S_ISDIR(facts.st_mode):
            self.account.owns(path)  # killed between mkdir and chown
            facts = path.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != self.account.uid:
            raise ServiceError(
                f"The folder {path} cannot be used",
                "it is not a folder of the account that runs coolpapers",
                "Run coolpapers as its owner, remove it, or set COOLPAPERS_DATA_DIR to another folder.",
            )
        if stat.S_IMODE(facts.st_mode) & 0o077:
            path.chmod(0o700)

    def _enterable(self, home: Path) -> Path:
        if self.account.may_enter(home):
            return home
        raise ServiceError(
            f"The folder {home} cannot be used by PostgreSQL",
            f"its account {self.account.name!r} may not enter it",
            f"Give others the right to pass (chmod o+x on {home} and the folders above), "
            "or set COOLPAPERS_DATA_DIR to another folder.",
        )

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]

    def _unusable(self, error: OSError) -> ServiceError:
        return ServiceError(
            f"The data folder {self.data_dir} cannot be used",
            f"{error.strerror or error} ({error.filename})" if error.filename else str(error),
            "Set COOLPAPERS_DATA_DIR to a folder that you may write to.",
        )


def _make_with_parents(folder: Path) -> None:
    """Makes folders for us alone; root's let others pass, not look, so that the servers reach their own below."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        with suppress(FileExistsError):
            part.mkdir()
            part.chmod(mode)  # whatever the umask is
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _create_secret(path: Path) -> str:
    """A complete file appears under its name at once: a reader never sees half of it, and the first one wins."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return path.read_text()
