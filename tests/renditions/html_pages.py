"""What tests of the HTML page share: comparisons of records, and what stands in a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.pages.outline import outline
from yamlsync.changes.comparing import diff
from yamlsync.comparison import Comparison, Side
from yamlsync.opening import Directory
from yamlsync.records import Metadata, Navigation, Step, Workshop
from yamlsync.renditions.html import render

_TABLES = re.compile(r"caption|section|td data-side=(?:Before|After)|th scope=(?:col|row)")


def step(id: str, position: int, **more: object) -> Step:
    """A step with a row of navigation that leads nowhere."""
    fields: dict[str, object] = {
        "title": id.capitalize(),
        "image_tag": f"org/course:{id}",
        "navigation": Navigation(None, None),
        "markdown": f"# {id.capitalize()}\n\nThis step is called {id}, and no other is.\n",
    }
    return Step(id=id, position=position, **(fields | more))  # type: ignore[arg-type]


def course(*steps: Step, id: str = "course", name: str = "The course") -> Workshop:
    """A workshop of steps."""
    return Workshop(id, name, "v1", "2026-01-15T09:30:00Z", steps)


def hint(number: int, text: str) -> Metadata:
    """A hint."""
    return Metadata(f"hint.{number}", text)


def comparison(old: Sequence[Workshop], new: Sequence[Workshop]) -> Comparison:
    """What changed from some workshops to others, as `compare` tells it."""
    return Comparison(_side("before", old), _side("after", new), diff(tuple(old), tuple(new)))


def _side(name: str, workshops: Sequence[Workshop]) -> Side:
    files = {step.id: f"steps/{step.id}.yaml" for each in workshops for step in each.steps}
    return Side(name, tuple(workshops), Directory(name), files)


def page(old: Sequence[Workshop], new: Sequence[Workshop]) -> str:
    """The page of it."""
    return render(comparison(old, new))


def strangers(html: str) -> list[str]:
    """Tags and attributes that the page must not have; tables may have what makes them tables."""
    return [each for each in outline(html).strangers() if not _TABLES.fullmatch(each)]


def section_of(html: str, anchor: str) -> str:
    """The section with an anchor."""
    start = html.index(f'id="{anchor}"')
    return html[start : html.index("</section>", start)]
