"""A position contradicts the list of steps.

Positions follow from the list: the first step has that of `first_position` (1 where nothing is
said), each other one that of the step before and 1 more. A step says its `position` only where it
is another, and it must be such that the steps, ordered by position and then by id, stand as in the
list. Otherwise the list says one order and the database would have another. A position that would
not fit in 64 bits is refused, too.

Delete the line `position`: then it follows from the list. If the position is right, move the step
in the list; if it is that of the first step, write `first_position` in `workshop.yaml`.

Fails:

```yaml
# steps/one.yaml
position: 10
```

```yaml
# steps/three.yaml
position: 1
```

Passes:

```yaml
# workshop.yaml
first_position: 10
# steps/two.yaml
position: 20
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS126"
SEVERITY = "error"
check = told_by_the_reader
