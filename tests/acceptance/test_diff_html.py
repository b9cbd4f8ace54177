"""`yamlsync diff --output-format html`: three real reviews, by the real command (DIF-70)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.acceptance.command import run
from tests.acceptance.in_terminal import in_terminal, needs_pty
from tests.acceptance.reviews import reviews
from tests.browser import browser, opened
from tests.git.repository import Made
from tests.renditions.html_pages import section_of, strangers

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return reviews(tmp_path_factory.mktemp("reviews") / "top")


def page_of(made: Made, branch: str) -> str:
    """The page of a branch, as it was written into a file."""
    file = made.top.parent / f"{branch}.html"
    done = run("diff", "main:course", f"{branch}:course", "--output-format", "html", "-o", file, cwd=made.top)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    html = file.read_text(encoding="utf-8")
    assert strangers(html) == []
    return html


def told(html: str) -> list[tuple[str, str]]:
    """The steps of the table, and what became of each."""
    rows = re.findall(
        r'<td role="cell"><span class="chip (\w+)">.*?<a href="#([^"]*)">',
        html.partition("<nav")[2],
        re.DOTALL,
    )
    return [(state, anchor) for state, anchor in rows]


def test_a_reworded_text_has_its_words_marked_and_its_new_line_breaks_are_not(made: Made) -> None:
    html = page_of(made, "reworded")
    assert told(html) == [("changed", "step-first-pod")]
    shown = section_of(html, "step-first-pod")
    assert "<del>rarely</del>" in shown
    assert "<ins>seldom</ins>" in shown
    text, _, typed = shown.partition('<details class="raw"')
    assert "Labels are free text of your choice" in typed
    assert "Labels are free text of your choice" not in re.sub(r"(?s)<details.*?</details>", "", text)
    assert "Hint 3" in shown


def test_a_split_step_is_one_that_was_renamed_and_one_that_is_new(made: Made) -> None:
    html = page_of(made, "split")
    assert told(html) == [("renamed", "step-first-deployment"), ("added", "step-scaling")]
    assert '<span id="step-deployments"></span>' in html
    assert "Change the number of pods" in section_of(html, "step-scaling")


def test_a_merge_of_two_branches_shows_what_both_did(made: Made) -> None:
    html = page_of(made, "merged")
    assert [state for state, _ in told(html)].count("moved") == 1
    assert ("removed", "step-debugging") in told(html)


def test_pages_are_quiet_in_a_browser(made: Made) -> None:
    with browser() as chromium:
        for branch in ("reworded", "split", "merged"):
            with opened(chromium, page_of(made, branch)) as seen:
                assert seen.happenings() == {}


@needs_pty
def test_a_terminal_gets_no_page_but_a_way_to_one(made: Made) -> None:
    assert in_terminal("diff", "main:course", "split:course", "--output-format", "html", cwd=made.top) == (
        2,
        ["error: a page of HTML is not for a terminal", "  = help: name a file: -o page.html"],
    )


def test_equal_sides_give_a_page_that_says_so_and_end_with_0(made: Made) -> None:
    done = run("diff", "main:course", "main:course", "--output-format", "html", cwd=made.top)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Both say the same" in done.stdout


def test_a_page_that_cannot_be_written_leaves_nothing(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "page.html"
    done = run("diff", "main:course", "split:course", "--output-format", "html", "-o", file, cwd=made.top)
    assert done.returncode == 2
    assert not file.parent.exists()
