"""The embedded servers themselves: found, started, recovered, stopped."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import redis

from coolpapers.environment import CHECKOUT
from coolpapers.services import processes, removal, usage
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout
from coolpapers.services.postgres import Postgres
from coolpapers.services.valkey import Valkey
from tests.services.sandbox import Sandbox, quiet, wait_for

RACE = """
import sys, time
from pathlib import Path
from coolpapers.services import usage
from coolpapers.services.layout import Layout
layout = Layout(Path(sys.argv[1]))
servers = usage.servers(layout, durable=False)
with usage.using(layout, servers, lambda line: None):
    print(*[server.pid() for server in servers], flush=True)
    sys.stdin.read()
"""


@contextmanager
def running(layout: Layout, *, valkey: bool = False, durable: bool = False) -> Iterator[None]:
    with usage.using(layout, usage.servers(layout, valkey=valkey, durable=durable), quiet):
        yield


def query(layout: Layout, statement: str) -> list[tuple[object, ...]]:
    address = layout.database()
    with psycopg.connect(
        host=address.host, port=address.port, dbname=address.name, user=address.user, password=address.password
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill(layout: Layout) -> None:
    """kill -9 to the main process of PostgreSQL."""
    pid = Postgres(layout).pid()
    assert pid
    processes.send([pid], signal.SIGKILL)
    wait_for(lambda: Postgres(layout).pid() is None)


def test_both_servers_start_answer_and_stop(sandbox: Sandbox) -> None:
    with running(sandbox.layout, valkey=True):
        assert sandbox.servers() == ["PostgreSQL", "Valkey"]
        client = redis.Redis(unix_socket_path=str(sandbox.layout.valkey_socket))
        client.set("key", "value")
        assert query(sandbox.layout, "SELECT 'cat'::text % 'cats'") == [(True,)]
    assert sandbox.servers() == []
    assert processes.working_in(sandbox.layout.postgres_dir, sandbox.layout.account) == set()


def test_the_database_has_what_search_needs(sandbox: Sandbox) -> None:
    with running(sandbox.layout, durable=True):
        names = {row[0] for row in query(sandbox.layout, "SELECT extname FROM pg_extension")}
        assert {"vector", "pg_trgm", "unaccent", "btree_gin"} <= names
        # A plain C locale would find no trigram here.
        assert query(sandbox.layout, "SELECT cardinality(show_trgm('机器学习')) > 0") == [(True,)]
        assert query(sandbox.layout, "SHOW listen_addresses") == [("",)]
        assert query(sandbox.layout, "SHOW fsync") == [("on",)]


def test_the_socket_wants_the_password(sandbox: Sandbox) -> None:
    with running(sandbox.layout), pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host=str(sandbox.layout.socket_dir), port=5432, dbname="coolpapers", user="coolpapers", password="wrong"
        )


def test_racing_starters_share_one_server(sandbox: Sandbox) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(sandbox.data_dir)],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = {racer.stdout.readline() for racer in racers if racer.stdout}
    assert len(said) == 1
    assert "None" not in said.pop()
    for racer in racers[1:]:
        racer.communicate("")
    assert sandbox.servers() == ["PostgreSQL", "Valkey"], "one user is left"
    racers[0].communicate("")
    assert sandbox.servers() == [], "the last one out stops them"


def test_a_killed_user_does_not_count(sandbox: Sandbox) -> None:
    user = subprocess.Popen(
        [sys.executable, "-c", RACE, str(sandbox.data_dir)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout
    user.stdout.readline()
    user.kill()
    user.wait()
    assert sandbox.servers() == ["PostgreSQL", "Valkey"]
    with running(sandbox.layout):
        pass
    assert sandbox.servers() == []


def test_committed_rows_survive_a_killed_server(sandbox: Sandbox) -> None:
    with running(sandbox.layout, durable=True):
        query(sandbox.layout, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
        kill(sandbox.layout)
        usage.revive(sandbox.layout, [Postgres(sandbox.layout)], quiet)
        assert query(sandbox.layout, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_killed_server_is_replaced_by_the_next_user(sandbox: Sandbox) -> None:
    with running(sandbox.layout):
        kill(sandbox.layout)
    with running(sandbox.layout):
        assert query(sandbox.layout, "SELECT 1") == [(1,)]


def test_a_pid_file_with_the_number_of_a_stranger_is_no_obstacle(sandbox: Sandbox) -> None:
    with running(sandbox.layout):
        pass
    pid_file = sandbox.layout.postgres_dir / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{sandbox.layout.postgres_dir}\n")
    lock = sandbox.layout.socket_dir / ".s.PGSQL.5432.lock"
    lock.write_text(f"{os.getppid()}\n{sandbox.layout.postgres_dir}\n")
    with running(sandbox.layout):
        assert query(sandbox.layout, "SELECT 1") == [(1,)]


def test_an_interrupted_first_start_is_repaired(sandbox: Sandbox) -> None:
    draft = sandbox.layout.server_folder(sandbox.layout.server_home / "postgres.draft-0000")
    (draft / "PG_VERSION").write_text("18\n")
    with running(sandbox.layout):
        assert query(sandbox.layout, "SELECT 1") == [(1,)]
    assert not draft.exists()


def test_a_database_of_another_release_is_refused_untouched(sandbox: Sandbox) -> None:
    folder = sandbox.layout.server_folder(sandbox.layout.postgres_dir)
    (folder / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServiceError, match="made by PostgreSQL 17"), running(sandbox.layout):
        pass
    assert [path.name for path in folder.iterdir()] == ["PG_VERSION"]


def test_foreign_files_in_the_database_folder_stay(sandbox: Sandbox) -> None:
    folder = sandbox.layout.server_folder(sandbox.layout.postgres_dir)
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(ServiceError, match="no PostgreSQL database"), running(sandbox.layout):
        pass
    assert (folder / "thesis.txt").read_text() == "mine"


def test_a_lost_password_is_told_with_its_file(sandbox: Sandbox) -> None:
    with running(sandbox.layout):
        pass
    (sandbox.layout.secrets_dir / "postgres").write_text("another")
    with pytest.raises(ServiceError, match="secrets/postgres"), running(Layout(sandbox.data_dir)):
        pass


def test_a_long_data_folder_works(sandbox: Sandbox) -> None:
    layout = Layout(sandbox.data_dir / ("x" * 60) / ("y" * 60))
    try:
        with running(layout, valkey=True):
            assert query(layout, "SELECT 1") == [(1,)]
    finally:
        removal.remove(layout)
    assert not layout.socket_dir.exists()


def test_a_folder_name_with_quotes_blanks_and_commas_works(sandbox: Sandbox) -> None:
    layout = Layout(sandbox.data_dir / """it's a "folder", mine""")
    try:
        with running(layout, valkey=True):
            assert query(layout, "SELECT 1") == [(1,)]
    finally:
        removal.remove(layout)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as another account")
def test_root_can_use_a_folder_that_is_closed_to_others(sandbox: Sandbox) -> None:
    closed = sandbox.data_dir / "closed"
    closed.mkdir(mode=0o700)
    layout = Layout(closed / "data")
    try:
        with running(layout, valkey=True):
            assert query(layout, "SELECT 1") == [(1,)]
        closed.chmod(0o755)
        assert Layout(closed / "data").postgres_dir == layout.postgres_dir, "existing data is not lost from sight"
    finally:
        removal.remove(layout)
    assert not layout.elsewhere.exists()


def test_valkey_keeps_its_keys_over_a_restart(sandbox: Sandbox) -> None:
    client = redis.Redis(unix_socket_path=str(sandbox.layout.valkey_socket))
    only_valkey = [Valkey(sandbox.layout)]
    with usage.using(sandbox.layout, only_valkey, quiet):
        client.set("key", "value")
    with usage.using(sandbox.layout, only_valkey, quiet):
        assert client.get("key") == b"value"
