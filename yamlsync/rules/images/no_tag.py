"""An image tag has no tag.

Without one, `latest` is meant, and that is another image each time somebody pushes one. The step then
changes under its students, and with it whatever its check expects.

Fails:

```yaml
# steps/two.yaml
image_tag: org/two
```

Passes:

```yaml
# steps/two.yaml
image_tag: org/course:two
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse

ID = "YS605"
SEVERITY = "warning"

_FIT = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}\Z")


def check(course: Course) -> Iterator[Diagnostic]:
    """A name alone: neither a tag nor a digest (IMG-10)."""
    for file in course.steps:
        reference = parse(file.step.image_tag)
        if reference.tag is None and not reference.digest and reference.fault is None:
            tag = file.step.id if _FIT.match(file.step.id) else "v1"
            help = f"write the tag too, such as {shown(f'{reference.name}:{tag}')}"
            yield Diagnostic(file.path, ("image_tag", "="), "no tag, so that latest is meant", help)
