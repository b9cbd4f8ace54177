"""The tag of an image names another step than its own, where all others name their own.

Where the tags of a workshop are the ids of its steps, as in `org/course:intro` for the step `intro`, one
that is not is easily a slip: the step was renamed, or the line was copied. This is told only where most
steps have their own id for a tag; a workshop with another convention, such as versions, is left alone. A
tag may hold more than the id: `intro-v2` and `01-intro` go with the step `intro`.

Fails:

```yaml
# steps/two.yaml
image_tag: org/course:tow
```

Passes:

```yaml
# steps/two.yaml
image_tag: org/course:two-v2
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse
from yamlsync.rules.images.tags import names, steps_by_image

ID = "YS604"
SEVERITY = "hint"

_FEWEST = 2


def check(course: Course) -> Iterator[Diagnostic]:
    """Needs two steps at least with their own id for a tag, and those to be more than half (IMG-9)."""
    shared = steps_by_image(course)
    read = [(file, parse(file.step.image_tag)) for file in course.steps]
    tagged = [(file, reference.tag) for file, reference in read if reference.tag and not reference.fault]
    own = sum(tag == file.step.id for file, tag in tagged)
    if own < _FEWEST or 2 * own <= len(tagged):
        return
    for file, tag in tagged:
        if len(shared[file.step.image_tag]) > 1 or names(tag, file.step.id):
            continue
        image_tag = file.step.image_tag
        start = len(parse(image_tag).name) + 1
        whose = f"the id of step {shown(tag)}" if tag in course.positions else "not this step's id"
        message = f"the tag is {whose}, where the tags of {own} steps are their own ids"
        help = f"write {shown(image_tag[:start] + file.step.id)}, if that is the image's tag"
        yield Diagnostic(file.path, ("image_tag", "="), message, help, (start, start + len(tag)))
