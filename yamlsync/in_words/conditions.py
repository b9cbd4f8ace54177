"""An unlock condition of the usual form → what a student must have done, in words (PRE-13)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yamlsync.in_words.typed import joined, typed
from yamlsync.rules.conditions.usual import Atom, usual

_TEXT = r"(\"[^\"\\\n]*\"|'[^'\\\n]*')"
_STATE = re.compile(rf"(! *)?state\[ *{_TEXT} *\] *(==|!=) *{_TEXT}")
_STEP = re.compile(rf"steps\[ *{_TEXT} *\]")


def condition_in_words(condition: str, titles: Mapping[str, str]) -> str | None:
    """A clause such as "`Run your first pod` is completed", titles of steps by their ids.

    None for a condition of another form, which a page shows as it is typed.
    """
    alternatives = usual(condition)
    if not alternatives:
        return None
    # Texts of steps are taken away first: one could look like a question for a state.
    states = [_state(match) for match in _STATE.finditer(_STEP.sub("", condition))]
    if len(states) != sum(atom.id is None for each in alternatives for atom in each):
        return None
    left = iter(states)
    told = [
        joined([next(left) if atom.id is None else _step(atom, titles) for atom in each])
        for each in alternatives
    ]
    return ", or ".join(told)


def _step(atom: Atom, titles: Mapping[str, str]) -> str:
    name = typed(titles.get(atom.id or "") or atom.id or "")
    what = {"completed": "completed", "active": "active"}.get(atom.field) or typed(atom.wanted)
    return f"{name} is {'not ' * atom.negated}{what}"


def _state(match: re.Match[str]) -> str:
    is_not = (match[1] is not None) != (match[3] == "!=")
    return f"{typed(match[2][1:-1])} is {'not ' * is_not}{typed(match[4][1:-1])}"
