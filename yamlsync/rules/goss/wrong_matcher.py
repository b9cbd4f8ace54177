"""A matcher of a goss spec does not exist, or takes something else.

The check can never pass. Each mapping names one matcher, and what it takes; several go into a list below
`and` or `or`.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  http:
    http://localhost/:
      status:
        greater: 199
```

```yaml
# steps/two.yaml
goss_spec: |
  http:
    http://localhost/:
      status:
        gt: 199
        lt: 300
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  http:
    http://localhost/:
      status:
        and:
          - gt: 199
          - lt: 300
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS506"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Unknown names, several in one mapping, and arguments of another kind (GOSS-30, GOSS-31)."""
    return found(course, ID)
