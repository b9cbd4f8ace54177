"""A value cannot be read as what its key has.

Each key has one kind of value, whatever the value looks like. This is told of

- a text that is null: nothing behind the colon, `~` or `null`. Only `next` and `prev` can be null.
  Write `""` for an empty text and `"null"` for that word, or leave the key out.
- a number (`position`, `first_position`) that is in quotes, has a point, or is not in decimal
  digits, or that does not fit in 64 bits.
- a date that is not what SQLite would store: a number in quotes, which it would make a number; a
  number with nothing behind its point, which it would make a whole one; one that is too large;
  `.nan`.
- a `format` that is not `yamlsync/1`: the file may be of a newer version of yamlsync, or the line
  was mistyped.
- `first_position` and `navigation: none` in a workshop without steps, of which they would say
  nothing.

Write a whole number in decimal digits, without quotes; a date in quotes, such as
`"2026-01-15T09:30:00Z"`, or as a plain number; and for all else what the finding proposes.

Fails:

```yaml
# steps/two.yaml
markdown:
```

```yaml
# steps/three.yaml
position: "3"
```

```yaml
# workshop.yaml
created_at: "1768469400"
```

```yaml
# workshop.yaml
format: yamlsync/2
```

Passes:

```yaml
# workshop.yaml
created_at: 1768469400
# steps/two.yaml
metadata:
  note: ""
# steps/three.yaml
position: 7
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS110"
SEVERITY = "error"
check = told_by_the_reader
