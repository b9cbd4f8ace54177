"""A code fence is never closed.

The first line of backticks or tildes begins a block of code, and it ends with a line of as many of them or
more, and nothing else. Without that line, all that follows is code. A line that should close it does not
where it has a language behind it, where it is shorter, or where it is not indented as the list needs that
the code stands in.

Fails:

```yaml
# steps/two.yaml
markdown: |
  ~~~bash
  kubectl get pods

  Look at the column STATUS.
```

Passes:

```yaml
# steps/two.yaml
markdown: |
  ~~~bash
  kubectl get pods
  ~~~

  Look at the column STATUS.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.fences import closed_fences
from yamlsync.rules.texts.markdown import structure
from yamlsync.rules.texts.places import markdown_texts

ID = "YS716"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """A fence that the end of the text ends, at its opening line (TXT-16)."""
    for place, text in markdown_texts(course):
        if closed_fences(text) is not None:
            continue
        markdown = structure(text)
        if markdown is None:
            continue
        before = None
        for fence in markdown.fences():
            if fence.ended_by == "text":
                help = f"write {shown(fence.mark, 10)} on a line of its own below the code"
                if (
                    before is not None
                    and before.ended_by == "container"
                    and before.block_end >= fence.start - 1
                ):
                    line = text.count("\n", 0, before.start) + 1
                    help = (
                        "the list or quote ended here, and with it the code that was opened in line "
                        f"{line} of this text; to close that, write this line as that one begins"
                    )
                message = "this code fence is never closed, so that all that follows is code"
                yield Diagnostic(place.file, place.at, message, help, (fence.start, fence.end))
            before = fence
