"""Lists of patterns that goss looks for line by line (GOSS-24, GOSS-32)."""

from __future__ import annotations

from yamlsync.document.foreign.parts import Part
from yamlsync.rules.goss.expressions import fault
from yamlsync.rules.goss.finding import Findings, shown
from yamlsync.rules.goss.scalars import kind, named


def check_patterns(findings: Findings, key: Part, items: list[Part]) -> None:
    """A list of patterns: texts, and regular expressions between slashes."""
    for item in items:
        what = kind(item)
        if what not in ("text", "unknown"):
            message = f"a pattern in {key.token} is {named(item)}, where goss takes texts only"
            if item.token is None:
                help = f"below {key.token}, write and: with a list of matchers"
            else:
                help = (
                    f"put it in quotes: {shown(item.token)}"
                    if item.token
                    else "write a text, or delete the line"
                )
            findings.at("YS505", item, message, help)
        elif is_expression(item.token or ""):
            check_expression(findings, item, (item.token or "").removeprefix("!")[1:-1])


def check_expression(findings: Findings, part: Part, pattern: str) -> None:
    """A regular expression that goss would refuse."""
    wrong = fault(pattern)
    if wrong is not None:
        message, help = wrong
        findings.at("YS509", part, f"not a regular expression of goss: {message}", help)


def is_expression(token: str) -> bool:
    """Whether goss takes a pattern as a regular expression: between slashes, perhaps behind a !."""
    return len(token) > 2 and token[-1] == "/" and token.startswith(("/", "!/"))
