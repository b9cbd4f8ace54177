"""Two steps have one image.

A step's state is its image: what the student finds in the file system when the step starts. Two steps
with one image tag start the same, which is mostly a line that was copied and not changed. Where it is
meant, as for a step that only asks questions, say so with a comment: `# yamlsync: ignore YS603`.

There is one finding for each image, at the second step that has it.

Fails:

```yaml
# steps/three.yaml
image_tag: org/course:two
```

Passes:

```yaml
# steps/three.yaml
image_tag: org/course:three
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse
from yamlsync.rules.images.tags import steps_by_image

ID = "YS603"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Image tags are compared as they are written (IMG-8)."""
    for image_tag, files in steps_by_image(course).items():
        reference = parse(image_tag)
        if len(files) == 1 or reference.tag is None or reference.digest or reference.fault is not None:
            continue  # Without a tag of its own, something else is to be said of it.
        first, second, *others = files
        message = f"this is the image of step {shown(first.step.id)} too"
        if others:
            message += f", and of {len(others)} more"
        help = "write the tag of this step's own image"
        yield Diagnostic(second.path, ("image_tag", "="), message, help)
