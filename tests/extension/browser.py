"""A real Chromium that has loaded extension/ unpacked, as a reader would, and the gestures of that reader."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.extension.hosts import Hosts, running_hosts
from tests.extension.screen import HEIGHT, PATIENCE, WIDTH, Screen, missing, running_screen, wait
from tests.pages.browsing import OPTIONS

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
KEYS = {name: command["suggested_key"]["default"] for name, command in MANIFEST["commands"].items()}
# Chromium's rule against clicks that were meant for what lay below: it does not hear its questions' answers at once.
DEAF_SECONDS = 0.75
# Hosts that the reader gave access to.
HELD = "chrome.permissions.getAll().then(({ origins }) => origins.sort().join())"
# Whether the menu has an item: changing nothing of one that is not there fails.
HAS_ITEM = "name => chrome.contextMenus.update(name, {}).then(() => true, () => false)"
LAST_ITEM = "options"
PAINTED: Any = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Firefox needs the line in the manifest of which Chromium says this; packages leave it out for Chrome.
KNOWN = "'background.scripts' requires manifest version of 2 or lower."


class Browser:
    """One run of the browser. `context` is Playwright's; a page is brought to the front before a gesture upon it."""

    def __init__(self, context: Any, screen: Screen, hosts: Hosts, folder: Path, *, by_hand: bool) -> None:
        self.context, self.screen, self.hosts, self._folder = context, screen, hosts, folder
        # The browser's own page of extensions, through which its reader pins buttons and sees errors.
        self.manager = context.new_page()
        self.manager.goto("chrome://extensions/shortcuts")
        self._manage("updateProfileConfiguration", {"inDeveloperMode": True})
        self.windows = int(wait(screen.windows, "the browser's window"))
        self.id = self._installed() or (self._install_by_hand() if by_hand else self._install())
        self._manage("updateExtensionConfiguration", {"extensionId": self.id, "pinnedToToolbar": True})
        # A document of the extension's own, to speak with the browser as the extension does.
        self.desk = self.visit(self.address("defaults.json"))
        self.until(lambda: self.ask(HAS_ITEM, LAST_ITEM), "the items of menus")

    def _installed(self) -> str:
        """What was installed by hand in an earlier run stays."""
        known = self._manage("getExtensionsInfo")
        return next((str(info["id"]) for info in known if info.get("path") == str(self._folder)), "")

    def _install(self) -> str:
        """For one run, without the keys that the extension suggests; they are set as on the page of shortcuts."""
        session = self.context.browser.new_browser_cdp_session()
        installed = str(session.send("Extensions.loadUnpacked", {"path": str(self._folder)})["id"])
        session.detach()
        for name, key in KEYS.items():
            self._manage("updateExtensionCommand", {"extensionId": installed, "commandName": name, "keybinding": key})
        return installed

    def _install_by_hand(self) -> str:
        """As a reader does for good: "Load unpacked", and the folder in a window of the system."""
        self.manager.bring_to_front()
        self.manager.evaluate("void chrome.developerPrivate.loadUnpacked({ failQuietly: true })")
        self.screen.wait_for(self.windows + 1, "the window of folders")
        self.screen.write_path(self._folder)
        self.screen.press("alt+o")
        self.screen.wait_for(self.windows, "the end of the window of folders")
        return str(wait(self._installed, "the extension"))

    def _manage(self, function: str, *arguments: Any) -> Any:
        call = "([name, ...given]) => chrome.developerPrivate[name](...given)"
        return self.manager.evaluate(call, [function, *arguments])

    def take_away(self, origin: str) -> None:
        """Takes access to hosts back, as the reader does on the browser's page of extensions."""
        self._manage("removeHostPermission", self.id, origin)

    def ask(self, expression: str, *given: Any) -> Any:
        """What a call of the browser's interface for extensions gives, `given` being what a function of it takes."""
        return self.desk.evaluate(expression, *given)

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """What `holds` gives as soon as it is true. Playwright hears of events only while it is asked something."""
        return wait(lambda: self.desk.evaluate("0") or holds(), what)

    def stop_background(self) -> None:
        """As the browser does after half a minute without events."""
        session = self.context.browser.new_browser_cdp_session()

        def workers() -> list[str]:
            found = session.send("Target.getTargets", {"filter": [{"type": "service_worker"}]})["targetInfos"]
            return [target["targetId"] for target in found if self.id in target["url"]]

        def is_stopped() -> bool:
            """What was still to be told to it starts it again."""
            found = workers()
            for worker in found:
                session.send("Target.closeTarget", {"targetId": worker})
            return not found

        wait(is_stopped, "the end of the background")
        session.detach()

    def complaints(self) -> list[str]:
        """What the browser's page of extensions says of ours: a wrong manifest, exceptions, console.warn and .error."""
        info = self._manage("getExtensionInfo", self.id)
        return [error["message"] for kind in ("manifestErrors", "runtimeErrors") for error in info[kind]]

    def errors(self) -> list[str]:
        return [message for message in self.complaints() if message != KNOWN]

    def keys(self) -> dict[str, str]:
        """By the name of a command, the keys that the browser hears it by."""
        commands = self._manage("getExtensionInfo", self.id)["commands"]
        return {command["name"]: command["keybinding"] for command in commands if command["isActive"]}

    def forget_errors(self) -> None:
        self._manage("deleteExtensionErrors", {"extensionId": self.id})

    def options(self, **changed: Any) -> None:
        """What the reader chose, as the extension stores it; its own page of options is tested for itself."""
        self.ask("changed => chrome.storage.sync.set(changed)", changed)

    def forget_options(self) -> None:
        self.ask("Promise.all([chrome.storage.sync.clear(), chrome.storage.local.clear()])")

    def address(self, path: str) -> str:
        return f"chrome-extension://{self.id}/{path}"

    def visit(self, address: str) -> Any:
        """A page in a tab of its own."""
        page = self.context.new_page()
        page.goto(address)
        return page

    def view_pdf(self, address: str) -> Any:
        """A PDF in the browser's viewer, as far as it loads it."""
        page = self.visit(self.hosts.pdf(address))

        def viewers() -> list[Any]:
            return [frame for frame in page.frames if frame.url.startswith("chrome-extension://")]

        viewer = self.until(viewers, "the viewer")[0]
        loaded = "document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar')?.loadProgress"
        self.until(lambda: viewer.evaluate(loaded) == 100, "the PDF in the viewer")
        viewer.evaluate(PAINTED)
        return page

    def opens(self, gesture: Callable[[], Any]) -> Any:
        """The page of the tab that a gesture opens, once it has an address."""
        with self.context.expect_page(timeout=PATIENCE * 1000) as opened:
            gesture()
        page = opened.value
        page.wait_for_url(lambda url: url not in ("", ":", "about:blank"), wait_until="commit")
        return page

    def shortcut(self, page: Any, command: str = "_execute_action") -> None:
        """Presses the keys of a command of the manifest."""
        page.bring_to_front()
        self.screen.press(KEYS[command].lower())

    def button(self, page: Any) -> None:
        """Clicks the button in the toolbar by keyboard: from the menu's button to the left, over the account and the
        button of all extensions. A page would take the arrows for itself as long as it has the focus."""
        has_focus = self._focus(page)
        self.screen.press("F10")
        wait(lambda: not has_focus(), "the focus in the toolbar")
        self.screen.press("Left", "Left", "Left", "Return")

    def _focus(self, page: Any) -> Callable[[], bool]:
        """Brings a page to the front, and gives what says whether the keyboard is its own, as it is by then. Playwright
        has pages believe that it always is."""
        page.bring_to_front()
        session = self.context.new_cdp_session(page)
        session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})

        def has_focus() -> bool:
            return bool(page.evaluate("document.hasFocus()"))

        wait(has_focus, "the focus in the page")
        return has_focus

    def menu(self, page: Any, at: tuple[float, float], *keys: str) -> None:
        """Right-clicks, and goes through the menu by keyboard, from its last item. `Right` opens a menu beside."""
        page.bring_to_front()
        page.evaluate(PAINTED)  # a click falls upon what is painted
        page.mouse.click(*at, button="right")
        windows = self.windows + 1
        self.screen.wait_for(windows, "the context menu")
        self.screen.press_until_seen("End")
        self.screen.press("End")  # what was seen may be the menu itself, painted late
        for key in keys:
            self.screen.press(key)
            if key == "Right":
                windows += 1
                self.screen.wait_for(windows, "the menu beside")
        self.screen.wait_for(self.windows, "the menu's end")

    def answers(self, element: Any, *, allows: bool) -> None:
        """Clicks what makes the browser ask for a permission, and answers. What nobody sees here is which of its
        buttons has the focus: where the key that leads to "Allow" was not heard, or twice, it is asked again."""
        held = self.ask(HELD)

        def is_done() -> bool:
            self._answer(element, allows=allows)
            self.until(lambda: not element.is_checked() or self.ask(HELD) != held, "what follows from the answer")
            return not allows or self.ask(HELD) != held

        wait(is_done, "the permission")

    def _answer(self, element: Any, *, allows: bool) -> None:
        """The question takes the keyboard from the page; "Deny" has the focus, "Allow" is beside it."""
        has_focus = self._focus(element.page)
        element.click()
        wait(lambda: not has_focus(), "the browser's question")
        time.sleep(DEAF_SECONDS)
        if allows:
            self.screen.press_until_seen("Tab")

        def is_closed() -> bool:
            """The page does nothing at this key, if it comes too late for the question."""
            if not has_focus():
                self.screen.press("Return")
                time.sleep(DEAF_SECONDS)
            return has_focus()

        wait(is_closed, "the question's end")

    def close_pages(self) -> None:
        """Also menus and questions that a test which failed left open."""

        def are_closed() -> bool:
            if self.screen.windows() <= self.windows:
                return True
            self.screen.press("Escape")
            return False

        wait(are_closed, "the end of menus and questions")
        for page in self.context.pages:
            if page not in (self.manager, self.desk):
                page.close()


