"""Matchers: which there are in goss 0.4, and what each takes (GOSS-30, GOSS-31)."""

from __future__ import annotations

from yamlsync.document.foreign.parts import MAX_DEPTH, Part
from yamlsync.rules.goss.finding import Findings, shown
from yamlsync.rules.goss.patterns import check_expression, check_patterns
from yamlsync.rules.goss.scalars import kind, named

_TEXTS = ("have-prefix", "have-suffix", "match-regexp", "contain-substring", "semver-constraint")
_LISTS = ("and", "or", "consist-of", "contain-elements")
_NUMBERS = ("gt", "ge", "lt", "le", "have-len")
_NESTED = ("not", "have-key", "contain-element")
MATCHERS = [*_LISTS, *_NESTED, *_TEXTS, *_NUMBERS, "equal", "gjson", "have-patterns"]
_ONE_NAME = "write one name of a matcher, and what it takes behind it"


class _Matching:
    """Goes through the matchers of one attribute; through those behind aliases only once in a spec."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._depth = 0

    def matcher(self, part: Part) -> None:
        """A value where any matcher may stand."""
        if part.token is None:
            if self._depth < MAX_DEPTH and self._findings.first_time("matcher", part):
                self._depth += 1
                if part.pairs is not None:
                    self._named(part, part.pairs)
                else:
                    self.matchers(part.items or [])
                self._depth -= 1
        else:
            what = kind(part)
            if what == "nothing":
                self._wrong(part, "nothing stands here, where goss wants a value or a matcher", "write one")
            elif what == "date":
                self._wrong(part, f"{part.token} is a date, which no matcher takes", "put it in quotes")

    def matchers(self, parts: list[Part]) -> None:
        """A list of them."""
        for part in parts:
            self.matcher(part)

    def _named(self, part: Part, pairs: list[tuple[Part, Part]]) -> None:
        if not pairs:
            self._wrong(part, "a matcher without a name: goss breaks down", _ONE_NAME)
        elif len(pairs) > 1:
            message = "two matchers in one mapping, where goss takes one"
            self._wrong(pairs[1][0], message, "put them into a list below and: or or:")
        else:
            key, value = pairs[0]
            name = key.token or ""
            if name in MATCHERS:
                self._argument(key, name, value)
            elif name != "<<":
                self._findings.unknown("YS506", key, "goss does not know the matcher", MATCHERS)

    def _argument(self, key: Part, name: str, value: Part) -> None:
        what = kind(value)
        if name in _TEXTS:
            self._text(value, name, what)
        elif name in _LISTS:
            if value.items is not None:
                self.matchers(value.items)
            else:
                self._takes(value, name, what, "a list", "write a list of values and matchers")
        elif name in _NUMBERS:
            if what not in ("integer", "number", "unknown"):
                self._takes(value, name, what, "a number", "write a number, without quotes")
        elif name == "contain-element" and what in ("truth", "nothing", "list"):
            self._takes(value, name, what, "a text, a number or a matcher", "write one")
        elif name in _NESTED:
            self.matcher(value)
        elif name == "gjson":
            self._paths(value, name, what)
        elif name == "have-patterns":
            if value.items is not None:
                check_patterns(self._findings, key, value.items)
            else:
                self._takes(value, name, what, "a list", "write a list of patterns")

    def _text(self, value: Part, name: str, what: str) -> None:
        if what not in ("text", "unknown"):
            help = "put it in quotes" if value.token else "write a text"
            self._takes(value, name, what, "a text", help)
        elif name == "match-regexp" and what == "text":
            check_expression(self._findings, value, value.token or "")

    def _paths(self, value: Part, name: str, what: str) -> None:
        if value.pairs is None:
            self._takes(value, name, what, "a mapping of paths", "write path: matcher below it")
            return
        for _, matcher in value.pairs:
            self.matcher(matcher)

    def _takes(self, value: Part, name: str, what: str, wanted: str, help: str) -> None:
        if what == "unknown":
            return
        is_now = shown(value.token) if value.token and what == "text" else named(value)
        self._wrong(value, f"{name} takes {wanted}, and this is {is_now}", help)

    def _wrong(self, part: Part, message: str, help: str) -> None:
        self._findings.at("YS506", part, message, help)


def check_matcher(findings: Findings, part: Part) -> None:
    """A matcher, or a value to compare with."""
    _Matching(findings).matcher(part)


def check_matchers(findings: Findings, parts: list[Part]) -> None:
    """A list of them."""
    _Matching(findings).matchers(parts)
