"""A goss spec, or a part of it, checks nothing.

goss ends with an error where it finds no test at all, and passes over a type without resources. Add what
should be checked, or delete what is empty.

Fails:

```yaml
# steps/two.yaml
goss_spec: ""
```

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: 0
  file:
```

```yaml
# steps/two.yaml
goss_spec: |
  service:
    nginx:
      skip: false
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  service:
    nginx:
      running: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS513"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """An empty spec, a type without resources, a service of which nothing is compared (GOSS-28)."""
    return found(course, ID)
