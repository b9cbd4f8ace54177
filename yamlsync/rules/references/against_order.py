"""Navigation leads backwards, against the order of the list.

A step can only be reached from steps that the list has behind it. Reviewers, and tools that show the
course as a list, see it in another order than students do. Move it in `steps:`, and let navigation
follow from the order.

Fails:

```yaml
# steps/one.yaml
navigation:
  next: three
# steps/two.yaml
navigation:
  next: null
  prev: three
# steps/three.yaml
navigation:
  next: two
  prev: one
```

Passes:

```yaml
# workshop.yaml
steps:
  - one
  - three
  - two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shortened, shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.references.links import NEXT, PREV, is_written

ID = "YS209"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Edges to a step further up that no edge from further up leads to; leading back to one is fine."""
    if not course.has_ways:
        return
    graph = course.graph
    reached = graph.reached(graph.beginnings())
    for file in course.steps:
        id = file.step.id
        place = course.positions[id]
        before = graph.into[id]
        # What cannot be reached at all is told as that.
        if (
            not place
            or id not in reached
            or not before
            or any(course.positions[other] <= place for other in before)
        ):
            continue
        source = min(before, key=lambda other: course.positions[other])
        message = f"{shown(source)} leads to {shown(id)}, which the list has before it"
        help = f"move {shortened(id)} behind {shortened(source)} in steps: of {course.path}"
        other = course.step_files[source]
        if is_written(other, "next") and other.step.navigation and other.step.navigation.next_step_id == id:
            yield Diagnostic(other.path, NEXT, message, help)
        else:
            yield Diagnostic(file.path, PREV, message, help)
