"""A title, a name or an id starts or ends with white space.

It is not seen, and it makes two things of one: an id with a blank behind it is another id. Image tags are
judged by YS601.

Fails:

```yaml
# steps/two.yaml
title: "Deploy "
```

Passes:

```yaml
# steps/two.yaml
title: Deploy
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.document.model import Path
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS719"
SEVERITY = "warning"

# Control characters are white space to Python, and judged by a rule of their own.
_BLANKS = (
    " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)


def check(course: Course) -> Iterator[Diagnostic]:
    """The white space in front, or else that behind; YS718 judges a text of nothing else (TXT-19)."""
    header = course.header
    for key, text in (("id", header.id), ("name", header.name), ("version", header.version)):
        yield from _outer_blanks(course.path, (key, "="), text)
    for file in course.steps:
        yield from _outer_blanks(file.path, ("id", "="), file.step.id)
        yield from _outer_blanks(file.path, ("title", "="), file.step.title)


def _outer_blanks(file: str, at: Path, text: str) -> Iterator[Diagnostic]:
    inner = text.strip(_BLANKS)
    if len(inner) == len(text) or not inner:
        return
    front = len(text) - len(text.lstrip(_BLANKS))
    within = (0, front) if front else (len(inner), len(text))
    where = "in front of" if front else "behind"
    help = "delete it"
    if at[0] == "id":
        help = "delete it, in the list that names this id and in the name of the file too"
    yield Diagnostic(file, at, f"white space {where} the {at[0]}", help, within)
