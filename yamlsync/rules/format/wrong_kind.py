"""A value is of another kind than its key has.

A list or a mapping stands where one text belongs, or the other way round; or a mapping or a list is
empty; or the whole file is. Mostly a text begins with `[` or `{` and is taken for a list or a
mapping, a line is indented too far, or a `|` is missing before a text of several lines. Only
`steps` of `workshop.yaml` may be an empty list. In `navigation`, the one word that may stand in
place of the keys is `none`. A file of progress that says nothing of any step and holds no values is
empty, too.

Put a text that begins with a bracket in quotes, or write it below `|`. Where there is nothing to
say, leave the key out; where a file has nothing to say, delete it.

Fails:

```yaml
# steps/two.yaml
title: [Pods]
```

```yaml
# steps/two.yaml
metadata: {}
```

```yaml
# steps/two.yaml
navigation: yes
```

```yaml
# state/alice.yaml
workspace: alice
```

Passes:

```yaml
# steps/two.yaml
title: "[Pods]"
metadata:
  difficulty: easy
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS109"
SEVERITY = "error"
check = told_by_the_reader
