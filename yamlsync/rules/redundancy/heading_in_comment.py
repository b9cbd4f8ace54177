"""A heading of the text is a comment, since it is not indented.

All lines of a text behind `|` are indented, by two spaces more than the key. A line that begins with `#`
further left, or behind the `|`, is a comment to YAML: the text has lost its heading, or there is no text at
all. Comments between keys, and comments that do not look like headings, are none of this rule's.

Fails:

```yaml
# steps/two.yaml
markdown: |
# Deploy
```

```yaml
# steps/two.yaml
markdown: |
  Write the file.

## Apply it
```

```yaml
# steps/two.yaml
markdown: | # Deploy
  Write the file.
```

Passes:

```yaml
# steps/two.yaml
markdown: |
  # Deploy

  Write the file.

  ## Apply it
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.layout.files import STEP
from yamlsync.layout.read import StepFile
from yamlsync.problems import Place
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.redundancy.source import Spelled, source

ID = "YS306"
SEVERITY = "warning"

_HELP = "indent it by two spaces, as all of the text"
# `# Deploy`: a comment has rather the form of a sentence. Nobody begins one with several `#`.
_HEADING = re.compile(r"#(?:#{1,5}[ \t]+\w|[ \t]+(?![a-z])(?!TODO|FIXME|XXX|NOTE)\w).*(?<![.:;,#-])$")
_ANY_HEADING = re.compile(r"#{1,6}[ \t]+(?!yamlsync:)\S")


def check(course: Course) -> Iterator[Diagnostic]:
    """At the first comment of each file that should be a line of its text (NAV-25)."""
    for file in course.steps:
        if _is_suspect(file):
            value = source(file.path, course.tree.read(file.path), STEP).value(("markdown",))
            found = _heading(value, is_blank=is_blank(file)) if value.style == "|" else _in_front(value)
            if found is not None and not course.is_folded(file, ("markdown", "=")):
                message = "this is a comment, and no part of the text"
                help = _HELP if value.style == "|" else "write | behind the key, and the text below it"
                yield Diagnostic(file.path, ("markdown", "="), message, help, place=found)


def empty_for_comments(course: Course, file: StepFile) -> bool:
    """Whether a text is blank since its lines are comments."""
    if not (_is_suspect(file) and is_blank(file)):
        return False
    value = source(file.path, course.tree.read(file.path), STEP).value(("markdown",))
    return value.style == "|" and _heading(value, is_blank=True) is not None


def is_blank(file: StepFile) -> bool:
    """Whether a step has a text that is blank."""
    text = file.step.markdown
    # Most texts are long, and begin with a letter.
    return text is not None and (not text or text.isspace())


def _is_suspect(file: StepFile) -> bool:
    if file.step.markdown is None:
        return False
    if file.block.closing or is_blank(file):
        return True
    for entry in reversed(file.block.entries):
        if entry.key == "markdown":
            # What stood behind the | is the last comment above.
            return bool(entry.above) and entry.above[-1].startswith("#")
    return False


def _in_front(value: Spelled) -> Place | None:
    """The comment between the key and a text that begins in a line below it."""
    lines = value.source.lines
    for number in range(value.line - 1, 0, -1):
        text = lines[number - 1].strip(" \t")
        if text.startswith("#") and _HEADING.match(text) and lines[number - 1].startswith(" "):
            column = lines[number - 1].index("#") + 1
            return Place(value.source.path, number, column, number, column + len(text))
        if text and not text.startswith("#"):
            break
    return None


def _heading(value: Spelled, *, is_blank: bool) -> Place | None:
    behind = value.comment_behind()
    if behind is not None and behind.line is not None and behind.column is not None:
        text = value.source.lines[behind.line - 1][behind.column - 1 :].rstrip(" \t")
        if _HEADING.match(text) and not text.startswith("# yamlsync:"):
            return behind
    below, to_the_end = value.below()
    if not (is_blank or to_the_end):
        return None
    like = _ANY_HEADING if is_blank else _HEADING
    for number, text in below:
        if like.match(text):
            column = value.source.lines[number - 1].index("#") + 1
            return Place(value.source.path, number, column, number, column + len(text))
    return None
