"""The table of all rules, by code. A rule's module is loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, cast

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic


class Rule(Protocol):
    """A module with a rule: its docstring is its manual, its first line what the rule finds.

    `SEVERITY` is "error", "warning" or "hint". `check` yields what it finds in one course.
    """

    __doc__: str | None
    ID: str
    SEVERITY: str
    check: Callable[[Course], Iterable[Diagnostic]]


_RULES = {
    # The format, and what import refuses: YS101 to YS202. Told by the reader.
    # References and navigation: YS203 to YS209.
    "YS204": "conditions.missing_step",
    # Redundancy and spelling: YS301 to YS309.
    # Unlock conditions: YS401 to YS409.
    # goss specs: YS501 to YS519.
    # Image tags: YS601 to YS609.
    # Sizes: YS701 to YS709. Texts: YS711 to YS729. Metadata and facts: YS731 to YS749.
    # Databases: YS801 to YS810. Told by the reader.
    # Comments to yamlsync: YS901 to YS909. Told by the check itself.
}
"""Code → module below `yamlsync.rules`, in the order of codes."""


def codes() -> tuple[str, ...]:
    """The codes of all rules, in order."""
    return tuple(_RULES)


def rule(code: str) -> Rule:
    """The rule with a code. Raises KeyError where there is none."""
    return cast(Rule, importlib.import_module(f"yamlsync.rules.{_RULES[code]}"))


def rules(selected: Callable[[str], bool]) -> Iterator[Rule]:
    """The rules whose codes are selected."""
    return (rule(code) for code in _RULES if selected(code))
