"""Navigation is written that follows from the order of the steps.

`next` is the step that follows in `steps:`, and `prev` the one before, unless a file says otherwise. Written
all the same, they have to be changed in two more files with each step that is added or moved.
`yamlsync check --fix` deletes them.

Fails:

```yaml
# steps/two.yaml
navigation:
  next: three
```

```yaml
# steps/one.yaml
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

from yamlsync.document.model import Block
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic, Fix

ID = "YS301"
SEVERITY = "warning"
FIXABLE = True


def check(course: Course) -> Iterator[Diagnostic]:
    """Each next and prev that is what the list says; it can be told only where all steps are known."""
    if not course.whole:
        return
    for file in course.steps:
        navigation = file.block.values().get("navigation")
        if not isinstance(navigation, Block):
            continue
        values = navigation.values()
        around = file.around
        for key, derived in (("next", around.next_id), ("prev", around.previous_id)):
            if key in values and values[key] == derived:
                message = f"{key} follows from the order of the steps"
                at = ("navigation", key)
                yield Diagnostic(file.path, at, message, "delete this line", fix=Fix.REMOVE)
