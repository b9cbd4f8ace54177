r"""A text holds characters that nobody sees.

Zero width spaces, joiners, soft hyphens, byte order marks and tags come along when text is copied from web
pages or documents. Nobody sees them, but a shell does: a command with one in it is not found, and a word
with one in it is not found by a search. Some hide text on purpose.

What belongs to an emoji, or to the spelling of a word in a script that needs it, is no finding.

Fails:

```yaml
# steps/two.yaml
title: "Deploy\u200b the server"
```

Passes:

```yaml
# steps/two.yaml
title: "Ship it \U0001F469\u200D\U0001F4BB"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.characters import invisible, may_be_invisible, names
from yamlsync.rules.texts.places import odd_texts

ID = "YS711"
SEVERITY = "warning"


def check(course: Course) -> Iterator[Diagnostic]:
    """Each run of them, in every text (TXT-11)."""
    for place, text in odd_texts(course, may_be_invisible):
        spans = ((start, end, _message(text[start:end])) for start, end in invisible(text))
        yield from place.findings(spans, "delete it, and type the line anew if need be")


def _message(run: str) -> str:
    count = "an invisible character" if len(run) == 1 else f"{len(run)} invisible characters"
    return f"{count}: {names(run)}"
