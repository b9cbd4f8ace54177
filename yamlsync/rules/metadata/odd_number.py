"""A row of hints or objectives counts from 0, or with zeros in front.

The first hint is hint.1 and the tenth hint.10. Keys are ordered by their numbers, so that no zeros are
needed; a program that asks for hint.1 does not find hint.01.

Fails:

```yaml
# steps/two.yaml
metadata:
  hint.0: Which command lists the pods?
  hint.1: Look at the column STATUS.
```

```yaml
# steps/two.yaml
metadata:
  hint.01: Which command lists the pods?
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

ID = "YS733"
SEVERITY = "warning"

_SHOWN = 20


def check(course: Course) -> Iterator[Diagnostic]:
    """One finding for each row, at its first such key (META-11)."""
    for file in course.steps:
        for series in all_series(file.step):
            odd = series.odd
            if odd is None:
                continue
            bare = odd.digits.lstrip("0")
            if bare:
                message = f"zeros in front of a number: {series.name}.{shortened(odd.digits, _SHOWN)}"
                help = f"write {series.name}.{shortened(bare, _SHOWN)}"
            else:
                message = f"the first number is 1, not {shortened(odd.digits, _SHOWN)}"
                help = f"write {series.name}.1, and one more for each that follows"
            yield Diagnostic(file.path, ("metadata", odd.key), message, help)
