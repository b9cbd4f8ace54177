"""An unlock condition names a step that is not there.

The id in a literal index, as in `steps["one"]`, must be that of a step of this database. At run time
a missing step is an error or never completed: nobody would get past it.

Fails:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["onne"].completed
```

Passes:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import shown
from yamlsync.rules.conditions.steps_named import steps_named
from yamlsync.rules.conditions.usual import steps_asked
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS204"
SEVERITY = "error"

_ENOUGH = 20


def check(course: Course) -> Iterator[Diagnostic]:
    """Conditions may name steps of other workshops in the same database, but not nothing.

    Looks for near ones only a few times: it is slow among many.
    """
    tried = 0
    for file, condition in course.conditions():
        asked = steps_asked(condition)
        if asked is not None and all(map(course.has_step, asked)):
            continue  # The usual case, and faster told than where each id stands.
        for named in steps_named(condition):
            # An escape for what is no character is no CEL: that is told already.
            is_broken = "\ufffd" in named.id and "\ufffd" not in condition
            if not is_broken and not course.has_step(named.id):
                message = f"unlock condition names step {shown(named.id)}, which is not in this workshop"
                help = "name a step of the workshop"
                if tried < _ENOUGH:
                    help = did_you_mean(named.id, course.positions, help)
                tried += 1
                yield Diagnostic(file.path, CONDITION, message, help, (named.start, named.end))
