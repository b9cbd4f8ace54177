"""A headless Chromium for tests of pages: what a page does and asks for, and what axe-core finds in it.

`browser()` gives a running one, or skips with the reason. `opened(browser, html)` gives a `Seen`.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from attrs import define, field

from tests import npm

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

WIDE, NARROW = (1280, 900), (320, 640)

_LISTENER = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e => window.__violations.push(
    [e.effectiveDirective, e.blockedURI, e.sample].join(' ')));
"""

_PACKAGE = {"name": "yamlsync-test-pages", "private": True, "dependencies": {"axe-core": "^4.10.0"}}


@define(slots=False)
class Seen:
    """A page that is open. All that it asked for or did by itself is in the lists, in words."""

    page: Page
    requests: list[str] = field(factory=list)
    console: list[str] = field(factory=list)
    dialogs: list[str] = field(factory=list)
    errors: list[str] = field(factory=list)

    def dismiss(self, dialog: Dialog) -> None:
        """Notes a dialog, and closes it."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def violations(self) -> list[str]:
        """What the page's Content-Security-Policy has blocked."""
        found: list[str] = self.page.evaluate("window.__violations")
        return found

    def happenings(self) -> dict[str, list[str]]:
        """All that a page must not do, by its kind; empty where nothing happened."""
        self.page.wait_for_timeout(50)
        kinds = {
            "requests": self.requests,
            "console": self.console,
            "dialogs": self.dialogs,
            "errors": self.errors,
            "violations": self.violations(),
        }
        return {kind: found for kind, found in kinds.items() if found}


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or another on PATH, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no chromium on PATH")
    # It refuses to run as root in its own sandbox, as containers do.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=arguments)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def opened(
    browser: Browser,
    source: str,
    *,
    size: tuple[int, int] = WIDE,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
) -> Iterator[Seen]:
    """A page from a file of that HTML, or at an address that begins with http://."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        bypass_csp=False,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    with tempfile.TemporaryDirectory() as folder:
        if source.startswith("http://"):
            address = source
        else:
            file = Path(folder) / "page.html"
            file.write_text(source, encoding="utf-8")
            address = file.as_uri()
        page = context.new_page()
        page.set_default_timeout(20_000)
        seen = Seen(page)
        page.add_init_script(_LISTENER)
        page.on("request", lambda request: _note(seen.requests, request.url, address))
        page.on("console", lambda message: seen.console.append(f"{message.type}: {message.text}"))
        page.on("dialog", seen.dismiss)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("popup", lambda popup: seen.errors.append(f"popup {popup.url}"))
        try:
            page.goto(address, wait_until="load")
            yield seen
        finally:
            context.close()


def _note(requests: list[str], url: str, address: str) -> None:
    # What has no host goes nowhere.
    if url.split("#", maxsplit=1)[0] != address and not url.startswith("data:"):
        requests.append(url)


def axe(config: pytest.Config) -> str:
    """The script of axe-core, from npm, installed once; skips with the reason."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    assert config.cache is not None
    place = config.cache.mkdir("axe-core")
    script = place / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm.install(place, json.dumps(_PACKAGE), "axe-core")
    return script.read_text(encoding="utf-8")


def serious(seen: Seen, script: str) -> list[str]:
    """The serious and critical findings of axe-core in a page, each with the first element it is about."""
    seen.page.evaluate(script)
    found: dict[str, Any] = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']} ({each['impact']}): {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def overflow(seen: Seen) -> int:
    """By how many pixels the page is broader than the screen."""
    found: int = seen.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return max(found, 0)
