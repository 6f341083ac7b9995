"""The packages that `make extension` writes: what is in them, for which browser, and with which server."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coolpapers.environment import CHECKOUT
from coolpapers.extension_packages import SOURCE, Unusable, build, main, server_address

MAKE_PACKAGES = ["make", "--no-print-directory", "extension"]
SERVER = "https://papers.example.org/reading"


@pytest.fixture
def packages(tmp_path: Path) -> dict[str, zipfile.ZipFile]:
    return {path.suffix: zipfile.ZipFile(path) for path in build(tmp_path, SERVER)}


def read(package: zipfile.ZipFile, name: str) -> Any:
    return json.loads(package.read(name))


def test_there_is_one_for_each_browser_with_the_version(tmp_path: Path) -> None:
    version = json.loads((SOURCE / "manifest.json").read_text(encoding="utf-8"))["version"]
    names = [path.name for path in build(tmp_path)]
    assert names == [f"coolpapers-{version}-chrome.zip", f"coolpapers-{version}-firefox.xpi"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_each_manifest_has_what_its_browser_reads(packages: dict[str, zipfile.ZipFile]) -> None:
    chrome, firefox = (read(packages[suffix], "manifest.json") for suffix in (".zip", ".xpi"))
    assert chrome["background"] == {"service_worker": "background.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background.js"], "type": "module"}
    assert "browser_specific_settings" not in chrome and "minimum_chrome_version" in chrome
    assert "minimum_chrome_version" not in firefox and "gecko" in firefox["browser_specific_settings"]
    differing = {"background", "browser_specific_settings", "minimum_chrome_version"}
    rest = [{name: manifest[name] for name in manifest if name not in differing} for manifest in (chrome, firefox)]
    assert rest[0] == rest[1]


def test_the_server_is_built_in_and_nothing_else_changes(packages: dict[str, zipfile.ZipFile]) -> None:
    for package in packages.values():
        assert read(package, "defaults.json") == {"server": SERVER}
        for name in set(package.namelist()) - {"defaults.json", "manifest.json"}:
            assert package.read(name) == (SOURCE / name).read_bytes()


def test_without_a_server_the_default_stays(tmp_path: Path) -> None:
    for path in build(tmp_path):
        with zipfile.ZipFile(path) as package:
            assert read(package, "defaults.json") == json.loads((SOURCE / "defaults.json").read_text(encoding="utf-8"))


def test_all_that_is_used_is_in_and_nothing_more(packages: dict[str, zipfile.ZipFile]) -> None:
    for package in packages.values():
        reached = {"manifest.json", *from_manifest(read(package, "manifest.json"))}
        waiting = list(reached)
        while waiting:
            found = set(referred(waiting.pop(), package)) - reached
            reached |= found
            waiting += found
        assert set(package.namelist()) == reached


def from_manifest(manifest: dict[str, Any]) -> Iterator[str]:
    """Paths that stand in it anywhere, and the texts that its __MSG_…__ are from."""
    yield from re.findall(r'"([\w/]+\.(?:js|html|png|css|json))"', json.dumps(manifest))
    yield from (f"_locales/{language}/messages.json" for language in ("en", "zh_CN"))


def referred(name: str, package: zipfile.ZipFile) -> Iterator[str]:
    """Files that a file names: relatively, or from the top as the browser's interfaces want them."""
    if not name.endswith((".js", ".html", ".css")):
        return
    text = package.read(name).decode()
    for path in re.findall(r"""["'(]([\w./-]+\.(?:js|css|png|json|html))\b""", text):
        beside = (SOURCE / name).parent / path
        for place in (beside, SOURCE / path):
            if place.is_file():
                yield place.resolve().relative_to(SOURCE).as_posix()
                break


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(SOURCE, copy, copy_function=shutil.copyfile)  # other times and rights
    (copy / ".hidden").write_text("of an editor")
    (copy / "notes.txt").write_text("of ours")
    first = [path.read_bytes() for path in build(tmp_path / "a", SERVER)]
    assert [path.read_bytes() for path in build(tmp_path / "b", SERVER, copy)] == first


def test_packages_are_small(packages: dict[str, zipfile.ZipFile]) -> None:
    for package in packages.values():
        assert sum(entry.compress_size for entry in package.infolist()) < 200_000
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://papers.example.org", "https://papers.example.org"),
        (" HTTPS://Papers.Example.org/ ", "https://papers.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://papers/cool//", "http://papers/cool"),
    ],
)
def test_an_address_is_kept_as_the_extension_keeps_it(typed: str, kept: str) -> None:
    assert server_address(typed) == kept
    assert kept_by_extension(typed) == kept


def kept_by_extension(typed: str) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: apt-get install nodejs")
    module = (SOURCE / "server_address.js").as_uri()
    script = f"import({json.dumps(module)}).then(({{ readServer }}) => console.log(readServer(process.argv[1]).server))"
    done = subprocess.run([node, "-e", script, typed], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "papers.example.org", "ftp://papers.example.org", "javascript:alert(1)", "https://", "https://a b",
        "https://user:secret@papers.example.org", "https://papers.example.org/?q=1", "https://papers.example.org/#top",
        "https://papers.example.org:99999", "https://papers.example.org:", "https://papers.example.org\nx",
        'https://papers.example.org/"', f"https://papers.example.org/{'x' * 300}",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_server_is_refused(typed: str, tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(Unusable):
        server_address(typed)
    assert main(["--server", typed, "--into", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("coolpapers: no address of a server")
    assert list(tmp_path.iterdir()) == []


def test_make_writes_the_packages_without_an_installation_and_says_where(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "extension")
    (tmp_path / "coolpapers").mkdir()
    shutil.copy(CHECKOUT / "coolpapers" / "extension_packages.py", tmp_path / "coolpapers")
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    told = subprocess.run(
        [*MAKE_PACKAGES, f"SERVER={SERVER}"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [re.sub(r"-\d[\d.]*-", "-N-", Path(line.split()[0]).name) for line in told] == [
        "coolpapers-N-chrome.zip",
        "coolpapers-N-firefox.xpi",
    ]
    assert all(Path(line.split()[0]).is_file() and line.endswith(" kB") for line in told)
    refused = subprocess.run([*MAKE_PACKAGES, "SERVER=nowhere"], cwd=tmp_path, capture_output=True, text=True)
    assert refused.returncode and "no address of a server: nowhere" in refused.stderr
