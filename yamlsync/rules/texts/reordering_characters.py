r"""A text holds characters that make it show in another order than it has.

Overrides, embeddings and isolates of direction are for texts that mix scripts from the left and from the
right. In a command or a program they let a reader see something else than what is run, which has been
used for attacks ("Trojan Source"). Delete them.

Isolates that begin and end in one line which has letters from the right are no finding.

Fails:

```yaml
# steps/two.yaml
metadata:
  solve: "kubectl delete pod \u202Eevil\u202C web"
```

Passes:

```yaml
# steps/two.yaml
metadata:
  solve: kubectl delete pod web
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.characters import may_be_reordered, names, reordering
from yamlsync.rules.texts.places import odd_texts

ID = "YS712"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Each run of them, in every text (TXT-12)."""
    for place, text in odd_texts(course, may_be_reordered):
        spans = (
            (start, end, f"text that shows in another order than it stands here: {names(text[start:end])}")
            for start, end in reordering(text)
        )
        yield from place.findings(spans, "delete it")
