"""The text of a step is longer than 20 KB.

The platform expects 1 to 20 KB of markdown for a step; 1 KB is 1,024 bytes of UTF-8. Students read the
text beside a terminal, and what is longer is rather two steps. The same goes for `explain`.

Passes:

```yaml
# steps/two.yaml
markdown: |
  # Deploy

  Apply the manifest, and look at what comes to be.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.sizes.measure import KB, shown, size

ID = "YS701"
SEVERITY = "warning"

_MOST = 20 * KB


def check(course: Course) -> Iterator[Diagnostic]:
    """At most 20 KB, at the key (TXT-2)."""
    for file, data in course.joined_texts:
        if len(data) <= _MOST:
            continue
        texts: list[tuple[tuple[str, ...], str]] = [
            (("metadata", row.key), row.value) for row in file.step.metadata if row.key == "explain"
        ]
        if file.step.markdown is not None:
            texts.append((("markdown",), file.step.markdown))
        for at, text in texts:
            if (measured := size(text)) > _MOST:
                message = f"{at[-1]} has {shown(measured)}, and the most that is expected is {shown(_MOST)}"
                help = "divide the step in two, or shorten it: output need not be shown as a whole"
                yield Diagnostic(file.path, at, message, help)
