"""A step or a workshop is listed twice.

A step has one place in the order of the steps. The second line of the list for the same id says
nothing that can be followed. Mostly a line was copied, or two branches moved the same step.

Delete one of the two lines: the one at the place where the step should not be.

Fails:

```yaml
# workshop.yaml
steps:
  - one
  - two
  - one
  - three
```

Passes:

```yaml
# workshop.yaml
steps:
  - two
  - one
  - three
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS122"
SEVERITY = "error"
check = told_by_the_reader
