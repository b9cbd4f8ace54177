"""A timeout of a goss spec is under a tenth of a second.

Timeouts are milliseconds: who writes `timeout: 30` most likely meant seconds.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    make test:
      exit-status: 0
      timeout: 30
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    make test:
      exit-status: 0
      timeout: 30000
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS512"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """From 1 to 99 milliseconds, and below 0; 0 stands for goss's own (GOSS-27)."""
    return found(course, ID)
