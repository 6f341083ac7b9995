"""The browser extension as its stores take it: a zip for Chrome, Chromium and Edge, an xpi for Firefox.

`make extension` runs this by its path with the system's Python: nothing needs to be installed for it.
Loaded unpacked, extension/ works as it is. A package differs in its manifest, which each browser reads without a
warning, and in the server that it opens before its reader chose one. The same files make the same bytes: entries are
sorted and bear one time, so two people who build one version can compare what they got."""

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "extension"
KINDS = {".css", ".html", ".js", ".json", ".png"}
# The tests alone read them.
NOT_SHIPPED = {"rules.cases.json"}
# Also what a host of our own needs: one label, a port, IPv6. Neither a password nor a question belongs to a server.
ADDRESS = re.compile(
    r"(?P<begin>https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]))"
    r"(?P<rest>(?::(?P<port>[0-9]{1,5}))?(?:/[\w.~%!$&()*+,;=:@-]*)*)",
    re.ASCII | re.IGNORECASE,
)
LAST_PORT, LONGEST_SERVER = 65535, 300
# By the package, parts of the manifest that its browser warns of: Chrome runs no background scripts but a service
# worker, Firefox the other way round.
OTHERS_PARTS = {
    "chrome.zip": {"scripts", "browser_specific_settings"},
    "firefox.xpi": {"service_worker", "minimum_chrome_version"},
}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
READABLE = 0o100644 << 16
UNIX = 3


class Unusable(ValueError):
    """A server that cannot be built in. The message is for the person who named it."""


def server_address(typed: str) -> str:
    """The address of a server as the extension keeps it, without a slash at its end. Raises Unusable."""
    found = ADDRESS.fullmatch(typed.strip())
    if not found or int(found["port"] or 0) > LAST_PORT or len(typed) > LONGEST_SERVER:
        raise Unusable(f"no address of a server: {typed}. One is https://papers.example.org, or with a port or a path.")
    return (found["begin"].lower() + found["rest"]).rstrip("/")


def fitted(manifest: dict[str, Any], to: str) -> dict[str, Any]:
    """A manifest without what only the other browser reads."""
    left_out = OTHERS_PARTS[to]
    background = {name: value for name, value in manifest["background"].items() if name not in left_out}
    return {name: value for name, value in manifest.items() if name not in left_out} | {"background": background}


def files(source: Path = SOURCE) -> Iterator[tuple[str, bytes]]:
    """The paths of what belongs to the extension, in order, with their content."""
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix()):
        name = path.relative_to(source).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
        if path.is_file() and path.suffix in KINDS and name not in NOT_SHIPPED and not hidden:
            yield name, path.read_bytes()


def build(into: Path, server: str | None = None, source: Path = SOURCE) -> list[Path]:
    """Writes the packages into a folder, which is made, and returns their paths. `server` is what server_address gives;
    without one the packages keep that of defaults.json. Raises OSError, and KeyError or ValueError for a manifest that
    is none."""
    content = dict(files(source))
    manifest = json.loads(content["manifest.json"])
    if server is not None:
        content["defaults.json"] = _json(json.loads(content["defaults.json"]) | {"server": server})
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for package in OTHERS_PARTS:
        path = into / f"coolpapers-{manifest['version']}-{package}"
        _write(path, content | {"manifest.json": _json(fitted(manifest, package))})
        written.append(path)
    return written


def _write(path: Path, content: dict[str, bytes]) -> None:
    """Whoever uploads meanwhile sees the package of before or the new one, never half of it."""
    unfinished = path.with_name(f".{path.name}")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr, entry.compress_type = UNIX, READABLE, zipfile.ZIP_DEFLATED
            package.writestr(entry, content[name])
    unfinished.replace(path)


def _json(data: Any) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def main(arguments: list[str] | None = None) -> int:
    """Returns an exit code; what went wrong is one line on stderr."""
    parser = argparse.ArgumentParser(description="Packages of the browser extension.")
    parser.add_argument("--server", help="the address of the service that it opens before its reader chooses")
    parser.add_argument("--into", type=Path, default=CHECKOUT / "dist", help="the folder of the packages")
    asked = parser.parse_args(arguments)
    try:
        server = server_address(asked.server) if asked.server else None
        for path in build(asked.into, server):
            sys.stdout.write(f"{path}  {path.stat().st_size / 1000:.0f} kB\n")
    except (OSError, ValueError) as error:
        sys.stderr.write(f"coolpapers: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
