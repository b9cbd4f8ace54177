"""Two workshops have a step with the same id.

All workshops of a directory go into one database, where the id of a step is its key. So an id can
be used once, whichever workshop the step is in. The workshop that `workshops.yaml` lists first
keeps the id.

Give one of the two steps another id: in the list, in the name of its file, in the file, and
wherever it is named. The name of the workshop in front of the id makes a good one.

Fails:

```yaml
# workshops/other/workshop.yaml
steps:
  - four
  - one
# workshops/other/steps/one.yaml
title: Another beginning
```

Passes:

```yaml
# workshops/other/workshop.yaml
steps:
  - four
  - other-one
# workshops/other/steps/other-one.yaml
title: Another beginning
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS129"
SEVERITY = "error"
check = told_by_the_reader
