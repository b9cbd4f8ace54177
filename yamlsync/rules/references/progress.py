"""Progress is with a step that is not there.

Each `id` below `steps` in a file of progress names a step of this directory. When a step is renamed
or deleted, the progress of students with it stays behind and has no row that it could refer to.

Write the new id of the step, or delete what is said of a step that went.

Fails:

```yaml
# state/alice.yaml
steps:
  - id: four
    status: completed
```

Passes:

```yaml
# state/alice.yaml
steps:
  - id: two
    status: completed
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS202"
SEVERITY = "error"
check = told_by_the_reader
