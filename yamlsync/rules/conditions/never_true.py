"""An unlock condition can never become true.

It asks for the step's own completion, or for that of a step which can only be reached through this one:
both come after the step was unlocked. Ask for a step that comes before. Or it is the word `false`.

Fails:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["two"].completed
```

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed && steps["three"].completed
```

```yaml
# steps/two.yaml
navigation:
  unlock_condition: "false"
```

Passes:

```yaml
# steps/two.yaml
navigation:
  unlock_condition: steps["one"].completed && !steps["three"].completed
```
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.printable import shown
from yamlsync.rules.conditions.language import can_be_true, judge
from yamlsync.rules.conditions.slips import slips
from yamlsync.rules.conditions.steps_named import NamedStep, steps_named
from yamlsync.rules.conditions.usual import Alternatives, Atom, steps_asked, usual
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS403"
SEVERITY = "error"

_ENOUGH = 200
"""Conditions of other than the usual form that are weighed: to try one out takes a moment."""


def check(course: Course) -> Iterator[Diagnostic]:
    """Only conditions that name their own step or a later one are weighed: others can come true.

    What its tokens tell needs no weighing.
    """
    for file, condition in course.conditions():
        for slip in () if usual(condition) else slips(condition):
            if slip.code == ID:
                yield Diagnostic(file.path, CONDITION, slip.message, slip.help, (slip.start, slip.end))
    if not course.whole or not course.header.navigated:
        return
    weighed = 0
    for file, condition in course.conditions():
        own = file.step.id
        place = course.positions[own]
        asked = steps_asked(condition)
        if asked is not None and all(course.positions.get(id, -1) < place for id in asked):
            continue  # The usual case, and faster told than where each id stands.
        late = [named for named in steps_named(condition) if course.positions.get(named.id, -1) >= place]
        if not late:
            continue
        behind = course.graph.only_behind(own, (named.id for named in steps_named(condition)))
        blocking = [named for named in late if named.id == own or named.id in behind]
        weighed += bool(blocking) and usual(condition) is None
        if weighed > _ENOUGH:
            return  # Whoever has that many of these has findings enough.
        if blocking and not _can_be_true(course, condition, own, behind):
            yield _diagnostic(file.path, own, blocking[0])


def _diagnostic(path: str, own: str, named: NamedStep) -> Diagnostic:
    what = "this step itself" if named.id == own else f"{shown(named.id)}, which comes only after this step"
    help = "name a step that comes before this one"
    message = f"unlock condition can never be true: it waits for {what}"
    return Diagnostic(path, CONDITION, message, help, (named.start, named.end))


def _can_be_true(course: Course, condition: str, own: str, behind: frozenset[str]) -> bool:
    alternatives = usual(condition)
    if alternatives is not None:
        return _any(alternatives, own, behind)
    names = {named.id for named in steps_named(condition)}
    if names - course.positions.keys() or "state" in condition or slips(condition) or judge(condition).faults:
        return True
    free = tuple(sorted(names - behind - {own}))
    return can_be_true(condition, free, own, tuple(sorted(names & behind)))


def _any(alternatives: Alternatives, own: str, behind: frozenset[str]) -> bool:
    return any(all(_possible(atom, own, behind) for atom in each) for each in alternatives)


def _possible(atom: Atom, own: str, behind: frozenset[str]) -> bool:
    """Whether one atom can be true while its step is not unlocked yet."""
    if atom.id == own:
        # Nobody knows yet whether it counts as active while its condition is asked.
        never = atom.field == "completed" or (atom.field == "status" and atom.wanted == "completed")
        return atom.negated or not never
    if atom.id is None or atom.id not in behind:
        return True
    is_so = atom.field == "status" and atom.wanted == "pending"
    return is_so != atom.negated
