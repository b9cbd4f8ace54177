"""No way leads to a step.

A student gets from a step to its `next`, and to each step that names it as its `prev`. What cannot be
reached so, from the first step of the list or from any step that nothing leads to, nobody ever sees.

Fails:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - three
  - four
# steps/two.yaml
navigation:
  next: null
# steps/three.yaml
navigation:
  prev: four
# steps/four.yaml
navigation:
  prev: null
```

Passes:

```yaml
# steps/one.yaml
navigation:
  next: three
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS205"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Steps behind no beginning at all: each of them is led to, but only from others like it."""
    if not course.has_ways:
        return
    reached = course.graph.reached(course.graph.beginnings())
    for file in course.steps:
        if file.step.id not in reached:
            message = f"no way leads from the beginning to the step {shown(file.step.id)}"
            help = "let the next of another step name it, or its own prev name a step that is reached"
            at = ("navigation",) if "navigation" in file.block.values() else ("id",)
            yield Diagnostic(file.path, at, message, help)
