"""The HTML page of what changed, in a browser: quiet, readable on screens and on paper (DIF-76 to DIF-79)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

import pytest
from attrs import evolve

from tests.browser import NARROW, WIDE, axe, browser, opened, overflow, serious
from tests.pages.hostile import HOSTILE
from tests.pages.hostile_course import hostile_course
from tests.renditions.html_pages import course, hint, page, step
from yamlsync.records import Navigation, Workshop

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ODD = ["a b", "ä/ö", "<b>", "%23", "#x", "日本", "a" * 200, "a&amp;b", "'\"", "step-a", "main"]
_LONG = "".join(f"Line {number} of a text that is long enough to know it by.\n" for number in range(20))
_WIDE_CODE = f"```bash\n{'x' * 300}\n```\n\n| a | b |\n|---|---|\n| {'y' * 200} | z |\n"
_GOSS = "file:\n  /tmp/x:\n    exists: true\n    mode: '{}'\n"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@cache
def _everything() -> str:
    """A page with each kind of change."""
    old = course(
        step("first", 1, title="Start here", markdown=f"# Start\n\nOld words.\n\n{_WIDE_CODE}"),
        step("gone", 2, goss_spec=_GOSS.format("0600"), metadata=(hint(1, "Look."),)),
        step("old-name", 3, markdown=_LONG),
        step("wrapped", 4, markdown="Some words that\ngo on.\n"),
        step("moved", 5),
        step("same", 6),
        step("checked", 7, goss_spec=_GOSS.format("0600"), metadata=(hint(1, "One."), hint(2, "Two."))),
    )
    new = course(
        step("moved", 1),
        step("first", 2, title="Begin here", markdown=f"# Start\n\nNew *words*.\n\n{_WIDE_CODE}\nMore.\n"),
        step("new-name", 3, markdown=_LONG.replace("Line 3", "Row 3")),
        step("wrapped", 4, markdown="Some words\nthat go on.\n"),
        step("fresh", 5, markdown=_WIDE_CODE, navigation=Navigation(None, None, 'steps["first"].completed')),
        step("same", 6),
        step("checked", 7, goss_spec=_GOSS.format("0644"), metadata=(hint(1, "Zero."), hint(2, "One."))),
    )
    return page([old], [evolve(new, name="Another name")])


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_it_is_quiet_fits_and_has_no_serious_finding(
    chromium: Browser,
    pytestconfig: pytest.Config,
    scheme: Literal["light", "dark"],
    size: tuple[int, int],
) -> None:
    with opened(chromium, _everything(), size=size, scheme=scheme) as seen:
        assert seen.happenings() == {}
        assert overflow(seen) == 0
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert overflow(seen) == 0
        assert serious(seen, axe(pytestconfig)) == []


def test_each_step_has_an_anchor_that_leads_to_it_whatever_its_id(chromium: Browser) -> None:
    old = course(*(step(id, place) for place, id in enumerate(_ODD, 1)))
    new = course(*(step(id, place, title=f"New {place}") for place, id in enumerate(_ODD, 1)))
    with opened(chromium, page([old], [new])) as seen:
        links = seen.page.locator("table.told a")
        assert links.count() == len(_ODD)
        for number in range(len(_ODD)):
            links.nth(number).click()
            heading = seen.page.locator("section.step > h2").nth(number)
            assert heading.text_content() == f"{number + 1}. New {number + 1} ~ changed"
            assert heading.evaluate(_IS_IN_SIGHT)
        assert seen.happenings() == {}


_IS_IN_SIGHT = (
    "each => { const box = each.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
)


def test_the_old_id_of_a_renamed_step_leads_to_it_as_well(chromium: Browser) -> None:
    with opened(chromium, _everything()) as seen:
        seen.page.evaluate("location.hash = 'step-old-name'")
        assert seen.page.locator("#step-new-name > h2").evaluate(_IS_IN_SIGHT)


def test_the_anchor_of_an_unchanged_step_opens_the_list_it_stands_in(chromium: Browser) -> None:
    with opened(chromium, _everything()) as seen:
        assert not seen.page.locator("#step-same").is_visible()
        seen.page.evaluate("location.hash = 'step-same'")
        assert seen.page.locator("#step-same").is_visible()
        assert seen.page.locator("#step-same").evaluate(_IS_IN_SIGHT)


def test_all_can_be_reached_by_the_keyboard(chromium: Browser) -> None:
    with opened(chromium, _everything()) as seen:
        reached = set()
        for _ in range(300):
            seen.page.keyboard.press("Tab")
            name = seen.page.evaluate(
                "document.activeElement.getAttribute('href')"
                " || document.activeElement.textContent.slice(0, 40)"
            )
            reached.add(name)
            if name == "":
                break
        assert "#main" in reached
        assert "#step-first" in reached
        assert any(str(name).startswith("The text as it is typed") for name in reached)


def test_the_sides_stand_beside_each_other_where_there_is_room_and_on_paper(chromium: Browser) -> None:
    tops = "each => [...each.children].map(side => side.getBoundingClientRect().top)"
    for size, media, is_beside in (
        (WIDE, "screen", True),
        (NARROW, "screen", False),
        ((718, 900), "print", True),
    ):
        with opened(chromium, _everything(), size=size) as seen:
            seen.page.emulate_media(media=media)  # type: ignore[arg-type]
            before, after = seen.page.locator("#step-first .beside:not(.alone)").first.evaluate(tops)
            assert (before == after) is is_beside


def test_it_can_be_printed(chromium: Browser) -> None:
    with opened(chromium, _everything()) as seen:
        assert seen.page.pdf(format="A4").startswith(b"%PDF-")
        seen.page.emulate_media(media="print")
        assert seen.page.locator("#step-same").is_visible()
        # What is on demand is on paper where somebody demanded it.
        assert not seen.page.locator("#step-first details.raw").is_visible()
        assert seen.page.locator("#step-wrapped details.raw").is_visible()
        assert seen.happenings() == {}


def test_a_screen_reader_is_told_where_marks_begin(chromium: Browser) -> None:
    with opened(chromium, _everything()) as seen:
        tree = seen.page.locator("#step-first").aria_snapshot()
        assert "deletion" in tree
        assert "insertion" in tree
        said = seen.page.locator("#step-first ins").first.evaluate(
            "each => getComputedStyle(each, '::before').content"
        )
        assert "inserted" in said


def test_hostile_texts_run_nothing_and_ask_nobody(chromium: Browser) -> None:
    """Some of them in steps that are gone, some in new ones, and all others before and after."""
    texts = [text for text in HOSTILE.values() if not any("\ud800" <= each <= "\udfff" for each in text)]
    (workshop,) = hostile_course(texts).workshops
    third = len(texts) // 3
    old = evolve(workshop, steps=workshop.steps[: 2 * third])
    new = evolve(workshop, steps=_shifted(workshop).steps[third:])
    with opened(chromium, page([old], [new])) as seen:
        kinds = [seen.page.locator(f"section.{state}").count() for state in ("removed", "added", "changed")]
        assert min(kinds) > third // 4
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        seen.page.evaluate(
            "document.querySelectorAll('*').forEach(each => each.dispatchEvent(new Event('mouseover')))"
        )
        assert seen.page.evaluate(_RUNS) == []
        assert seen.happenings() == {}


_RUNS = """
Array.from(document.querySelectorAll('*')).filter(element =>
    ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'IMG', 'VIDEO', 'AUDIO', 'BASE']
        .includes(element.tagName.toUpperCase())
    || Array.from(element.attributes).some(each => each.name.startsWith('on') || each.name === 'style'
        || (each.name.endsWith('href') && element.tagName !== 'LINK'
            && !/^(https?:|mailto:|#)/.test(each.value)))
).map(element => element.outerHTML.slice(0, 100))
"""


def _shifted(workshop: Workshop) -> Workshop:
    """Each step with the texts of the next one."""
    steps = tuple(
        evolve(
            each,
            title=other.title,
            image_tag=other.image_tag,
            goss_spec=other.goss_spec,
            markdown=other.markdown,
            metadata=other.metadata,
        )
        for each, other in zip(workshop.steps, workshop.steps[1:] + workshop.steps[:1], strict=True)
    )
    return evolve(workshop, steps=steps)
