r"""Code holds spaces that no shell takes for blanks.

A no-break space looks like a blank, and is one more letter to a shell or a YAML parser: the command is not
found, the key is another. They come from web pages, chats and word processors. Type the line anew.

This is looked for in code blocks and code spans of Markdown, in goss specs and in `solve`. A space that a
language asks for, as in front of a colon in French or between digits, is no finding, and neither are the
branches that the program tree draws.

Fails:

```yaml
# steps/two.yaml
metadata:
  solve: "kubectl get\u00a0pods"
```

```yaml
# steps/two.yaml
markdown: "Type `kubectl get\u00a0pods`.\n"
```

Passes:

```yaml
# steps/two.yaml
markdown: "Mr.\u00a0Smith types `kubectl get pods`.\n"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.texts.characters import may_have_odd_spaces, names, odd_spaces
from yamlsync.rules.texts.code import in_code
from yamlsync.rules.texts.places import Place, odd_texts

ID = "YS713"
SEVERITY = "warning"

_ENOUGH = 200


def check(course: Course) -> Iterator[Diagnostic]:
    """Each run of them that is in code (TXT-13)."""
    for place, text in odd_texts(course, may_have_odd_spaces):
        if place.kind != "plain":
            spans = (
                (start, end, f"no blank to a shell: {names(text[start:end])}")
                for start, end in _in_code(place, text)
            )
            yield from place.findings(spans, "type a blank (U+0020)")


def _in_code(place: Place, text: str) -> list[tuple[int, int]]:
    found = list(islice(odd_spaces(text), _ENOUGH))
    if not found or place.kind == "code":
        return found
    code = set(in_code(text, [start for start, _ in found], spans=True))
    return [span for span in found if span[0] in code]
