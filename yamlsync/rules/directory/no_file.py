"""A step or a workshop is listed and has no file.

The list has ids, and the file of a step is named after its id: the step `pods` is in
`steps/pods.yaml`, the workshop `k8s` in `workshops/k8s/workshop.yaml`. In the name, capitals and
signs other than `-`, `_` and `.` are spelled differently: `Pods` is in `!pods.yaml`. The finding
says what name the file should have.

Add the file, or delete the line. Where a file with a similar name is there, the help proposes to
rename it. In the list an id stands without `.yaml`.

Fails:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - three
  - questions
```

```yaml
# workshop.yaml
steps:
  - one
  - two
  - three.yaml
```

Passes:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - three
  - questions
# steps/questions.yaml
title: Any questions?
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS123"
SEVERITY = "error"
check = told_by_the_reader
