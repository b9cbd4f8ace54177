"""A title, or the name of a workshop, is blank.

It is what students see in the list of steps and of workshops. There must be something to read in it.

Fails:

```yaml
# steps/two.yaml
title: " "
```

Passes:

```yaml
# steps/two.yaml
title: Deploy
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS718"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Empty, or white space alone (TXT-18)."""
    if not course.header.name.strip():
        help = "write what students should read in the list of workshops"
        yield Diagnostic(course.path, ("name", "="), "the name of the workshop is blank", help)
    for file in course.steps:
        if not file.step.title.strip():
            help = "write what students should read in the list of steps"
            yield Diagnostic(file.path, ("title", "="), "the title is blank", help)
