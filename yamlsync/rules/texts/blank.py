"""A title, the name of a workshop or the text of a step is blank.

Titles and names are what students see in the list of steps and of workshops, and `markdown` is what they read
in a step. There must be something to read. A step without `markdown` is found where most others have one.

Fails:

```yaml
# steps/two.yaml
title: " "
```

```yaml
# steps/two.yaml
markdown: ""
```

```yaml
# steps/two.yaml, all of it
id: two
title: Deploy
image_tag: org/course:two
```

Passes:

```yaml
# steps/two.yaml
title: Deploy
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.redundancy.heading_in_comment import empty_for_comments, is_blank

ID = "YS718"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Empty, or white space alone (TXT-18)."""
    if not course.header.name.strip():
        help = "write what students should read in the list of workshops"
        yield Diagnostic(course.path, ("name", "="), "the name of the workshop is blank", help)
    texts = sum(file.step.markdown is not None for file in course.steps)
    most_have_one = 2 * texts > len(course.steps)
    for file in course.steps:
        if not file.step.title.strip():
            help = "write what students should read in the list of steps"
            yield Diagnostic(file.path, ("title", "="), "the title is blank", help)
        text = file.step.markdown
        if text is None and most_have_one:
            help = "write markdown: | and the text below it, indented by two spaces"
            yield Diagnostic(file.path, ("id",), "the step has no text", help)
        elif is_blank(file) and not empty_for_comments(course, file):
            help = "write what students should read, indented by two spaces"
            yield Diagnostic(file.path, ("markdown", "="), "the text of the step is blank", help)
