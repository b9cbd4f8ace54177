"""A regular expression of a goss spec is none.

goss has the expressions of Go: they have neither look-around nor references back to a group. A check with
an expression that goss refuses can never pass. Only what Go certainly refuses is told.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -v:
      exit-status: 0
      stderr:
        - /nginx(?=.1)/
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    nginx -v:
      exit-status: 0
      stderr:
        - /nginx.1/
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS509"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """Patterns between slashes, and what match-regexp takes (GOSS-32)."""
    return found(course, ID)
