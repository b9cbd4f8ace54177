"""The database will be larger than a Kubernetes ConfigMap can be.

A ConfigMap takes 1 MiB, 1,048,576 bytes, at the most. A workshop whose database is larger has to come to
the cluster in another way: in an image, on a volume, or by a download. Nothing is wrong with that; it is
only good to know before the day of the course. The size is estimated from the texts, to about a tenth.

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
from yamlsync.rules.sizes.database import CONFIG_MAP, MOST, estimate_of
from yamlsync.rules.sizes.measure import shown

ID = "YS705"
SEVERITY = "hint"


def check(course: Course) -> Iterator[Diagnostic]:
    """More than 1 MiB, and not more than YS704 speaks of, at the first workshop's id (TXT-7)."""
    if sum(len(file.step.markdown or "") for file in course.steps) > MOST:
        return  # YS704 speaks of it. The usual workshop is small, and estimated in no time.
    bytes = estimate_of(course)
    if bytes is not None and CONFIG_MAP < bytes <= MOST:
        message = f"the database will have about {shown(bytes)}, more than the 1 MB of a Kubernetes ConfigMap"
        help = "bring it to the cluster in an image, on a volume or by a download, or shorten the texts"
        yield Diagnostic(course.path, ("id",), message, help)
