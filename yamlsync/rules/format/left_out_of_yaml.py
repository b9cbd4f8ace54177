"""The file uses a part of YAML that the format leaves out.

These are anchors (`&name`), aliases (`*name`), tags (`!!str`), merge keys (`<<`), directives
(`%YAML 1.2`) and a second document in the same file. With them a file could say one thing in many
ways, hide what it says in another place, or grow without bound as it is read; and no editor of ours
could keep them.

Write the value itself at each place. Delete tags, since each key has its type from the format;
directives, which files of this format do not need; and what separates documents. A text that just
begins with `&`, `*` or `!`, as Markdown does in bold, is put in quotes or below `|`. A key that is
really called `<<` is put in quotes.

Fails:

```yaml
# steps/two.yaml
title: &title Pods
markdown: *title
```

```yaml
# steps/two.yaml
title: !!str 42
```

```yaml
# steps/two.yaml
title: Pods
---
title: Deployments
```

```yaml
# steps/two.yaml
metadata:
  <<: {difficulty: easy}
```

Passes:

```yaml
# steps/two.yaml
title: "42"
markdown: "*Pods* are the smallest unit."
metadata:
  "<<": a key like any other
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS104"
SEVERITY = "error"
check = told_by_the_reader
