"""A comment silences a rule that finds nothing there.

`# yamlsync: ignore YS204` above a key, or behind its value, silences that rule for the key and all
below it. Where the rule finds nothing, the comment is left over: the mistake was mended, or it
stands at another key. Left there, it would hide the next mistake, which nobody knows of yet. What
import refuses (YS101 to YS202) cannot be silenced at all, so a comment never helps against it.
Comments for rules that were not run are let alone.

Delete the code, or the whole comment; or move it to where the finding is.

Fails:

```yaml
# steps/two.yaml
navigation:
  # yamlsync: ignore YS204
  unlock_condition: steps["one"].completed
```

Passes:

```yaml
# steps/two.yaml
navigation:
  # yamlsync: ignore YS204 until that step is written
  unlock_condition: steps["later"].completed
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS901"
SEVERITY = "warning"
check = told_by_the_reader
