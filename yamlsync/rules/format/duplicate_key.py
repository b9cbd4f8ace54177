"""A key stands twice in the same mapping.

Parsers of YAML differ on which of the two counts, so one of the values would be lost without a
word. Keys are the same when they mean the same text, however they are spelled: `title` and
`"title"`. In a file of progress, where steps and values stand in lists, this is told of a second
row for the same step or the same key.

Delete one of the two. Often both were added on different branches: keep what is right of each.

Fails:

```yaml
# steps/two.yaml
metadata:
  hint.1: Look at the events of the pod.
  "hint.1": Look at its logs.
```

```yaml
# state/alice.yaml
steps:
  - id: one
    status: pending
  - id: one
    status: completed
```

Passes:

```yaml
# steps/two.yaml
metadata:
  hint.1: Look at the events of the pod.
  hint.2: Look at its logs.
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS106"
SEVERITY = "error"
check = told_by_the_reader
