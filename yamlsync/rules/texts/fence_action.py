"""A code fence is closed with an action that only some platforms know.

Some platforms for courses close code with ```{{exec}} or ```{{copy}}, and make a button of it. To
CommonMark such a line is one more line of code, so that the code goes on to the next fence. All other
rules read the line as these platforms do; where this platform does not, write the marks alone.

Fails:

```yaml
# steps/two.yaml
markdown: |
  ~~~bash
  kubectl get pods
  ~~~{{exec}}
```

Passes:

```yaml
# steps/two.yaml
markdown: |
  ~~~bash
  kubectl get pods
  ~~~
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import quoted
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.fences import closed_fences, has_action
from yamlsync.rules.texts.markdown import structure
from yamlsync.rules.texts.places import odd_texts

ID = "YS720"
SEVERITY = "hint"


def check(course: Course) -> Iterator[Diagnostic]:
    """One finding for a workshop, at the first such line: it is a habit and no slip (TXT-20)."""
    first, count, texts = None, 0, 0
    for place, text in odd_texts(course, _may_have_actions):
        lines = [span for span in _last_lines(text) if has_action(text[slice(*span)])]
        if place.kind == "markdown" and lines:
            first = first or (place, text, lines[0])
            count += len(lines)
            texts += 1
    if first is not None:
        place, text, (start, end) = first
        line = text[start:end].strip()
        message = f"code is closed with {quoted(line[:40])} here, which not every platform knows"
        if count > 1:
            message += f"; this workshop does so {count} times, in {texts} of its texts"
        start = text.find(line, start)
        help = "write the marks alone, if this platform has no such actions"
        yield Diagnostic(place.file, place.at, message, help, (start, start + len(line)))


def _may_have_actions(data: bytes) -> bool:
    return b"```{{" in data or (b"~" in data and b"~~~{{" in data)


def _last_lines(text: str) -> Iterator[tuple[int, int]]:
    """The last line of each block of code that is closed."""
    fences = closed_fences(text)
    if fences is not None:
        ends = [end for _, end in fences]
    else:
        markdown = structure(text)
        ends = [each.block_end for each in markdown.fences() if each.ended_by == "mark"] if markdown else []
    for end in ends:
        yield text.rfind("\n", 0, end) + 1, end
