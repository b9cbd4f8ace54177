"""The database will be larger than 5 MB.

The platform expects less than 5 MB for a workshop's database; 1 MB is 1,048,576 bytes. It holds texts
alone: what makes it large is mostly output that was pasted into the markdown, or pictures as `data:`
URLs. Both are better in the steps' images. The size is estimated from the texts, to about a tenth;
progress of students does not count.

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

from yamlsync.printable import shortened
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.sizes.database import MOST, estimate_of, largest_step
from yamlsync.rules.sizes.measure import shown

ID = "YS704"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """More than 5 MB, at the first workshop's id (TXT-6)."""
    bytes = estimate_of(course)
    if bytes is not None and bytes > MOST:
        message = (
            f"the database will have about {shown(bytes)}, and the most that is expected is {shown(MOST)}"
        )
        help = "shorten the longest texts"
        if largest := largest_step(course):
            help += f', such as those of step "{shortened(largest)}"'
        yield Diagnostic(course.path, ("id",), message, help)
