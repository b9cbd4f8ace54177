"""Nothing stands behind next or prev, and the course ends there.

Nothing is null to YAML: no step follows, although the order of the steps has one. Whoever wants that writes
`null`, and whoever does not deletes the line.

Fails:

```yaml
# steps/two.yaml
navigation:
  next:
```

Passes:

```yaml
# steps/two.yaml
navigation:
  next: null
# steps/three.yaml
navigation:
  prev: one
# steps/one.yaml
navigation:
  next: three
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.document.model import Block
from yamlsync.layout.files import STEP
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.redundancy.source import source

ID = "YS307"
SEVERITY = "warning"

_NULL = re.compile(r"[ \t]*(?:null|Null|NULL|~)")


def check(course: Course) -> Iterator[Diagnostic]:
    """At the key; where the order says null too, it is only said once more (NAV-20, NAV-26)."""
    if course.is_linear:
        return  # Nothing is written.
    for file in course.steps:
        navigation = file.block.values().get("navigation")
        if not isinstance(navigation, Block):
            continue
        values, around = navigation.values(), file.around
        said = {"next": ("end", around.next_id), "prev": ("begin", around.previous_id)}
        suspects = [key for key in said if values.get(key, "") is None and said[key][1] is not None]
        if not suspects:
            continue
        lines = source(file.path, course.tree.read(file.path), STEP)
        for key in suspects:
            if _NULL.match(lines.value(("navigation", key)).first_line):
                continue
            does = said[key][0]
            help = f"write null if the course is to {does} here, or delete the line"
            yield Diagnostic(
                file.path, ("navigation", key), f"nothing stands behind {key}, which is null to YAML", help
            )
