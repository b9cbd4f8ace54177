"""A pattern between slashes stands outside of a list in a goss spec.

goss looks for patterns only in a list. A single text is compared with all of the output, slashes included.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -v:
      exit-status: 0
      stderr: /nginx/
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -v:
      exit-status: 0
      stderr:
        - /nginx/
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS511"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """A text in place of a list of patterns (GOSS-25)."""
    return found(course, ID)
