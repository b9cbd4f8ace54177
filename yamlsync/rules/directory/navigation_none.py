"""A step has navigation in a workshop that has none.

`navigation: none` in `workshop.yaml` says that no step of the workshop has a row of navigation. A
step that has one all the same contradicts it.

Delete `navigation` in the step. Or delete it in `workshop.yaml`, where it says too much, and write
`navigation: none` in each step that really has none: all others then follow one another in the
order of the list.

Fails:

```yaml
# workshop.yaml
navigation: none
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed
```

Passes:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS127"
SEVERITY = "error"
check = told_by_the_reader
