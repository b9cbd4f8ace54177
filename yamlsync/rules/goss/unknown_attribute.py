"""A resource of a goss spec has an attribute that goss does not know.

goss refuses the whole spec. Write the attribute as goss spells it.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listning: true
      listening: true
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  port:
    tcp:80:
      listening: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS504"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Attributes that the table has not for this type (GOSS-20)."""
    return found(course, ID)
