"""The tag of an image ends in a hash.

Version 1 of the platform pins no images: neither by digests nor by hashes in tags. Such a tag works, but
it is another one after each build, so that every build changes every step's file.

Fails:

```yaml
# steps/two.yaml
image_tag: org/course:two-3f9a2c1b7d5e
```

```yaml
# steps/two.yaml
image_tag: org/course:two-sha-3f9a2c1
```

Passes:

```yaml
# steps/two.yaml
image_tag: org/course:two-20260115
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.images.reference import parse

ID = "YS606"
SEVERITY = "hint"

# Twelve digits are what programs print of an image's id. Fewer are easily a word, a date or a version.
_HASH = re.compile(
    r"(?:\A|[-_.])(?P<hash>sha(?:1|256)?[-_.]?[0-9a-f]{7,}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12,})\Z"
)


def check(course: Course) -> Iterator[Diagnostic]:
    """Hexadecimal digits with letters and figures among them, twelve or more, or behind `sha` (IMG-11)."""
    for file in course.steps:
        reference = parse(file.step.image_tag)
        if reference.tag is None or reference.fault is not None or reference.tag == file.step.id:
            continue
        match = _HASH.search(reference.tag)
        if match:
            start = len(reference.name) + 1
            message = f"{shown(match['hash'])} looks like a hash: version 1 of the platform pins no images"
            help = f"write a tag that stays, such as {shown(file.step.id)}"
            within = (start + match.start("hash"), start + match.end("hash"))
            yield Diagnostic(file.path, ("image_tag", "="), message, help, within)
