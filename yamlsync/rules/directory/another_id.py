"""The id in a file is not that of its name.

A step's file is found by its name and says its id once more, so that it can be understood alone.
When the two differ, one of them is wrong: mostly a file was copied and the id in it was left as it
was. The same is told of a workshop's id that differs from the one in `workshops.yaml`, and of a
`workspace` whose file has another name.

Write the id that the list has. To give a step another id, rename the file, change the list, and
write the new id in the file and wherever the step is named.

Fails:

```yaml
# steps/two.yaml
id: one
```

```yaml
# workshops/other/workshop.yaml
id: another
```

```yaml
# state/alice.yaml
workspace: bob
custom:
  - key: answer
    value: 42
```

Passes:

```yaml
# steps/two.yaml
id: two
# state/alice.yaml
workspace: alice
custom:
  - key: answer
    value: 42
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS125"
SEVERITY = "error"
check = told_by_the_reader
