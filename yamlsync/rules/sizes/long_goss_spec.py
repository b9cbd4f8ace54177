"""A goss spec or a solution is longer than 5 KB.

The platform expects less than 5 KB of goss spec for a step; 1 KB is 1,024 bytes of UTF-8. A longer one
checks what is no part of the step, takes time at each attempt, and says too much at once when it fails.
The same goes for `solve`.

Passes:

```yaml
# steps/two.yaml
goss_spec: |
  file:
    /workshop/lab/web.yaml:
      exists: true
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.sizes.measure import KB, shown, size

ID = "YS702"
SEVERITY = "warning"

_MOST = 5 * KB


def check(course: Course) -> Iterator[Diagnostic]:
    """At most 5 KB, at the key (TXT-3)."""
    for file in course.steps:
        texts: list[tuple[tuple[str, ...], str]] = [
            (("metadata", row.key), row.value) for row in file.step.metadata if row.key == "solve"
        ]
        if file.step.goss_spec is not None:
            texts.append((("goss_spec",), file.step.goss_spec))
        for at, text in texts:
            if 4 * len(text) > _MOST and (measured := size(text)) > _MOST:
                message = f"{at[-1]} has {shown(measured)}, and the most that is expected is {shown(_MOST)}"
                help = "check only what this step is about"
                if at[-1] == "solve":
                    help = "put the long parts into files of the step's image, and call them"
                yield Diagnostic(file.path, at, message, help)
