"""An image tag pins its image by a digest.

Version 1 of the platform finds images by their tags alone. A digest, `@sha256:` and what follows, is not
used in it.

Fails:

```yaml
# steps/two.yaml
image_tag: org/course:two@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
```

Passes:

```yaml
# steps/two.yaml
image_tag: org/course:two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse

ID = "YS602"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """A digest behind a name, with a tag or without (IMG-7)."""
    for file in course.steps:
        reference = parse(file.step.image_tag)
        if not reference.digest or reference.fault is not None:
            continue
        end = len(file.step.image_tag)
        start = end - len(reference.digest)
        name = file.step.image_tag[:start] if reference.tag else f"{reference.name}:{file.step.id}"
        message = "a digest: version 1 of the platform finds images by their tags alone"
        help = f"write the tag alone: {shown(name)}"
        yield Diagnostic(file.path, ("image_tag", "="), message, help, (start, end))
