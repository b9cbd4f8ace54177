"""A position is written that follows from the order of the steps.

The first step has position 1, and each other the one after that of the step before it, unless a file says
otherwise. `yamlsync check --fix` deletes the line.

Fails:

```yaml
# steps/two.yaml
position: 2
```

```yaml
# workshop.yaml
first_position: 1
```

Passes:

```yaml
# steps/two.yaml
position: 20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic, Fix

ID = "YS302"
SEVERITY = "warning"
FIXABLE = True


def check(course: Course) -> Iterator[Diagnostic]:
    """Each position that the list says already; it can be told only where all steps are known."""
    if course.file.block.values().get("first_position") == 1:
        message = "the first step has position 1 where nothing else is said"
        at = ("first_position",)
        yield Diagnostic(course.path, at, message, "delete this line", fix=Fix.REMOVE)
    if not course.whole:
        return
    for file in course.steps:
        if file.block.values().get("position") == file.around.position:
            message = "the position follows from the order of the steps"
            yield Diagnostic(file.path, ("position",), message, "delete this line", fix=Fix.REMOVE)
