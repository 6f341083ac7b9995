import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coolpapers.environment import CHECKOUT
from coolpapers.services.account import Account
from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import LONGEST_SOCKET_FOLDER, Layout
from tests.services.sandbox import Sandbox

READ_SECRET = """
import sys
from pathlib import Path
from coolpapers.services.layout import Layout
print(Layout(Path(sys.argv[1])).secret("shared"))
"""


def test_racing_processes_get_the_same_secret(sandbox: Sandbox) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", READ_SECRET, str(sandbox.data_dir)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = {racer.communicate()[0].strip() for racer in racers}
    assert len(said) == 1
    assert len(said.pop()) >= 32
    assert [path.name for path in (sandbox.data_dir / "secrets").iterdir()] == ["shared"]


def test_secrets_are_for_their_owner_only(sandbox: Sandbox) -> None:
    sandbox.layout.secret("one")
    mode = (sandbox.data_dir / "secrets" / "one").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_two_secrets_differ_and_stay(sandbox: Sandbox) -> None:
    one = sandbox.layout.secret("one")
    assert one != sandbox.layout.secret("two")
    assert one == Layout(sandbox.data_dir).secret("one")


def test_a_data_folder_below_a_file_is_refused_by_name(sandbox: Sandbox) -> None:
    blocker = sandbox.data_dir / "file"
    blocker.touch()
    with pytest.raises(ServiceError) as refused:
        Layout(blocker / "data").secret("any")
    assert str(blocker / "data") in str(refused.value)
    assert "COOLPAPERS_DATA_DIR" in refused.value.remedy


def test_a_long_data_folder_gets_a_short_socket_folder(sandbox: Sandbox) -> None:
    deep = sandbox.data_dir / ("x" * 60) / ("y" * 60)
    layout = Layout(deep)
    assert len(os.fsencode(layout.socket_dir)) <= LONGEST_SOCKET_FOLDER
    assert layout.socket_dir == Layout(deep).socket_dir
    assert layout.socket_dir != Layout(deep / "z").socket_dir


def test_a_strict_umask_does_not_lock_the_servers_out(sandbox: Sandbox) -> None:
    before = os.umask(0o077)
    try:
        layout = Layout(sandbox.data_dir / "new")
        home = layout.server_home
        layout.secret("any")
    finally:
        os.umask(before)
    assert Layout(sandbox.data_dir / "new").server_home == home


def test_a_folder_of_somebody_else_is_refused(sandbox: Sandbox) -> None:
    layout = Layout(sandbox.data_dir)
    layout.account = Account(12345, 12345, "somebody")
    (sandbox.data_dir / "run").mkdir()
    if os.geteuid() == 0:
        os.chown(sandbox.data_dir / "run", 54321, 54321)
    with pytest.raises(ServiceError, match="not a folder of the account"):
        layout.server_folder(sandbox.data_dir / "run")


def test_a_link_in_place_of_a_folder_is_refused(sandbox: Sandbox) -> None:
    target = sandbox.data_dir / "elsewhere"
    target.mkdir()
    (sandbox.data_dir / "run").symlink_to(target)
    with pytest.raises(ServiceError):
        sandbox.layout.server_folder(sandbox.data_dir / "run")


def test_an_open_socket_folder_is_closed_to_others(sandbox: Sandbox) -> None:
    folder = sandbox.layout.server_folder(sandbox.data_dir / "run")
    folder.chmod(0o777)
    sandbox.layout.server_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as another account")
def test_root_keeps_server_data_outside_a_closed_folder(sandbox: Sandbox) -> None:
    closed = sandbox.data_dir / "closed"
    closed.mkdir(mode=0o700)
    layout = Layout(closed / "data")
    assert closed not in layout.postgres_dir.parents
    assert closed in layout.secrets_dir.parents
    assert layout.account.may_enter(Path("/"))
    assert not layout.account.may_enter(closed)
