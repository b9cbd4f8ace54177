"""A key is not a text.

A key that is a list, a mapping, or null (nothing, `~`, `null`) has no place in the database, where
all keys are texts. A key that just looks like something else, such as `1` or `true`, is a text and
not meant here.

Write a text. Put one in quotes that begins with a bracket, or that is the word `null`.

Fails:

```yaml
# steps/two.yaml
metadata:
  null: nothing
```

```yaml
# steps/two.yaml
metadata:
  [a, b]: a list
```

Passes:

```yaml
# steps/two.yaml
metadata:
  "null": nothing
  "[a, b]": a text
  "1": a text, too
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS112"
SEVERITY = "error"
check = told_by_the_reader
