"""A number is missing in a row of hints or objectives.

Hints are given one after the other: hint.1, hint.2, hint.3. Where one is missing, either it was lost, or
the ones behind it have kept their old numbers; a program that counts up from 1 stops there.

Fails:

```yaml
# steps/two.yaml
metadata:
  hint.1: Which command lists the pods?
  hint.3: Look at the column STATUS.
```

Passes:

```yaml
# steps/two.yaml
metadata:
  hint.1: Which command lists the pods?
  hint.2: Look at the column STATUS.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shortened
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.metadata.series import all_series

ID = "YS732"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """The first gap of each row, at the key behind it; where numbers have zeros, YS733 speaks (META-10)."""
    for file in course.steps:
        for series in all_series(file.step):
            if series.odd is None and series.gap is not None:
                key, expected = series.gap
                missing = f"{series.name}.{expected}"
                message = f"{shortened(key.key, 40)} stands here, and there is no {missing}"
                help = f"write {missing} too, or give this one that number"
                yield Diagnostic(file.path, ("metadata", key.key), message, help)
