"""The next of a step and the prev of another disagree.

A step's `next` leads to a step whose `prev` leads elsewhere, to a step that does not lead on to it. Who
goes on and then back does not come back to where he was. A side step that joins the course again is
fine: the step that is named as `prev` has this one as its `next`.

Fails:

```yaml
# steps/three.yaml
navigation:
  prev: one
```

Passes:

```yaml
# workshop.yaml
steps:
  - one
  - side
  - two
  - three
# steps/one.yaml
navigation:
  next: two
# steps/side.yaml
markdown: An aside.
# steps/two.yaml
navigation:
  prev: one
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shortened, shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.references.links import NEXT, PREV, is_written, links

ID = "YS208"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """x.next is y, y.prev is z, z is not x, and z.next is not y; told where it is written."""
    if not course.has_ways:
        return
    forward, back = links(course, "next"), links(course, "prev")
    for x, y in forward.items():
        z = back.get(y)
        if z is None or z == x or forward.get(z) == y:
            continue
        one, other = course.step_files[x], course.step_files[y]
        if is_written(other, "prev") or not is_written(one, "next"):
            message = f"prev is {shown(z)}, but {shown(x)} has this step as its next"
            # What the order says anyway need not be written.
            mend = "delete this line" if x == other.around.previous_id else f"write {shortened(x)}"
            help = f"{mend}, or let next of {shown(z)} name this step"
            yield Diagnostic(other.path, PREV, message, help)
        else:
            message = f"next is {shown(y)}, but prev of {shown(y)} is {shown(z)}"
            help = f"name another step, or write prev: {shortened(x)} in {other.path}"
            yield Diagnostic(one.path, NEXT, message, help)
