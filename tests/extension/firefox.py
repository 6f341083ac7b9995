"""A real Firefox with the unpacked extension, driven by Firefox's own protocol for tests (Marionette), which also
reaches what no page can: the toolbar and the permissions."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.extension.hosts import Handler, Hosts, Server
from tests.extension.screen import PATIENCE, wait

ID = "extension@coolpapers"
OURS = "http://papers.example"
ANSWER = "const done = arguments[arguments.length - 1];"
# Hosts are reached over this proxy, without TLS, whatever Firefox knows of them.
PREFERENCES = {
    "marionette.port": 0,  # any; it says which in a file of the profile
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.stricttransportsecurity.preloadlist": False,
    "dom.security.https_first": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False,
    "app.update.enabled": False,
    "services.settings.server": "data:,",
}


class Proxied(Handler):
    """Proxies are asked for whole addresses."""

    def do_GET(self) -> None:  # noqa: N802 - the name that the base class calls
        self.path = self.path.removeprefix(f"http://{self.headers['Host']}")
        super().do_GET()


class Firefox:
    """`hosts` answers for all hosts of the web."""

    def __init__(self, profile: Path, hosts: Hosts) -> None:
        self.hosts = hosts
        self._socket = wait(lambda: _connected(profile / "MarionetteActivePort"), "Firefox")
        self._answers, self._number = self._socket.makefile("rb"), 0
        self._read()
        self.command("WebDriver:NewSession")
        self.command("WebDriver:SetTimeouts", script=PATIENCE * 1000, implicit=PATIENCE * 1000)

    def command(self, name: str, **parameters: Any) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, answer = self._read()
        assert error is None, error
        return answer

    def run(self, script: str, *arguments: Any, context: str = "content") -> Any:
        """What the body of an async function gives: in the page, or ("chrome") in the browser itself."""
        self.command("Marionette:SetContext", value=context)
        body = f"{ANSWER} (async (...args) => {{ {script} }})(...arguments).then(done, each => done('failed: ' + each))"
        answer = self.command("WebDriver:ExecuteAsyncScript", script=body, args=list(arguments))["value"]
        self.command("Marionette:SetContext", value="content")
        assert not str(answer).startswith("failed: "), answer
        return answer

    def install(self, folder: Path) -> str:
        """Gives the address of the extension's own pages."""
        self.command("Addon:Install", path=str(folder), temporary=True)
        script = f"return WebExtensionPolicy.getByID('{ID}')?.mozExtensionHostname"
        return f"moz-extension://{wait(lambda: self.run(script, context='chrome'), 'the extension')}"

    def permit(self, *origins: str) -> None:
        """As a reader would who says yes."""
        self.run(
            """const name = "resource://gre/modules/ExtensionPermissions.sys.mjs";
            const {ExtensionPermissions} = ChromeUtils.importESModule(name);
            const {extension} = WebExtensionPolicy.getByID(args[0]);
            await ExtensionPermissions.add(extension.id, {origins: args[1], permissions: []}, extension);""",
            ID,
            list(origins),
            context="chrome",
        )

    def press_button(self) -> None:
        """That of the toolbar, in the first tab, which is the one that is driven."""
        self.run(
            """const name = "resource://gre/modules/ExtensionParent.sys.mjs";
            const {global} = ChromeUtils.importESModule(name).ExtensionParent.apiManager;
            const action = global.browserActionFor(WebExtensionPolicy.getByID(args[0]).extension);
            const window = Services.wm.getMostRecentWindow("navigator:browser");
            window.gBrowser.selectedTab = window.gBrowser.tabs[0];
            await action.triggerAction(window);""",
            ID,
            context="chrome",
        )

    def click(self, selector: str) -> None:
        """The first element, and waits for the page that it leads to."""
        found = self.command("WebDriver:FindElement", using="css selector", value=selector)["value"]
        self.command("WebDriver:ElementClick", id=next(iter(found.values())))

    def visit(self, address: str) -> None:
        self.command("WebDriver:Navigate", url=address)

    @property
    def address(self) -> str:
        return str(self.command("WebDriver:GetCurrentURL")["value"])

    def tabs(self) -> list[str]:
        """Addresses of all tabs."""
        script = """const {gBrowser} = Services.wm.getMostRecentWindow("navigator:browser");
            return [...gBrowser.tabs].map(tab => tab.linkedBrowser.currentURI.spec)"""
        return list(self.run(script, context="chrome"))

    def warnings(self) -> list[str]:
        """What Firefox says of the manifest."""
        script = f"const {{extension}} = WebExtensionPolicy.getByID('{ID}');"
        return list(self.run(f"{script} return [...extension.warnings, ...extension.errors]", context="chrome"))

    def _read(self) -> Any:
        length = b""
        while (digit := self._answers.read(1)) != b":":
            assert digit, "Firefox went away"
            length += digit
        return json.loads(self._answers.read(int(length)))


@contextmanager
def running_firefox(folder: Path) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("no Firefox on this machine: apt-get install firefox-esr")
    with _proxy() as hosts:
        profile = _profile(folder, {**PREFERENCES, "network.proxy.http_port": hosts.port})
        command = [program, "--marionette", "--remote-allow-system-access", "--headless", "--no-remote", "--profile"]
        with (folder / "firefox.log").open("wb") as log:
            process = subprocess.Popen([*command, str(profile)], stdout=log, stderr=log)
        try:
            yield Firefox(profile, hosts)
        finally:
            process.kill()
            process.wait()


@contextmanager
def _proxy() -> Iterator[Hosts]:
    server = Server(("127.0.0.1", 0), Proxied)
    server.hosts = Hosts(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.hosts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _profile(folder: Path, preferences: dict[str, Any]) -> Path:
    profile = folder / "profile"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
    (profile / "user.js").write_text("".join(lines))
    return profile


def _connected(told: Path) -> socket.socket | None:
    """ValueError: the file is there, and its number not yet in it."""
    try:
        return socket.create_connection(("127.0.0.1", int(told.read_text())), timeout=2 * PATIENCE)
    except (OSError, ValueError):
        return None
