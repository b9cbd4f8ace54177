"""A key of metadata is nearly one that has a meaning.

Keys are free, so that a slip in one is no error: `dificulty` is a key like any other, only that no
program looks for it. Where the key is meant as it is, say so with a comment: `# yamlsync: ignore YS734`.

Fails:

```yaml
# steps/two.yaml
metadata:
  dificulty: easy
```

```yaml
# steps/two.yaml
metadata:
  hint1: Which command lists the pods?
```

Passes:

```yaml
# steps/two.yaml
metadata:
  audience: operators
  difficulty: easy
  hint.1: Which command lists the pods?
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.metadata.nearest import meant

ID = "YS734"
SEVERITY = "hint"


def check(course: Course) -> Iterator[Diagnostic]:
    """Other case, other signs, a letter or two that are wrong, where the right key is not there (META-12)."""
    for file in course.steps:
        present = {row.key for row in file.step.metadata}
        for row in file.step.metadata:
            known = meant(row.key)
            if known is not None and known not in present:
                message = f"{row.key} is a key without a meaning of its own"
                yield Diagnostic(file.path, ("metadata", row.key), message, f'did you mean "{known}"?')
