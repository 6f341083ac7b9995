"""The embedded PostgreSQL: made at the first start, found or recovered at the next ones."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from coolpapers.services import processes, programs, server
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import NAME, PORT, Layout
from coolpapers.services.server import Say

EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gin")
# C.UTF-8 needs no locale of the machine; plain C would make pg_trgm blind to Chinese.
INITDB = (
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--username={NAME}",
)
# Fast shutdown writes what is in memory; when the disk is too slow for that, the log is replayed at the next start.
STOPPING = ((signal.SIGINT, 3.0), (signal.SIGQUIT, 1.0), (signal.SIGKILL, 1.0))
DRAFT = "postgres.draft-"
PATIENCE = 600
SMALL_SHM = 1 << 30


class Postgres:
    name = "PostgreSQL"

    def __init__(self, layout: Layout, *, durable: bool = True):
        self.layout, self.durable = layout, durable
        self.folder = layout.postgres_dir

    def ensure(self, say: Say) -> None:
        """Starts the server unless it answers. Returns when the database is there. Raises ServiceError."""
        if self._answers(NAME) is None:
            return
        self._check_version()
        self._await_answer(self.pid() or self._start(say), say)
        self._create_database()

    def stop(self) -> None:
        server.end(self, STOPPING)

    def pid(self) -> int | None:
        pid = processes.read_pid(self.folder / "postmaster.pid")
        return pid if pid and processes.is_running(pid, self.folder, self.layout.account) else None

    def version(self) -> str:
        output = subprocess.check_output([self._program("postgres"), "--version"], text=True)
        return output.rpartition(" ")[2].strip()

    def _start(self, say: Say) -> int:
        server.end_orphans(self)
        self.layout.server_folder(self.layout.socket_dir)
        self.layout.server_folder(self.layout.server_log_dir)
        if not (self.folder / "PG_VERSION").exists():
            say("Making a new PostgreSQL database ...")
            self._initialise()
        self._drop_stale_locks()
        self._write_configuration()
        self._log().unlink(missing_ok=True)
        say("Starting PostgreSQL ...")
        command: list[str | Path] = [self._program("postgres"), "-D", self.folder]
        return server.launch(self.layout, command, self._log(), "PostgreSQL cannot be started")

    def _drop_stale_locks(self) -> None:
        """Nobody works in the folder any more, so these are the files of a killed server. The number in them may be a
        zombie's or a stranger's by now, and PostgreSQL would then refuse to start."""
        if processes.has_proc():
            socket = self.layout.socket_dir / f".s.PGSQL.{PORT}"
            for path in (self.folder / "postmaster.pid", socket, Path(f"{socket}.lock")):
                path.unlink(missing_ok=True)

    def _initialise(self) -> None:
        """initdb goes into a draft: one that was killed half-way leaves nothing that looks like a database."""
        draft = self.folder.with_name(f"{DRAFT}{secrets.token_hex(4)}")
        for old in self.folder.parent.glob(f"{DRAFT}*"):
            shutil.rmtree(old, ignore_errors=True)
        if self.folder.exists():
            self.folder.rmdir() if not any(self.folder.iterdir()) else self._refuse_foreign()
        self.layout.server_folder(draft)
        password = draft.with_name(f"{draft.name}.password")
        try:
            password.touch(mode=0o600)
            password.write_text(self.layout.secret("postgres"))
            self.layout.account.owns(password)
            command: list[str | Path] = [self._program("initdb"), *INITDB, "-D", draft, "--pwfile", password]
            if not self.durable:
                command.append("--no-sync")
            server.run(self.layout, command, "PostgreSQL cannot make its database")
        finally:
            password.unlink(missing_ok=True)
        with (draft / "postgresql.conf").open("a") as file:
            file.write(f"\ninclude '{NAME}.conf'  # written anew at each start\n")
        draft.rename(self.folder)

    def _refuse_foreign(self) -> None:
        raise ServiceError(
            f"The folder {self.folder} cannot be used",
            "it holds files, and no PostgreSQL database",
            "Move it away, or set COOLPAPERS_DATA_DIR to another folder.",
        )

    def _write_configuration(self) -> None:
        path = self.folder / f"{NAME}.conf"
        lines = [f"{name} = '{value}'" for name, value in self._configuration().items()]
        try:
            path.write_text("\n".join(["# Written by coolpapers at each start.", *lines, ""]))
            self.layout.account.owns(path)
        except OSError as error:
            raise server.failure("PostgreSQL cannot be started", f"{path}: {error.strerror}") from error

    def _configuration(self) -> dict[str, str]:
        return {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.layout.socket_dir),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "256MB",
            "effective_cache_size": "1GB",
            "work_mem": "16MB",
            "maintenance_work_mem": "256MB",
            "max_wal_size": "2GB",
            "wal_compression": "pglz",
            "random_page_cost": "1.1",
            "jit": "off",
            # Building the vector index in parallel needs maintenance_work_mem of shared memory, more than containers
            # give to /dev/shm.
            "dynamic_shared_memory_type": "mmap" if _shm_is_small() else "posix",
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "logging_collector": "on",
            "log_directory": str(self.layout.server_log_dir).replace("'", "''"),
            # One file for each day of the week, emptied when its day comes round again.
            "log_filename": "postgres-%a.log",
            "log_truncate_on_rotation": "on",
            "log_rotation_age": "1d",
            "log_rotation_size": "0",
            "log_min_duration_statement": "5s",
            "log_checkpoints": "off",
        }

    def _await_answer(self, pid: int, say: Say) -> None:
        started = told = time.monotonic()
        while (problem := self._answers("postgres")) is not None:
            now = time.monotonic()
            if "password authentication failed" in problem:
                raise ServiceError(
                    "PostgreSQL refuses our password",
                    f"{self.layout.secrets_dir / 'postgres'} is not the one that the database was made with",
                    "Restore that file, or remove the data with `make clean-data` and begin anew.",
                )
            if not processes.exists(pid):
                raise server.failure("PostgreSQL stopped while starting", self._last_words())
            if now - started > PATIENCE:
                raise server.failure(f"PostgreSQL did not answer for {PATIENCE} seconds", problem)
            if now - told > 3:
                told = now
                say(f"Waiting for PostgreSQL for {now - started:.0f} s: {problem}")
            time.sleep(0.05)

    def _answers(self, database: str) -> str | None:
        """None when `database` can be used, otherwise what keeps us from it."""
        address = self.layout.database()
        if not (self.layout.socket_dir / f".s.PGSQL.{PORT}").exists():
            return "no socket yet"
        try:
            self._connect(database, address.password).close()
        except psycopg.OperationalError as error:
            return re.sub(r".*FATAL:\s*", "", str(error).strip().splitlines()[0])
        return None

    def _connect(self, database: str, password: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.layout.socket_dir),
            port=PORT,
            dbname=database,
            user=NAME,
            password=password,
            connect_timeout=5,
            autocommit=True,
        )

    def _create_database(self) -> None:
        password = self.layout.database().password
        with self._connect("postgres", password) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                return
        # In the template, so that the databases of tests have them too. The last step makes ours: killed before it,
        # the next start does all of this again.
        with self._connect("template1", password) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        with self._connect("postgres", password) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")

    def _check_version(self) -> None:
        path = self.folder / "PG_VERSION"
        if not path.exists():
            return
        found, ours = path.read_text().strip(), self.version().partition(".")[0]
        if found != ours:
            raise ServiceError(
                f"The database in {self.folder} cannot be opened",
                f"it was made by PostgreSQL {found} and this release brings {ours}",
                "Dump it with the old release (pg_dump) and restore it here, or move the folder away to begin anew.",
            )

    def _program(self, name: str) -> Path:
        return programs.postgres_bin(self.layout) / name

    def _log(self) -> Path:
        return self.layout.server_log_dir / "postgres-start.log"

    def _last_words(self) -> str:
        newest = sorted(self.layout.server_log_dir.glob("postgres-*.log"), key=lambda path: path.stat().st_mtime)
        return server.last_words("\n".join(server.tail(path) for path in newest[-2:])) or "it said nothing"


def _shm_is_small() -> bool:
    try:
        facts = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return True
    return facts.f_bavail * facts.f_frsize < SMALL_SHM
