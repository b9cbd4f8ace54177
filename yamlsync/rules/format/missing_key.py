"""A required key is missing.

A step has `id`, `title` and `image_tag`; a workshop `format`, `id`, `name`, `version`, `created_at`
and `steps`; `workshops.yaml` has `format` and `workshops`; a file of progress `format` and
`workspace`, each of its steps `id` and `status`, each of its values `key` and `value`. The columns
behind these keys cannot be null, so there is nothing that could be put in their place.

Add the key with its value. A text that is to be empty is written `""`.

Fails:

```yaml
# steps/two.yaml, all of it
id: two
title: Pods
```

Passes:

```yaml
# steps/two.yaml, all of it
id: two
title: Pods
image_tag: org/course:two
markdown: Read on.
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS108"
SEVERITY = "error"
check = told_by_the_reader
