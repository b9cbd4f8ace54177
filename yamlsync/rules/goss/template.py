"""A goss spec is a Go template, and was not checked.

What goss reads is known only when it runs. goss takes every `{{` for the start of a template, also in a
command such as `docker inspect -f`: for the two characters themselves, write {{ `{{` }}.

Fails:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    docker inspect -f '{{.State.Running}}' web:
      exit-status: 0
```

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  command:
    docker inspect web:
      exit-status: 0
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.inspection import found

ID = "YS514"
SEVERITY = "hint"
STANDS_FOR = ("YS5",)


def check(course: Course) -> Iterator[Diagnostic]:
    """Specs with {{ in them; no other rule of this family looks into them (GOSS-2)."""
    return found(course, ID)
