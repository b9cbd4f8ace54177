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

from yamlsync.printable import shortened
from yamlsync.rules.conditions.language import judge
from yamlsync.rules.conditions.slips import slips
from yamlsync.rules.conditions.usual import usual
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS401"
SEVERITY = "error"

_WORD = re.compile(r"\w+|\S")


def check(course: Course) -> Iterator[Diagnostic]:
    """The first fault of each condition; the library is asked only where its tokens tell nothing."""
    for file, condition in course.conditions():
        if not condition.strip():
            help = "delete the key: a step without a condition is never locked"
            yield Diagnostic(file.path, CONDITION, "the unlock condition is empty", help)
            continue
        if usual(condition):
            continue
        told = slips(condition)
        for slip in told:
            if slip.code == ID:
                yield Diagnostic(file.path, CONDITION, slip.message, slip.help, (slip.start, slip.end))
        for fault in () if told else judge(condition).faults:
            if fault.syntax:
                start, word = _word(condition, fault.start)
                message = f"unlock condition is not CEL: {shortened(fault.message, 200)}"
                within = (start, start + max(len(word), 1))
                yield Diagnostic(file.path, CONDITION, message, _help(word), within)


def _word(condition: str, start: int) -> tuple[int, str]:
    """The word that cannot be read."""
    match = _WORD.match(condition, start)
    return (start, match.group()) if match else (max(start - 1, 0), "")


def _help(word: str) -> str:
    if not word:
        return 'something is missing at the end, such as steps["an-id"].completed'
    return 'see to what stands before it: steps["an-id"].completed && state["key"] == "value"'
