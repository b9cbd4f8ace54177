"""The metadata of a step have more than 1 KB.

The platform expects less than 1 KB of metadata for a step, keys and values together; 1 KB is 1,024 bytes
of UTF-8. Long texts are better told in the markdown. `solve` and `explain` do not count: they are a
program and a text, with limits of their own.

Fails:

```yaml
# steps/two.yaml
metadata:
  hint.1: Read the chapter about deployments again, and compare each line of your file with it.
  hint.2: Read the chapter about deployments again, and compare each line of your file with it.
  hint.3: Read the chapter about deployments again, and compare each line of your file with it.
  hint.4: Read the chapter about deployments again, and compare each line of your file with it.
  hint.5: Read the chapter about deployments again, and compare each line of your file with it.
  hint.6: Read the chapter about deployments again, and compare each line of your file with it.
  hint.7: Read the chapter about deployments again, and compare each line of your file with it.
  hint.8: Read the chapter about deployments again, and compare each line of your file with it.
  hint.9: Read the chapter about deployments again, and compare each line of your file with it.
  hint.10: Read the chapter about deployments again, and compare each line of your file with it.
  hint.11: Read the chapter about deployments again, and compare each line of your file with it.
  hint.12: Read the chapter about deployments again, and compare each line of your file with it.
```

Passes:

```yaml
# steps/two.yaml
metadata:
  difficulty: easy
  hint.1: Which command lists the pods?
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import quoted, shortened
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.sizes.measure import KB, shown, size

ID = "YS703"
SEVERITY = "warning"

_MOST = KB
_LIMITED_ELSEWHERE = ("explain", "solve")


def check(course: Course) -> Iterator[Diagnostic]:
    """At most 1 KB for all keys and values but those with limits of their own, at `metadata` (TXT-4)."""
    for file in course.steps:
        rows = [row for row in file.step.metadata if row.key not in _LIMITED_ELSEWHERE]
        measured = sum(size(row.key) + size(row.value) for row in rows)
        if measured > _MOST:
            largest = max(rows, key=lambda row: size(row.value)).key
            message = f"the metadata have {shown(measured)}, and the most that is expected is {shown(_MOST)}"
            help = f"shorten them; the longest is {quoted(shortened(largest, 40))}"
            yield Diagnostic(file.path, ("metadata",), message, help)
