"""Unlock conditions were not checked, since what knows CEL is not installed.

Conditions that join `steps["an-id"].completed` and the like by `&&` and `||` are checked by yamlsync
itself, and common slips are found in all: words where signs should be, quotes and brackets that are left
open, names and fields that are not there. For more, others need the extra `cel`; without it, or where it
finds them nested too deep, nobody has looked at all of them. Install it with `pip install 'yamlsync[cel]'`.
"""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.rules.conditions.language import is_installed, judge
from yamlsync.rules.conditions.slips import slips
from yamlsync.rules.conditions.usual import usual
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS404"
SEVERITY = "hint"
STANDS_FOR = ("YS401", "YS402", "YS403")


def check(course: Course) -> Iterator[Diagnostic]:
    """One finding for all conditions of a course, at the first; one each where the library gave up."""
    unknown = [
        file
        for file, condition in course.conditions()
        if condition.strip() and not (usual(condition) or slips(condition) or judge(condition).checked)
    ]
    if not unknown:
        return
    if is_installed():
        for file in unknown:
            help = "write it flatter: it is nested deeper than the checker goes"
            yield Diagnostic(file.path, CONDITION, "this unlock condition was not checked", help)
    else:
        these = "1 unlock condition was" if len(unknown) == 1 else f"{len(unknown)} unlock conditions were"
        help = "install what knows CEL: pip install 'yamlsync[cel]'"
        yield Diagnostic(unknown[0].path, CONDITION, f"{these} not checked", help)
