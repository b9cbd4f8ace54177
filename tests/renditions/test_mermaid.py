"""A graph of steps by its grammar and, where a browser and npm are there, as Mermaid draws it (DIF-65)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from tests import browser
from tests.edited import Sides, any_two, edited
from tests.pages import hostile
from tests.renditions import reviews
from tests.renditions.github_markdown import HOSTILE
from yamlsync.records import Navigation, Step, Workshop
from yamlsync.renditions.mermaid import graph
from yamlsync.renditions.story import WorkshopStory, story_of
from yamlsync.wording.columns import safe

_TEXT = r"(?:[^\W]|[^\x00-\x7f]| |<br/>|#\d+;)*"
_LINES = re.compile(
    rf'  s\d+\["{_TEXT}"\](:::(added|removed|renamed|moved|changed|folded))?'
    r"|  s\d+ (-->|---|-\.->|-->\|prev\||-\.->\|prev\|) s\d+"
    r"|  classDef [a-z]+ [a-z0-9:#,. -]+"
)


def _stories(sides: Sides) -> tuple[WorkshopStory, ...]:
    found = reviews.comparison(sides)
    return story_of(*sides, found.changes).workshops


def _course(*ids: str, **titles: str) -> Workshop:
    steps = tuple(
        Step(
            id,
            titles.get(id, f"Step {id}"),
            "org/course:1",
            number,
            Navigation(
                ids[number] if number < len(ids) else None, ids[number - 2] if number > 1 else None, None
            ),
            (),
            None,
            f"The text of {id}, {id * 40}.\n",
        )
        for number, id in enumerate(ids, 1)
    )
    return Workshop("course", "Course", "v1", "2026-01-15", steps)


def _graph(old: Workshop, new: Workshop, most: int = 50_000) -> str | None:
    (workshop,) = _stories(((old,), (new,)))
    return graph(workshop, most)


def test_a_new_step_a_moved_one_and_one_that_is_gone_are_told_by_sign_and_style() -> None:
    assert _graph(_course(*"abcdefg"), _course(*"adbcxef")) == "\n".join(
        [
            "flowchart TD",
            '  s1["1#160;· Step a"]',
            '  s2["↕#160;2 · Step d<br/>from#160;place 4"]:::moved',
            '  s3["2#160;steps as before#58;<br/>Step#160;b … Step c"]:::folded',
            '  s4["#43;#160;5 · Step x"]:::added',
            '  s5["2#160;steps as before#58;<br/>Step#160;e … Step f"]:::folded',
            '  s6["\N{MINUS SIGN}#160;7 · Step g"]:::removed',
            "  s1 --> s2",
            "  s2 --> s3",
            "  s3 --> s4",
            "  s4 --> s5",
            "  s5 -.-> s6",
            "  classDef added stroke:#2da44e,stroke-width:3px",
            "  classDef removed stroke:#cf222e,stroke-width:2px,stroke-dasharray:6 4",
            "  classDef moved stroke:#8250df,stroke-width:3px",
            "  classDef folded stroke-dasharray:2 3",
        ]
    )


def test_a_link_that_was_changed_is_drawn_as_it_was_and_as_it_is() -> None:
    old = _course(*"abc")
    first, *rest = old.steps
    new = evolve(old, steps=(evolve(first, navigation=Navigation("c", None, 'steps["b"].completed')), *rest))

    found = _graph(old, new)

    assert found is not None
    assert (
        '  s1["#126;#160;1 · Step a<br/>opens#160;when steps#91;#34;b#34;#93;#46;completed"]:::changed'
        in found
    )
    assert re.findall(r"(?m)^  s\d -.*", found) == ["  s1 --> s3", "  s2 --> s3", "  s1 -.-> s2"]


def test_where_a_title_is_not_known_all_steps_are_named_by_their_ids() -> None:
    old, new = _course(*"abcd"), _course(*"abxcd")
    found = reviews.comparison(((old,), (new,)))
    (workshop,) = story_of((old,), (new,), found.changes, frozenset("d")).workshops

    text = graph(workshop, 50_000)

    assert text is not None
    assert "Step" not in text
    assert '["2#160;steps as before#58;<br/>a#160;… b"]:::folded' in text
    assert '["#43;#160;3 · x"]:::added' in text


def test_there_is_none_where_only_texts_changed() -> None:
    old = _course(*"abc")
    steps = evolve(old.steps[0], title="Other", markdown="Other.\n"), *old.steps[1:]

    assert _graph(old, evolve(old, steps=steps)) is None
    assert _graph(old, old) is None


def test_steps_without_navigation_are_joined_by_their_order() -> None:
    old, new = (
        evolve(each, steps=tuple(evolve(step, navigation=None) for step in each.steps))
        for each in (_course(*"ab"), _course(*"axb"))
    )

    found = _graph(old, new)

    assert found is not None
    assert re.findall(r"  s\d -.*", found) == ["  s1 --- s2", "  s2 --- s3"]


def test_of_hundreds_of_steps_sixty_nodes_are_drawn_and_fewer_where_there_is_no_room() -> None:
    old = _course(*(f"s{number}" for number in range(400)))
    new = _course(*(f"{'n' if number % 2 else 's'}{number}" for number in range(400)))

    wide, narrow = _graph(old, new), _graph(old, new, 1_500)

    assert wide is not None
    assert narrow is not None
    assert [len(re.findall(r"(?m)^  s\d+\[", text)) for text in (wide, narrow)] == [60, 15]
    assert re.search(r"more steps#44; \d+ of them changed", wide)
    assert len(narrow) <= 1_500
    assert _graph(old, new, 100) is None


@settings(deadline=None)
@given(edited() | any_two())
def test_any_two_workshops_make_a_graph_of_lines_of_the_grammar(sides: Sides) -> None:
    for workshop in _stories(sides):
        found = graph(workshop, 50_000)
        if found is not None:
            first, *lines = found.split("\n")
            assert first == "flowchart TD"
            assert [line for line in lines if not _LINES.fullmatch(line)] == []
            nodes = set(re.findall(r"(?m)^  (s\d+)\[", found))
            assert set(re.findall(r"\bs\d+\b", "\n".join(line for line in lines if "[" not in line))) <= nodes


@pytest.fixture(scope="module")
def mermaid(request: pytest.FixtureRequest) -> str:
    """Mermaid's script, from npm, fetched once."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    assert request.config.cache is not None
    place = request.config.cache.mkdir("mermaid")
    script = place / "mermaid.min.js"
    if not script.exists():
        pack = ["npm", "pack", "mermaid@11", "--silent", "--pack-destination", str(place)]
        try:
            done = subprocess.run(pack, capture_output=True, text=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            pytest.skip("npm cannot fetch Mermaid in five minutes")
        if done.returncode:
            pytest.skip(f"npm cannot fetch Mermaid: {done.stderr.strip().splitlines()[:1]}")
        with tarfile.open(place / done.stdout.strip().splitlines()[-1]) as packed:
            member = packed.extractfile("package/dist/mermaid.min.js")
            assert member is not None
            script.write_bytes(member.read())
    return script.read_text(encoding="utf-8")


_DRAW = """async source => {
    mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
    const {svg} = await mermaid.render('graph', source);
    const holder = document.createElement('div');
    holder.innerHTML = svg;
    return {
        labels: [...holder.querySelectorAll('.node')].map(node => node.querySelector('.nodeLabel').innerHTML),
        acting: holder.querySelectorAll('a, img, script, iframe, b, strong, em, code, ul, ol, h1, h2').length,
    };
}"""


def test_mermaid_draws_each_title_as_it_is_written_and_nothing_of_it_acts(mermaid: str) -> None:
    texts = [hostile.one_line(text)[:38] for text in [*hostile.HOSTILE.values(), *HOSTILE]]
    texts = [text for text in dict.fromkeys(texts) if text and not re.search(r"[\ud800-\udfff]", text)]
    parts = [texts[start : start + 50] for start in range(0, len(texts), 50)]
    with browser.browser() as chromium, browser.opened(chromium, "<body></body>") as seen:
        seen.page.add_script_tag(content=mermaid)
        for part in parts:
            ids = [f"n{number}" for number in range(len(part))]
            old = _course(*(f"o{number}" for number in range(len(part))))
            new = _course(*ids, **dict(zip(ids, part, strict=True)))
            source = _graph(old, evolve(new, steps=tuple(evolve(step, markdown=None) for step in new.steps)))
            assert source is not None
            drawn: dict[str, Any] = seen.page.evaluate(_DRAW, source)
            assert drawn["acting"] == 0
            labels = [seen.page.evaluate(_TEXT_OF, label) for label in drawn["labels"]]
            shown = [label.partition(" · ")[2] for label in labels if label.startswith("+")]
            wanted = [safe(text) for text in part][: len(shown)]
            assert list(map(str.strip, shown)) == [
                text if len(text) <= 40 else f"{text[:39]}…" for text in wanted
            ]
        assert seen.happenings() == {}


_TEXT_OF = "label => { const p = document.createElement('p'); p.innerHTML = label; return p.textContent; }"


def test_mermaid_draws_the_three_reviews(mermaid: str, tmp_path: Path) -> None:
    with browser.browser() as chromium, browser.opened(chromium, "<body></body>") as seen:
        seen.page.add_script_tag(content=mermaid)
        for name, edit in (("split", reviews.split_step), ("merge", reviews.merge_branches)):
            edit(reviews.copy(tmp_path / name))
            found = reviews.compared(reviews.SAMPLE, tmp_path / name)
            (workshop,) = story_of(
                found.old.workshops, found.new.workshops, found.changes, found.new.unread
            ).workshops
            source = graph(workshop, 50_000)
            assert source is not None
            drawn = seen.page.evaluate(_DRAW, source)
            assert len(drawn["labels"]) == source.count('["')
