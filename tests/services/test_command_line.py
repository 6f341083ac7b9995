import os
import socket

from coolpapers.services import usage
from tests.services.sandbox import Sandbox, quiet


def assert_one_line(text: str) -> None:
    assert "Traceback" not in text
    assert [line.startswith("coolpapers: ") for line in text.strip().splitlines()] == [True], text


def test_a_command_starts_the_servers_and_stops_them(sandbox: Sandbox) -> None:
    done = sandbox.manage("migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert "Starting PostgreSQL" in done.stderr
    assert done.stdout == ""
    assert sandbox.servers() == []


def test_a_command_leaves_the_servers_to_their_other_users(sandbox: Sandbox) -> None:
    with usage.using(sandbox.layout, usage.servers(sandbox.layout, durable=False), quiet):
        done = sandbox.manage("showmigrations")
        assert done.returncode == 0
        assert "Starting" not in done.stderr
        assert sandbox.servers() == ["PostgreSQL", "Valkey"]


def test_help_needs_no_server(sandbox: Sandbox) -> None:
    for arguments in (["help"], ["migrate", "--help"], []):
        assert sandbox.manage(*arguments).returncode == 0
    assert not sandbox.layout.postgres_dir.exists()


def test_a_wrong_database_url_is_one_line(sandbox: Sandbox) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        done = sandbox.manage("migrate", DATABASE_URL=f"postgresql://me:hidden@127.0.0.1:{port}/papers")
    assert done.returncode == 1
    assert_one_line(done.stderr)
    assert "DATABASE_URL" in done.stderr
    assert "hidden" not in done.stderr


def test_a_malformed_variable_is_one_line(sandbox: Sandbox) -> None:
    done = sandbox.manage("migrate", COOLPAPERS_PORT="eighty")
    assert done.returncode == 1
    assert_one_line(done.stderr)
    assert "COOLPAPERS_PORT" in done.stderr


def test_an_unusable_data_folder_is_one_line(sandbox: Sandbox) -> None:
    # Root may write nearly everywhere, but nobody makes folders here.
    for place in ("/proc/coolpapers", os.path.realpath(__file__) + "/data"):
        done = sandbox.manage("migrate", COOLPAPERS_DATA_DIR=place)
        assert done.returncode == 1
        assert_one_line(done.stderr)
        assert "COOLPAPERS_DATA_DIR" in done.stderr


def test_a_foreign_database_is_used_like_our_own(sandbox: Sandbox) -> None:
    with usage.using(sandbox.layout, usage.servers(sandbox.layout, durable=False), quiet):
        address = sandbox.layout.database()
        host = address.host.replace("/", "%2F")
        foreign = {
            "DATABASE_URL": f"postgresql://{address.user}:{address.password}@{host}:5432/{address.name}",
            "REDIS_URL": f"unix://{sandbox.layout.valkey_socket}",
            "COOLPAPERS_DATA_DIR": f"{sandbox.data_dir}/other",
        }
        done = sandbox.manage("migrate", "--verbosity", "0", **foreign)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert not (sandbox.data_dir / "other" / "postgres").exists()
