"""A text without quotes ends where a # stands.

In YAML a `#` behind a blank begins a comment: of `title: Issue #1` there is `Issue` left. Put the whole
text in quotes. Where a comment is meant, write it on a line of its own above the key, and nobody will wonder.

Fails:

```yaml
# steps/two.yaml
title: Issue #1
```

```yaml
# steps/two.yaml
metadata:
  hint.1: Uncomment the line that starts with # server
```

Passes:

```yaml
# steps/two.yaml
title: "Issue #1"
```

```yaml
# steps/two.yaml
# The students know it as this.
title: Deploy
metadata:
  duration: 20m # measured
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.document.model import Block, Fields, Path
from yamlsync.layout.files import STEP, WORKSHOP
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.metadata.keys import is_closed, wrong_form
from yamlsync.rules.redundancy.source import source

ID = "YS305"
SEVERITY = "hint"

_HELP = "put the whole text in quotes if that belongs to it, else write the comment above the key"


def check(course: Course) -> Iterator[Diagnostic]:
    """At the comment behind a title, a name or a value of metadata that stands without quotes (NAV-24)."""
    yield from _cut_off(course, course.path, course.file.block, WORKSHOP)
    for file in course.steps:
        yield from _cut_off(course, file.path, file.block, STEP)


def _cut_off(course: Course, path: str, block: Block, shape: Fields) -> Iterator[Diagnostic]:
    suspects = list(_suspects(block))
    if not suspects:
        return
    lines = source(path, course.tree.read(path), shape)
    for at in suspects:
        value = lines.value(at)
        place = None if value.style else value.comment_behind()
        if place is not None:
            message = "the text ends here: what follows # is a comment"
            yield Diagnostic(path, (*at, "="), message, _HELP, place=place)


def _suspects(block: Block) -> Iterator[Path]:
    """The texts with a comment behind them, but for those which are whole without it."""
    for entry in block.entries:
        key = entry.key or ""
        if key in ("title", "name"):
            if _may_be_text(entry.behind):
                yield (key,)
        elif key == "metadata" and isinstance(entry.value, Block):
            for inner in entry.value.entries:
                name, value = inner.key or "", inner.value
                is_whole = isinstance(value, str) and is_closed(name) and wrong_form(name, value) is None
                if _may_be_text(inner.behind) and not is_whole:
                    yield key, name


def _may_be_text(comment: str) -> bool:
    return bool(comment) and not comment[1:].lstrip().startswith("yamlsync:")
