"""A text's lines are joined to one, although they mean something as lines.

Behind `>`, in quotes, and without either, YAML makes blanks of line breaks: headings, lists and code lose
their beginnings, and shell commands run into each other. Behind `|` all lines stay as they are. A text of
paragraphs alone may be folded, as long as no line of it begins as a heading, an item of a list, a row of a
table, a quote or a fence of code does; `goss_spec` and `solve` may not.

`yamlsync fmt` leaves such a file as it is: in another spelling, nobody would see what was lost. A comment
`# yamlsync: ignore YS304` above the key says that the text is meant so.

Fails:

```yaml
# steps/two.yaml
markdown: >
  # Deploy
  Write the file, and apply it:

  - kubectl apply -f web.yaml
  - kubectl get pods
```

```yaml
# steps/two.yaml
markdown: Read on.
metadata:
  solve:
    kubectl apply -f web.yaml
    kubectl rollout status deployment/web
```

Passes:

```yaml
# steps/two.yaml
markdown: |
  # Deploy
  Write the file, and apply it:

  - kubectl apply -f web.yaml
  - kubectl get pods
```

```yaml
# steps/two.yaml
markdown: >
  One sentence, which is so long
  that it takes two lines.

  And another paragraph.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.document.model import Block
from yamlsync.problems import Problem
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.redundancy.folding import Fold, folds
from yamlsync.rules.suppression import suppressions

ID = "YS304"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """At the first line of the text, where the | belongs (NAV-23)."""
    for path, folded in course.folded.items():
        for fold in folded:
            yield diagnostic(path, fold)


def untold(path: str, data: bytes, block: Block) -> tuple[Problem, ...]:
    """What keeps a step's file from being spelled anew: a text would look as if meant as it is read.

    A text of which a comment says that it is meant so is none of them.
    """
    found = folds(path, data, block)
    silenced = suppressions(block) if found else None
    return tuple(
        Problem(ID, fold.message, fold.place, fold.help, SEVERITY)
        for fold in found
        if silenced is not None and not silenced.silences(diagnostic(path, fold), ID)
    )


def diagnostic(path: str, fold: Fold) -> Diagnostic:
    """What is said of a text that was folded."""
    return Diagnostic(path, (*fold.at, "="), fold.message, fold.help, place=fold.place)
