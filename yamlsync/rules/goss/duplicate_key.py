"""A key stands twice in one mapping of a goss spec.

goss refuses the whole spec. Put all resources of one type under one key, and give each a name of its own.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listening: true
  port:
    tcp:443:
      listening: true
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listening: true
    tcp:443:
      listening: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS502"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """The same text as a key, however it is spelled (GOSS-13)."""
    return found(course, ID)
