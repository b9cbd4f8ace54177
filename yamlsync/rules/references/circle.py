"""Navigation runs in a circle.

Whoever follows `next` from step to step must come to an end, and so must who follows `prev`. A side step
that leads back to where it hangs is no circle, as long as the steps do not lead on to it by `next`.

Fails:

```yaml
# steps/three.yaml
navigation:
  next: one
```

```yaml
# steps/two.yaml
navigation:
  next: two
```

Passes:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - side
  - three
# steps/two.yaml
navigation:
  next: three
# steps/side.yaml
markdown: An aside.
navigation:
  next: two
# steps/three.yaml
navigation:
  prev: two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.layout.read import StepFile
from yamlsync.printable import shortened, shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.references.links import NEXT, PREV, circles, links

ID = "YS206"
SEVERITY = "warning"

_SHOWN = 6


def check(course: Course) -> Iterator[Diagnostic]:
    """Each circle once, at the link in it that leads against the order: that one is written."""
    if not course.has_ways:
        return
    for key, at, forward in (("next", NEXT, 1), ("prev", PREV, -1)):
        to = links(course, key)
        for circle in circles(to):
            closing = next(id for id in circle if _against(course, id, to[id], forward))
            file = course.step_files[closing]
            start = circle.index(closing)
            way = [to[closing], *(circle[start + 1 :] + circle[:start])[1:], closing, to[closing]]
            help = f"name the step that is meant, or delete this line: {key} is then {_derived(file, key)}"
            yield Diagnostic(file.path, at, f"{key} runs in a circle: {_told(way, closing)}", help)


def _derived(file: StepFile, key: str) -> str:
    """What the order of the steps says."""
    id = file.around.next_id if key == "next" else file.around.previous_id
    return "null" if id is None else shortened(id)


def _against(course: Course, one: str, other: str, forward: int) -> bool:
    return (course.positions[other] - course.positions[one]) * forward <= 0


def _told(way: list[str], closing: str) -> str:
    if way[0] == closing:
        return f"{shown(closing)} leads to itself"
    told = way if len(way) <= _SHOWN else [*way[: _SHOWN - 2], "...", *way[-2:]]
    return " → ".join(shown(id) if id != "..." else id for id in told)
