"""An unlock condition asks for something that is not there, or compares what cannot be equal.

A condition knows `steps`, with `.completed` and `.active` (true or false) and `.status` (`"pending"`,
`"active"` or `"completed"`) for each step's id, and `state`, with a text for each key. It must give true
or false.

Fails:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].complete
```

```yaml
# steps/two.yaml
navigation:
  unlock_condition: one.completed
```

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed == "true"
```

Passes:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].status == "completed" && int(state["score"]) > 3
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import shortened
from yamlsync.rules.conditions.language import STEP_FIELDS, VARIABLES, Fault, judge
from yamlsync.rules.conditions.slips import slips
from yamlsync.rules.conditions.usual import usual
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS402"
SEVERITY = "error"

_NAME = re.compile(r"\.?\s*(?P<name>[A-Za-z_]\w*)")
_QUOTED = re.compile(r"'([^']*)'")
_CALLED = re.compile(r"\(\s*(?P<key>\"[^\"\\\n]*\"|'[^'\\\n]*')\s*\)")
_HELP = {
    "Invalid string literal": "write the character itself, or \\u and four hexadecimal digits",
    "the condition gives a step,": "write .completed, .active or .status behind it",
    "the condition gives": 'compare it, as in steps["id"].status == "completed"',
}
_HELP_FOR_TYPES = "compare texts with texts; int() and double() make numbers of texts"


def check(course: Course) -> Iterator[Diagnostic]:
    """Every fault of types in each condition; the library is asked only where its tokens tell nothing."""
    for file, condition in course.conditions():
        if usual(condition):
            continue
        told = slips(condition)
        for slip in told:
            if slip.code == ID:
                yield Diagnostic(file.path, CONDITION, slip.message, slip.help, (slip.start, slip.end))
        for fault in () if told else judge(condition).faults:
            if not fault.syntax:
                message = f"unlock condition: {shortened(fault.message, 200)}"
                help = _help(condition, fault)
                yield Diagnostic(file.path, CONDITION, message, help, _range(condition, fault))


def _range(condition: str, fault: Fault) -> tuple[int, int]:
    if not fault.start and "the condition gives" in fault.message:
        return 0, len(condition)
    match = _NAME.match(condition, fault.start)
    return match.span("name") if match else (fault.start, fault.start + 1)


def _help(condition: str, fault: Fault) -> str:
    name = _QUOTED.search(fault.message)
    if "undefined field" in fault.message and name:
        return did_you_mean(name[1], STEP_FIELDS, f"a step has {', '.join(STEP_FIELDS)}")
    if "undeclared reference" in fault.message and name:
        known = 'a condition knows steps["id"] and state["key"]; texts stand in quotes'
        return did_you_mean(name[1], VARIABLES, known)
    if fault.message.endswith(" is no function"):
        return _help_for_call(fault.message.partition(" ")[0], _CALLED.match(condition, fault.start))
    return next((help for said, help in _HELP.items() if said in fault.message), _HELP_FOR_TYPES)


def _help_for_call(name: str, called: re.Match[str] | None) -> str:
    key = called["key"] if called else '"id"' if name == "steps" else '"key"'
    return f"write {name}[{shortened(key)}]"
