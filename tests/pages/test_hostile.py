"""No text of an author runs in a page, has it ask anybody, or ends what stands around it (PRE-20, PRE-45)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import browser, opened
from tests.pages.hostile import CATEGORIES, HOSTILE
from tests.pages.hostile_course import hostile_course
from tests.pages.outline import outline
from yamlsync.pages.markdown import code, plain, render
from yamlsync.pages.ticks import ticks
from yamlsync.pages.words_marked import mark_words
from yamlsync.preview import preview_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')

_STRANGERS = """
Array.from(document.querySelectorAll('*')).flatMap(element => [
    ...(['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'INPUT', 'BASE', 'IMG', 'IMAGE', 'VIDEO', 'AUDIO',
         'MATH', 'TEMPLATE', 'NOSCRIPT', 'BUTTON', 'SELECT', 'TEXTAREA',
         'DIALOG'].includes(element.tagName.toUpperCase())
        ? [element.tagName] : []),
    ...Array.from(element.attributes).filter(attribute => attribute.name.startsWith('on')
        || ['style', 'src', 'srcset', 'srcdoc', 'action', 'formaction'].includes(attribute.name)
        || (attribute.name.endsWith('href') && element.tagName !== 'LINK'
            && !/^(https?:\\/\\/|mailto:|#)/.test(attribute.value)))
        .map(attribute => element.tagName + ' ' + attribute.name + '=' + attribute.value),
])
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


def test_there_are_more_than_a_hundred() -> None:
    assert len(HOSTILE) > 150
    assert len(HOSTILE) == sum(map(len, CATEGORIES.values()))


@pytest.mark.parametrize("name", HOSTILE)
def test_rendered_it_is_harmless_and_well_formed(name: str) -> None:
    text = HOSTILE[name]
    for html in (render(text), plain(text), code(text, "html"), ticks(f"`{text}`")):
        assert outline(html).strangers() == []


@pytest.mark.parametrize("name", HOSTILE)
def test_marked_beside_another_it_is_harmless(name: str) -> None:
    text = HOSTILE[name]
    others = [
        f"{text} and more",
        HOSTILE["comment"],
        "",
        text.replace("alert", "alarm").replace("hostile", "h"),
    ]
    for other in others:
        marked = mark_words(render(text), render(other))
        assert outline(marked.before).strangers() == []
        assert outline(marked.after).strangers() == []


@pytest.mark.parametrize("spec_is_text", [False, True])
def test_a_page_with_all_of_them_in_each_place_is_well_formed(spec_is_text: bool) -> None:
    page = preview_page(hostile_course(list(HOSTILE.values()), spec_is_text=spec_is_text))
    found = outline(page)
    assert found.strangers() == []
    assert found.tags.count("article") == len(HOSTILE)
    assert found.tags.count("style") == 1


def test_a_browser_that_runs_a_script_is_noticed(chromium: Browser) -> None:
    html = "<script>alert(1)</script><img src=http://hostile.example/a.png><p style='color:red'>x"
    with opened(chromium, html) as seen:
        happenings = seen.happenings()
        assert happenings["dialogs"] == ["1"]
        assert happenings["requests"] == ["http://hostile.example/a.png"]


@pytest.mark.parametrize("category", [*CATEGORIES, "all"])
def test_in_a_browser_nothing_runs_and_nobody_is_asked(chromium: Browser, category: str) -> None:
    texts = list(({**CATEGORIES, "all": HOSTILE})[category].values())
    page = preview_page(hostile_course(texts))
    with opened(chromium, page) as seen:
        assert seen.page.evaluate(_STRANGERS) == []
        assert seen.page.locator("main > .workshop > article.step").count() == len(texts)
        # All of it is brought into sight, and touched.
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        seen.page.evaluate(
            "document.querySelectorAll('*').forEach(each => each.dispatchEvent(new Event('mouseover')))"
        )
        seen.page.evaluate("document.querySelectorAll('[tabindex]').forEach(each => each.focus())")
        assert seen.happenings() == {}


def test_nor_without_the_policy_that_would_keep_it_from_running(chromium: Browser) -> None:
    """The policy is a second wall: a page without it is as quiet."""
    page, count = _POLICY.subn("", preview_page(hostile_course(list(HOSTILE.values()))))
    assert count == 1
    with opened(chromium, page) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert seen.happenings() == {}


def test_links_of_a_page_do_not_run_when_they_are_followed(chromium: Browser) -> None:
    page = preview_page(hostile_course(list(CATEGORIES["links"].values())))
    with opened(chromium, page) as seen:
        seen.page.evaluate(
            "document.querySelectorAll('a[href^=\"#\"]')"
            ".forEach(each => each.dispatchEvent(new MouseEvent('click')))"
        )
        assert seen.happenings() == {}
