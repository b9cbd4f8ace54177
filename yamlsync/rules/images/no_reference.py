"""An image tag is no reference to an image.

Every program that pulls images reads them by one grammar: perhaps a registry, such as ghcr.io or
localhost:5000; a repository in lowercase letters and digits, with single `.`, `_` or any number of `-`
between them, its parts divided by slashes; a colon and a tag of at most 128 letters, digits, `.`, `_`
and `-`. What breaks it is refused before anything is pulled, so the step cannot start.

A first part with capitals, as in `MyOrg/course:intro`, is taken for the name of a registry.

Fails:

```yaml
# steps/two.yaml
image_tag: ghcr.io/MyOrg/course:two
```

```yaml
# steps/two.yaml
image_tag: https://ghcr.io/org/course:two
```

```yaml
# steps/two.yaml
image_tag: "org/course:two "
```

Passes:

```yaml
# steps/two.yaml
image_tag: ghcr.io/my-org/course:two
```

```yaml
# steps/two.yaml
image_tag: localhost:5000/org/team__a/course:two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse

ID = "YS601"
SEVERITY = "error"


def check(course: Course) -> Iterator[Diagnostic]:
    """One finding for each image tag: the first fault from the front (IMG-6)."""
    for file in course.steps:
        fault = parse(file.step.image_tag).fault
        if fault is not None:
            within = (fault.start, fault.end) if fault.end > fault.start else None
            yield Diagnostic(file.path, ("image_tag", "="), fault.message, fault.help, within)
