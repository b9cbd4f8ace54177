r"""Marks of a merge conflict are left in a text.

Git writes three marks into a file that two people have changed in the same place. Students would see both
versions, and the marks. Keep what is right, and delete the marks. In code blocks of Markdown they are no
finding: a lesson may show them.

Fails:

```yaml
# steps/two.yaml
markdown: "<<<<<<< HEAD\nRead on.\n=======\nGo on.\n>>>>>>> topic\n"
```

Passes:

```yaml
# steps/two.yaml
markdown: "~~~text\n<<<<<<< HEAD\nRead on.\n=======\nGo on.\n>>>>>>> topic\n~~~\n"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.code import in_code
from yamlsync.rules.texts.places import Place, odd_texts

ID = "YS715"
SEVERITY = "error"

_ENOUGH = 200
_FIRST = b"<" * 7
_MARK = re.compile(r"^(?:(<{7})(?= |\r?$)|(={7})(?=\r?$)|(>{7})(?= |\r?$))[^\n\r]*", re.MULTILINE)


def check(course: Course) -> Iterator[Diagnostic]:
    """The three marks in their order, each at the start of a line, at the first (TXT-15)."""
    for place, text in odd_texts(course, lambda data: _FIRST in data):
        spans = ((*span, "a merge conflict is left in this text") for span in _conflicts(place, text))
        yield from place.findings(spans, "keep what is right, and delete the three lines with marks")


def _conflicts(place: Place, text: str) -> list[tuple[int, int]]:
    found = list(islice(_marked(text), _ENOUGH))
    if place.kind == "code" or not found:
        return found
    code = set(in_code(text, [start for start, _ in found], spans=False))
    return [span for span in found if span[0] not in code]


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The first mark of each conflict that has all three."""
    first, middle = None, False
    for match in _MARK.finditer(text):
        if match[1]:
            first, middle = match, False
        elif match[2]:
            middle = first is not None
        elif first is not None and middle:
            yield first.span()
            first, middle = None, False
