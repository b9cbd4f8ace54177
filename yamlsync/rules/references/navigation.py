"""Navigation leads to a step that is not there.

`next` and `prev` name a step of this directory, which may be in another workshop of it. A step that
is not there has no row that the database could refer to. Mostly a step was renamed or deleted, and
this line was forgotten.

Name a step that is there, or write `null` for none. Where the step should simply follow the one
before it in the list, delete the line: the order of the list says it.

Fails:

```yaml
# steps/two.yaml
navigation:
  next: four
```

Passes:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - four
  - three
# steps/four.yaml
title: What else there is to know
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS201"
SEVERITY = "error"
check = told_by_the_reader
