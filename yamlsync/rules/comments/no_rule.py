"""A comment to yamlsync names no rule.

A comment that begins with `yamlsync:` silences rules by their codes. This one names no code, or a
code that no rule has, or does not say `ignore`, so it silences nothing. A comment that silenced all
rules at once is not to be had: it would hide mistakes that nobody knows of yet.

Write `# yamlsync: ignore` and the codes, with commas between them and the reason behind, or delete
the comment. `yamlsync explain` lists all codes.

Fails:

```yaml
# steps/two.yaml
title: Pods # yamlsync: ignore
```

```yaml
# steps/two.yaml
title: Pods # yamlsync: ignore YS998
```

```yaml
# steps/two.yaml
title: Pods # yamlsync: skip YS204
```

Passes:

```yaml
# steps/two.yaml
image_tag: org/course:two # Talk to yamlsync's users first
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS902"
SEVERITY = "warning"
check = told_by_the_reader
