r"""A text holds control characters.

A form feed, an escape, a NUL or a carriage return is no part of a text for people. They come from
terminals (colours), from old editors and from Windows, and programs do different things with them: a shell
takes a carriage return for a part of the last word of the line. In YAML they can only stand as escapes in
double quotes, so that a text with one of them cannot be written as a block.

Windows line ends give one finding for the whole text.

Fails:

```yaml
# steps/two.yaml
metadata:
  solve: "cd /workshop/lab\r\nls\r\n"
```

```yaml
# steps/two.yaml
markdown: "Read on.\f\n"
```

Passes:

```yaml
# steps/two.yaml
metadata:
  solve: "cd /workshop/lab\nls\t-l\n"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.characters import names
from yamlsync.rules.texts.places import odd_texts

ID = "YS714"
SEVERITY = "warning"

_NOT_CONTROLS = bytes([0x09, 0x0A, *range(0x20, 0x7F), *range(0x80, 0x100)])
_BEYOND_ASCII = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xe2", re.compile(rb"\xe2\x80[\xa8\xa9]")),
)
_WINDOWS = "\r\n"
_CONTROLS = re.compile("(?:\x1b\\[[0-9;?]*[A-Za-z])+|(?:(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029])+")
_HELP = "delete it; a line break is written as one (LF)"
_HELP_WITH_WINDOWS = "write the text as a block (behind |), whose lines end in LF alone"


def check(course: Course) -> Iterator[Diagnostic]:
    """Each run of them, in every text but its tabs and line breaks (TXT-14)."""
    for place, text in odd_texts(course, _has_controls):
        windows = text.count(_WINDOWS)
        if windows:
            start = text.find(_WINDOWS)
            message = f"Windows line ends (carriage return, U+000D), {windows} of them"
            yield from place.findings([(start, start + 1, message)], _HELP_WITH_WINDOWS)
            if not _has_controls(text.replace(_WINDOWS, "\n").encode()):
                continue  # The usual case, and faster told like this.
        spans = ((match.start(), match.end(), _message(match.group())) for match in _CONTROLS.finditer(text))
        yield from place.findings(spans, _HELP)


def _has_controls(data: bytes) -> bool:
    if data.translate(None, _NOT_CONTROLS):
        return True
    return not data.isascii() and any(first in data and each.search(data) for first, each in _BEYOND_ASCII)


def _message(run: str) -> str:
    if run.startswith("\x1b["):
        return "a terminal's colours or movements: escape (U+001B) and what follows"
    count = "a control character" if len(run) == 1 else f"{len(run)} control characters"
    return f"{count}: {names(run)}"
