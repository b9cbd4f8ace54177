"""An unlock condition is not CEL.

Conditions are written in CEL, the common expression language, as Kubernetes uses it: `&&`, `||` and `!`
join what is asked of steps and state, texts stand in quotes, `==` compares. A condition that cannot be
read locks its step for good.

Fails:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed and state["name"] != ""
```

```yaml
# steps/two.yaml
navigation:
  unlock_condition: ""
```

Passes:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed && state["name"] != ""
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.rules.conditions.language import judge
from yamlsync.rules.conditions.usual import usual
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS401"
SEVERITY = "error"

_INSTEAD = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "=": "==",
    "&": "&&",
    "|": "||",
    "<>": "!=",
    "AND": "&&",
    "OR": "||",
}
_WORD = re.compile(r"\w+|[=&|<>]+|\S")


def check(course: Course) -> Iterator[Diagnostic]:
    """The first fault of each condition; what is blank needs no library."""
    for file, condition in course.conditions():
        if not condition.strip():
            help = "delete the key: a step without a condition is never locked"
            yield Diagnostic(file.path, CONDITION, "the unlock condition is empty", help)
            continue
        if usual(condition):
            continue
        for fault in judge(condition).faults:
            if fault.syntax:
                start, word = _word(condition, fault.start)
                message = f"unlock condition is not CEL: {fault.message}"
                yield Diagnostic(
                    file.path, CONDITION, message, _help(word), (start, start + max(len(word), 1))
                )


def _word(condition: str, start: int) -> tuple[int, str]:
    """The word that cannot be read; `not x` is noticed at its x only."""
    before = re.search(r"\bnot\s+$", condition[:start])
    if before:
        return before.start(), "not"
    match = _WORD.match(condition, start)
    return (start, match.group()) if match else (max(start - 1, 0), "")


def _help(word: str) -> str:
    if word in _INSTEAD:
        return f"write {_INSTEAD[word]} for {word}"
    if not word:
        return 'something is missing at the end, such as steps["an-id"].completed'
    if word in ("'", '"'):
        return "close the quote that opens here"
    return 'see to what stands before it: steps["an-id"].completed && state["key"] == "value"'
