"""A course has a second first step: one that no other step leads to.

A student begins at the first step of the list. No `next` names this step, and its own `prev` names
none, so nobody gets to it from there.

Fails:

```yaml
# steps/one.yaml
navigation:
  next: null
# steps/two.yaml
navigation:
  prev: null
```

Passes:

```yaml
# steps/two.yaml
navigation:
  prev: null
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.document.model import Path
from yamlsync.layout.read import StepFile
from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.references.links import PREV, is_written

ID = "YS207"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Every step that nothing leads to, but for the one that the list has first."""
    if not course.has_ways:
        return
    for id in course.graph.firsts():
        if id != course.graph.start:
            file = course.step_files[id]
            message = f"no step leads to {shown(id)}, and it is not the first of the list"
            help = "let the next of another step name it, or write the step before it as its prev"
            yield Diagnostic(file.path, _place(file), message, help)


def _place(file: StepFile) -> Path:
    if is_written(file, "prev"):
        return PREV
    return ("navigation",) if "navigation" in file.block.values() else ("id",)
