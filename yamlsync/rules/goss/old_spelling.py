"""A goss spec has a spelling of an older goss.

goss still takes it, with a warning, and may not for long. Write what the help says.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/hostname:
      exists: true
      contains:
        - web
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /etc/hostname:
      exists: true
      contents:
        - web
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS508"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Attributes that were renamed, and numbers in quotes (GOSS-26)."""
    return found(course, ID)
