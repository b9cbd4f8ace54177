"""`preview`: the course as a student reads it, written to a file or served at each save."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.acceptance.command import course, run, snapshot
from tests.acceptance.in_terminal import in_terminal, needs_pty
from tests.acceptance.test_watch import needs_watchfiles
from tests.browser import NARROW, WIDE, axe, browser, opened, overflow, serious
from tests.conftest import ROOT
from tests.pages.outline import outline
from yamlsync.layout.update import plan_update
from yamlsync.tree import in_memory

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = ROOT / "sample-workshop"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "page.html"
    done = run("preview", SAMPLE, "-o", file)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"wrote {file}\n"
    return file.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for path, data in plan_update(in_memory({}), course(), with_state=False).puts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_stdout_gets_the_same_page(page: str) -> None:
    for arguments in ((), ("-o", "-")):
        assert run("preview", SAMPLE, *arguments).stdout == page


@needs_pty
def test_a_terminal_gets_no_page_but_a_way_to_one(folder: Path) -> None:
    assert in_terminal("preview", folder) == (
        2,
        ["error: a page of HTML is not for a terminal", "  = help: name a file: -o page.html"],
    )
    code, lines = in_terminal("preview", folder, "-o", "-")
    assert (code, lines[0]) == (0, "<!DOCTYPE html>")


def test_a_database_and_its_directory_give_the_same_page(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "course.db"
    assert run("import", folder, database).returncode == 0
    assert run("preview", database).stdout == run("preview", folder).stdout


def test_it_says_what_a_student_will_meet(page: str) -> None:
    text = outline(page).text()
    for words in (
        "Kubernetes basics",
        "Version v1, 10 steps",
        "about 15 minutes",
        "Optional: all manifests with one command",
        "Keep configuration out of the image is completed",
        "The file /workshop/lab/kustomization.yaml exists.",
        "nothing is left to apply: the command kubectl diff -k /workshop/lab ends with 0.",
        "Hint 3",
        "yamlsync-samples/kubernetes-basics:one-command",
    ):
        assert words in text
    assert outline(page).strangers() == []


def test_a_title_stands_once_where_the_text_begins_with_it(folder: Path) -> None:
    step = folder / "steps" / "step-1.yaml"
    text = step.read_text(encoding="utf-8")
    start = text.index("markdown:")
    end = text.index("\n", text.index("\n", start) + 1) + 1
    assert "Title one" in text
    for heading, times in (
        ("# Title  *one*", 1),
        ("## Title one", 1),
        ("# Another title", 1),
        ("Title one", 2),
    ):
        step.write_text(
            f"{text[:start]}markdown: |\n  {heading}\n\n  Words that stay.\n{text[end:]}", encoding="utf-8"
        )
        shown = run("preview", folder).stdout.partition('id="title-step-step-1"')[2].partition("<nav")[0]
        assert " ".join(outline(shown).text().split()).count("Title one") == times
        assert "Words that stay." in shown
        assert ("Another title" in shown) == ("Another" in heading)


def test_a_workshop_with_problems_tells_them_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    step = next((folder / "steps").iterdir())
    step.write_text(step.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    done = run("preview", folder, "-o", tmp_path / "page.html")
    assert done.returncode == 1
    assert "YS107" in done.stderr
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("name", ["workshop.yaml", "steps/step-1.yaml", "steps/new.yaml", "steps"])
def test_a_workshops_own_files_are_no_place_for_it(folder: Path, name: str) -> None:
    before = snapshot(folder)
    assert run("preview", folder, "-o", folder / name).returncode == 2
    assert snapshot(folder) == before


def test_a_database_is_no_place_for_it(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "course.db"
    run("import", folder, database)
    before = database.read_bytes()
    assert run("preview", folder, "-o", database).returncode == 2
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["-o", "page.html", "--watch"], ["--port", "8000"], ["--port", "x", "--watch"]]
)
def test_wrong_usage(folder: Path, arguments: list[str]) -> None:
    assert run("preview", folder, *arguments, cwd=folder.parent).returncode == 2


def test_without_the_extra_it_says_what_to_install(folder: Path) -> None:
    script = (
        "import sys; sys.modules['nh3'] = None\n"
        "from yamlsync.cli.main import run\n"
        f"sys.exit(run(['preview', {str(folder)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: preview needs nh3, which is not installed",
        "  = help: install the extra: pip install 'yamlsync[html]'",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_everybody_can_read_it(
    chromium: Browser,
    page: str,
    request: pytest.FixtureRequest,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
) -> None:
    script = axe(request.config)
    with opened(chromium, page, size=size, scheme=scheme) as seen:
        assert seen.happenings() == {}
        assert overflow(seen) == 0
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert serious(seen, script) == []
        assert overflow(seen) == 0


def test_its_links_lead_to_its_steps(chromium: Browser, page: str) -> None:
    with opened(chromium, page) as seen:
        broken = seen.page.evaluate(
            "Array.from(document.querySelectorAll('a[href^=\"#\"]')).map(each => each.getAttribute('href'))"
            ".filter(each => !document.getElementById(each.slice(1)))"
        )
        assert broken == []
        seen.page.get_by_role("navigation", name="Contents").get_by_role(
            "link", name="Run your first pod"
        ).first.click()
        assert seen.page.url.endswith("#step-first-pod")
        assert seen.page.locator("#step-first-pod h2").first.is_visible()


def test_the_keyboard_comes_first_to_the_text(chromium: Browser, page: str) -> None:
    with opened(chromium, page) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the text"
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"


def test_on_paper_folds_are_open(chromium: Browser, page: str) -> None:
    with opened(chromium, page) as seen:
        hint = seen.page.locator("details .folded").first
        assert not hint.is_visible()
        seen.page.emulate_media(media="print")
        assert hint.is_visible()


class Watching:
    """The running command."""

    def __init__(self, *arguments: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "preview", "--watch", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def end(self) -> None:
        """Ends it, however far it is."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    started = Watching(folder)
    yield started
    started.end()


