r"""The file is not YAML at this place.

What stands here cannot be read, or can be read in two ways. The usual reasons, and what to write:

- A plain text holds a colon and a space, or begins with one of `@`, `%`, a backtick, a quote or a
  bracket: put it in quotes, or below `|` if it is long.
- A quote or a bracket is never closed: the finding points to where it opens.
- A tab indents a line or separates a key from its value, or stands at the end of a line: write
  spaces. Tabs may stand inside of texts and comments.
- A line is indented otherwise than its neighbours, or has no colon, or no space behind it.
- A `#` begins a comment without a blank before it: write one, or put the text in quotes.
- A backslash in double quotes begins an escape that YAML does not have: write `\\`, or use single
  quotes.

After such a place reading goes on at the next key in column 1, so that one slip does not hide the
next.

Fails:

```yaml
# steps/two.yaml
title: Pods: the smallest unit
```

```yaml
# steps/two.yaml
title: "The Pod
```

```yaml
# steps/two.yaml
title: "C:\workshop"
```

```yaml
# steps/two.yaml
title: "Pods"# and no blank
```

Passes:

```yaml
# steps/two.yaml
title: "Pods: the smallest unit"
markdown: |
  Pods: the smallest unit, "quoted" and [bracketed] as you like.
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS103"
SEVERITY = "error"
check = told_by_the_reader
