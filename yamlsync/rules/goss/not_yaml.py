"""A goss spec is not YAML, or no mapping.

goss cannot read it: the step never passes. Write a mapping whose keys are types of resources. Only the
first document of a spec is read, so it can have no second one.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t
      exit-status: 0
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -t:
      exit-status: 0
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS501"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Text that is not YAML or no mapping, a second document, a merge of no mapping (GOSS-10)."""
    return found(course, ID)
