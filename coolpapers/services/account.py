"""The account that the embedded servers run as. PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coolpapers.services.errors import ServiceError

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    name: str

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    def switch(self) -> dict[str, object]:
        """Arguments of subprocess that start a program as this account."""
        return {} if self.is_ours else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        """Gives one file or folder to this account."""
        if not self.is_ours:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    @contextmanager
    def eyes(self) -> Iterator[None]:
        """Looks at /proc as this account: in a container root may not see the processes of others."""
        if self.is_ours:
            yield
            return
        group, user = os.getegid(), os.geteuid()
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(user)
            os.setegid(group)

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can pass through `folder` and all that it lies in, as far as they exist."""
        return self.is_ours or all(self._may_pass(part) for part in (folder, *folder.parents) if part.exists())

    def _may_pass(self, folder: Path) -> bool:
        facts = folder.stat()
        if facts.st_uid == self.uid:
            return bool(facts.st_mode & stat.S_IXUSR)
        if facts.st_gid == self.gid:
            return bool(facts.st_mode & stat.S_IXGRP)
        return bool(facts.st_mode & stat.S_IXOTH)


def server_account(existing_data: Path) -> Account:
    """Ourselves; for root the owner of the existing data, else `postgres`, else `nobody`. Raises ServiceError."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), "")
    owner = _owner(existing_data)
    if owner:
        return owner
    for name in CANDIDATES:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise ServiceError(
        "PostgreSQL cannot be started",
        "it refuses to run as root, and this machine has neither the account postgres nor nobody",
        "Run coolpapers as a plain user, or add one with `useradd --system postgres`.",
    )


def _owner(folder: Path) -> Account | None:
    try:
        uid = folder.stat().st_uid
        return _account(pwd.getpwuid(uid)) if uid else None
    except (OSError, KeyError):
        return None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)
