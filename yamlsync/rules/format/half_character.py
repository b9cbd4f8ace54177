r"""An escape is half of a character.

UTF-16 writes a character beyond U+FFFF in two halves, called surrogates; JSON and JavaScript spell
it as two escapes. In YAML each escape is a whole character, and the halves are none: no file and no
database can hold them, alone or in pairs.

Write the character itself, or one `\U` escape with eight digits for it.

Fails:

```yaml
# steps/two.yaml
title: "Well done \ud83d\ude00"
```

Passes:

```yaml
# steps/two.yaml
title: "Well done \U0001f600"
markdown: Well done 😀
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS111"
SEVERITY = "error"
check = told_by_the_reader
