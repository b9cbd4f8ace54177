"""The value of a known key of metadata has another form than the key's.

Metadata are free texts, but some keys have a meaning, and programs read their values:

- `difficulty`: easy, medium or hard
- `duration`: about how long the step takes, such as 25m, 1h or 1h30m
- `group`: the heading under which the step is listed; one line
- `optional`: "true" where a student may leave the step out, or "false"
- `tags`: words with commas between them
- `hint.1`, `hint.2`, ...: what a student who is stuck is told, one after the other
- `objective.1`, `objective.2`, ...: what a student can do after the step
- `explain`: what a student is told when the step is done; Markdown
- `solve`: shell commands that do what the step asks for

Any other key is as good, with any text.

Fails:

```yaml
# steps/two.yaml
metadata:
  difficulty: Easy
```

```yaml
# steps/two.yaml
metadata:
  duration: 25 minutes
```

```yaml
# steps/two.yaml
metadata:
  hint.1: ""
```

Passes:

```yaml
# steps/two.yaml
metadata:
  difficulty: easy
  duration: "1h30m"
  group: networking
  hint.1: Which command lists the pods?
  objective.1: List pods, and read their status.
  optional: "true"
  tags: kubectl, pods
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.metadata.keys import wrong_form

ID = "YS731"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """At the value (META-8)."""
    for file in course.steps:
        for row in file.step.metadata:
            wrong = wrong_form(row.key, row.value)
            if wrong is not None:
                message = f"{row.key}: {wrong.message}"
                yield Diagnostic(file.path, ("metadata", row.key, "="), message, wrong.help)
