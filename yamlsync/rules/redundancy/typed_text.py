"""A text stands without quotes that other readers of YAML take for something else.

For yamlsync a text is what is written. Others turn `yes` into true, `1.0` into a number, `010` into 8,
`12:30:45` into 45045 and `2026-01-15` into a date: editors, linters, scripts and the next tool in the
pipeline. `yamlsync check --fix` puts it in quotes, and so does `yamlsync fmt`. Where a value has another form
than its key's (YS731, YS735), quotes would not help: only that is told.

Fails:

```yaml
# steps/two.yaml
title: yes
```

```yaml
# workshop.yaml
version: 1.0
```

```yaml
# steps/two.yaml
metadata:
  "on": 2026-01-15
```

Passes:

```yaml
# workshop.yaml
version: "1.0"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.document.locating import Locator
from yamlsync.document.model import Block, Path
from yamlsync.document.spelling import quoted
from yamlsync.layout.files import STEP, WORKSHOP
from yamlsync.printable import printable
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic, Fix
from yamlsync.rules.metadata.created_at import is_date
from yamlsync.rules.metadata.keys import wrong_form

ID = "YS303"
SEVERITY = "warning"
FIXABLE = True

_LONGEST = 60
_LONGEST_WORD = len("false")
_SIGNS = frozenset("0123456789+-.=")
_LETTERS = frozenset("yYnNoOtTfF")
# What YAML 1.1 and 1.2 resolve, in all of the usual parsers; nulls are refused anyway.
_OTHER = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false)\Z"
    r"|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*)(?:\.[0-9_]*)?\Z"
    r"|[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
    r"|[-+]?\.(?i:inf|nan)\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9].*)?\Z"
    r"|[=]\Z"
)


def check(course: Course) -> Iterator[Diagnostic]:
    """Texts that look like something else, where they stand without quotes."""
    files = ((course.path, course.file.block, WORKSHOP), *((s.path, s.block, STEP) for s in course.steps))
    for path, block, shape in files:
        suspects = list(_suspects(block))
        if not suspects:
            continue
        locator = Locator(path, course.tree.read(path), shape)
        for at, text in suspects:
            if locator.is_plain(at) and not _is_wrong(at, text):
                what = "key" if at[-1] != "=" else "text"
                message = f"other readers of YAML take the {what} {printable(text)} for something else"
                help = f"put it in quotes: {printable(quoted(text))}"
                yield Diagnostic(path, at, message, help, fix=Fix.RESPELL)


def _suspects(block: Block) -> Iterator[tuple[Path, str]]:
    """The texts, and the keys that an author chose, which look like something else."""
    for entry in block.entries:
        key, value = entry.key or "", entry.value
        if not isinstance(value, Block):
            if isinstance(value, str) and _is_other(value):
                yield (key, "="), value
            continue
        for index, inner in enumerate(value.entries):
            at = index if inner.key is None else inner.key
            if inner.key is not None and _is_other(inner.key):
                yield (key, at), inner.key
            if isinstance(inner.value, str) and _is_other(inner.value):
                yield (key, at, "="), inner.value


def _is_wrong(at: Path, text: str) -> bool:
    """Whether another rule says that no such text can stand there: in quotes, it could not either."""
    if at == ("created_at", "="):
        return not is_date(text)
    is_value = len(at) == 3 and at[0] == "metadata" and at[2] == "="
    return is_value and wrong_form(str(at[1]), text) is not None


def _is_other(text: str) -> bool:
    first = text[:1]
    # Cheap to tell of nearly all texts, which are words.
    if first in _LETTERS:
        return len(text) <= _LONGEST_WORD and _OTHER.match(text) is not None
    return first in _SIGNS and len(text) <= _LONGEST and _OTHER.match(text) is not None
