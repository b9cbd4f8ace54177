"""A key is not known here.

Only `metadata` has keys of your own choice. Any other key that the format does not have would be
lost on the way to the database, so it is refused. Mostly it is a slip of the pen, which the help
then puts right, or it is indented too far or not far enough, so that it belongs to another key than
was meant.

Use the key that the help names, or move the line to where it belongs. What the format has no key
for goes into `metadata`, and what is not for students into a comment.

Fails:

```yaml
# steps/two.yaml
difficulty: easy
```

```yaml
# steps/two.yaml
navigation:
  unlock: steps["one"].completed
```

Passes:

```yaml
# steps/two.yaml
# Written for version 1.30.
metadata:
  difficulty: easy
navigation:
  unlock_condition: steps["one"].completed
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS107"
SEVERITY = "error"
check = told_by_the_reader
