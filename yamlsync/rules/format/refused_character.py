r"""A character stands in the file that no file may have.

Refused are all control characters but the tab and the line feed, the separators U+2028 and U+2029,
the noncharacters U+FFFE and U+FFFF, and a byte order mark (U+FEFF) inside the file. A carriage
return is one of them unless a line feed follows it. Such characters cannot be seen, parsers of YAML
differ on them, and some take them for line breaks. They come from terminals, from PDF files and
from word processors. Comments may not hold them either.

Delete the character. Where the text really has to have it, put the text in double quotes and write
an escape, which the finding names: `\x1b` for an escape character, `\r` for a carriage return.

Passes:

```yaml
# steps/two.yaml
title: "An escape (\x1b)" # yamlsync: ignore YS714
```
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS102"
SEVERITY = "error"
check = told_by_the_reader