def middle(page: Any, selector: str) -> tuple[float, float]:
    """Where an element stands, in pixels of the page."""
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def program() -> str:
    """Chromium's path. Skips the test where something is not installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    lacking = [*([] if found else ["chromium"]), *missing(), *([] if shutil.which("openssl") else ["openssl"])]
    if found is None or lacking:
        pytest.skip(f"the extension in a real browser needs what is not here: apt-get install {' '.join(lacking)}")
    return found


class Machine:
    """A screen, the hosts, and a profile that outlives runs of the browser."""

    def __init__(self, playwright: Any, screen: Screen, hosts: Hosts, profile: Path, path: str) -> None:
        self._playwright, self._screen, self._hosts, self._profile, self._path = (
            playwright,
            screen,
            hosts,
            profile,
            path,
        )

    @contextmanager
    def browser(self, of: Path = EXTENSION, *, by_hand: bool = False) -> Iterator[Browser]:
        """Starts the browser, with the extension that is there, or that is installed now."""
        context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=self._path,
            headless=False,
            env={**self._screen.environment, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"},
            ignore_default_args=["--disable-extensions"],
            args=[*OPTIONS, *_options(self._hosts)],
            viewport=None,
        )
        context.set_default_timeout(PATIENCE * 1000)
        try:
            yield Browser(context, self._screen, self._hosts, of, by_hand=by_hand)
        finally:
            context.close()


def _options(hosts: Hosts) -> list[str]:
    return [
        "--ozone-platform=x11",
        "--test-type",  # no bar about these options above pages
        "--enable-unsafe-extension-debugging",
        f"--window-size={WIDTH},{HEIGHT}",
        "--window-position=0,0",
        "--ignore-certificate-errors",
        f"--host-resolver-rules=MAP * 127.0.0.1:{hosts.port}, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]


@contextmanager
def running_machine(folder: Path) -> Iterator[Machine]:
    """Playwright's event loop makes Django take this thread for an asynchronous one, until the last test's database
    is cleared."""
    path = program()
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, running_screen(folder) as screen, running_hosts(folder) as hosts:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            yield Machine(playwright, screen, hosts, folder / "profile", path)
