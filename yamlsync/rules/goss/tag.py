"""A text of a goss spec starts with ! and has no quotes.

YAML takes `!/error/` without quotes for a tag: goss sees an empty text instead, or what stands behind it,
and so does not look for what must not be there. Put the text in quotes.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: 0
      stderr:
        - !/error/
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: 0
      stderr:
        - "!/error/"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS510"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Tags that YAML itself does not have (GOSS-14)."""
    return found(course, ID)
