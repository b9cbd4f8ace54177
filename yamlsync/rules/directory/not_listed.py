"""A file is there that no list names.

The list in `workshop.yaml` alone decides which steps a workshop has and in which order. The file of
a step that it does not name would be left out of the database without a word; so would a workshop
below `workshops/` that `workshops.yaml` does not name.

Add the id to the list at the place where the step belongs, or delete the file. Keep drafts outside
of `steps/`, where yamlsync does not look.

Fails:

```yaml
# steps/questions.yaml
title: Any questions?
```

Passes:

```yaml
# drafts/questions.yaml, all of it
title: Any questions?
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS124"
SEVERITY = "error"
check = told_by_the_reader
