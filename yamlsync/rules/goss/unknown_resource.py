"""A goss spec has a type of resource that goss does not know.

goss passes over it without a word: what stands below it is never checked. Write the type as goss spells
it. Keys whose values are only there to be used elsewhere, by an anchor, are left alone.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  ports:
    tcp:80:
      listening: true
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  x-open: &open
    listening: true
  port:
    tcp:80: *open
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS503"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Types that are not in the table of resources (GOSS-20)."""
    return found(course, ID)
