"""Navigation leads into another workshop.

A database can hold several workshops, and a link from a step of one to a step of another is a right
reference. A student who follows it is in another course all the same, which is seldom meant: two
steps with similar ids are easily mistaken for each other.

Fails:

```yaml
# workshops.yaml
format: yamlsync/1
workshops:
  - course
  - other
# workshops/course/workshop.yaml
steps:
  - one
  - two
  - three
# workshops/course/steps/one.yaml
# workshops/course/steps/two.yaml
navigation:
  next: four
# workshops/course/steps/three.yaml
# workshops/other/workshop.yaml
id: other
steps:
  - four
# workshops/other/steps/four.yaml
```

Passes:

```yaml
# steps/two.yaml
navigation:
  next: null
# steps/three.yaml
navigation:
  prev: one
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.references.links import NEXT, PREV

ID = "YS203"
SEVERITY = "warning"

_ENOUGH = 20


def check(course: Course) -> Iterator[Diagnostic]:
    """Each link whose step belongs to another workshop of the same directory or database.

    Looks for near ones only a few times: it is slow among many.
    """
    if not course.elsewhere:
        return
    tried = 0
    for file in course.steps:
        navigation = file.step.navigation
        if navigation is None:
            continue
        for key, target, at in (
            ("next", navigation.next_step_id, NEXT),
            ("prev", navigation.prev_step_id, PREV),
        ):
            if target is not None and target in course.elsewhere:
                owner = course.elsewhere[target]
                message = f"{key} leads to {shown(target)}, a step of another workshop, {shown(owner)}"
                help = "name a step of this workshop, or null for none"
                if tried < _ENOUGH:
                    help = did_you_mean(target, course.positions, help)
                tried += 1
                yield Diagnostic(file.path, at, message, help)