@needs_watchfiles
def test_a_browser_sees_each_save(chromium: Browser, folder: Path, watching: Watching) -> None:
    step = folder / "steps" / "step-1.yaml"
    text = step.read_text(encoding="utf-8")
    with opened(chromium, watching.address) as seen:
        seen.page.get_by_role("heading", name="Title one").first.wait_for()
        step.write_text(text.replace("Title one", "Title two"), encoding="utf-8")
        seen.page.get_by_role("heading", name="Title two").first.wait_for()
        step.write_text(text.replace("title:", "titel:"), encoding="utf-8")
        seen.page.get_by_text("YS107").first.wait_for()
        step.write_text(text, encoding="utf-8")
        seen.page.get_by_role("heading", name="Title one").first.wait_for()
        assert (seen.dialogs, seen.errors, seen.violations()) == ([], [], [])


def wait_until(page: Page, expression: str) -> None:
    """Asks until it is so. Playwright's own way of waiting is what the policy of the page forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it was never so: {expression}")


@needs_watchfiles
def test_a_course_that_was_broken_for_a_moment_is_read_on_where_it_was(
    chromium: Browser, folder: Path, watching: Watching
) -> None:
    step = folder / "steps" / "step-1.yaml"
    text = step.read_text(encoding="utf-8")
    with opened(chromium, watching.address, size=(400, 300)) as seen:
        seen.page.get_by_role("heading", name="Title one").first.wait_for()
        seen.page.evaluate("scrollTo(0, 250)")
        step.write_text(text.replace("title:", "titel:"), encoding="utf-8")
        seen.page.get_by_text("YS107").first.wait_for()
        step.write_text(text.replace("Title one", "Title two"), encoding="utf-8")
        seen.page.get_by_role("heading", name="Title two").first.wait_for()
        wait_until(seen.page, "scrollY === 250 && history.state === null")
        step.write_text(text, encoding="utf-8")
        seen.page.get_by_role("heading", name="Title one").first.wait_for()
        wait_until(seen.page, "scrollY === 250 && history.state === null")
        assert (seen.dialogs, seen.errors, seen.violations()) == ([], [], [])


def wait_for(address: str, words: str) -> None:
    """Asks for the page until it has some words."""
    for _ in range(150):
        with urllib.request.urlopen(address, timeout=30) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.2)
    raise AssertionError(f"the page never said {words}")


@needs_watchfiles
def test_a_course_that_is_gone_for_a_moment_is_waited_for(folder: Path, watching: Watching) -> None:
    header = folder / "workshop.yaml"
    data = header.read_bytes()
    header.unlink()
    wait_for(watching.address, "This course cannot be read now")
    header.write_bytes(data)
    wait_for(watching.address, "Course one")


@needs_watchfiles
@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupt_ends_it_without_a_word(watching: Watching) -> None:
    assert watching.process.stderr is not None
    assert watching.process.stderr.readline() == "watching; end with Ctrl-C\n"
    watching.process.send_signal(signal.SIGINT)
    out, errors = watching.process.communicate(timeout=30)
    assert (watching.process.returncode, out, errors) == (130, "", "")


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_a_revision_is_previewed_and_cannot_be_watched(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True)
    assert run("preview", "HEAD:.", cwd=folder).stdout == run("preview", folder).stdout
    done = run("preview", "HEAD:.", "--watch", cwd=folder)
    assert done.returncode == 2
    assert "cannot be watched" in done.stderr
