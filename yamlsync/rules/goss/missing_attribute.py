"""A resource of a goss spec lacks the attribute that goss needs.

Each type but `service` and `gossfile` has an attribute that goss always compares. Without it the check
can never pass, unless it is skipped.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/nginx/nginx.conf:
      mode: "0644"
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/nginx/nginx.conf:
      exists: true
      mode: "0644"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS507"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """The attribute that each resource of a type has to have (GOSS-22)."""
    return found(course, ID)
