"""What is wrong with a spec, and where in its text; the rules share one look at each spec."""

from __future__ import annotations

from attrs import define, field, frozen

from yamlsync.document.foreign.parts import Part
from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import printable

MOST_FINDINGS = 100
"""Of one spec: who has that many does not need to know of more (GOSS-3)."""
_LONGEST = 60


@frozen
class SpecFinding:
    """A finding of the rule `code`. `within` are characters of the spec; without them, all of it is meant."""

    code: str
    message: str
    help: str
    within: tuple[int, int] | None


@define
class Findings:
    """The findings of one spec, in the order in which they were made, each once."""

    found: dict[SpecFinding, None] = field(factory=dict)
    _seen: set[tuple[str, int]] = field(factory=set)

    @property
    def enough(self) -> bool:
        """Whether no more are taken."""
        return len(self.found) >= MOST_FINDINGS

    def first_time(self, place: str, part: Part) -> bool:
        """Whether a part is met in such a place for the first time: behind aliases, it is met often."""
        been = len(self._seen)
        self._seen.add((place, id(part)))
        return len(self._seen) > been

    def add(self, code: str, message: str, help: str, within: tuple[int, int] | None) -> None:
        """Adds one, unless there are enough."""
        if not self.enough:
            self.found[SpecFinding(code, message, help, within)] = None

    def at(self, code: str, part: Part, message: str, help: str) -> None:
        """Adds one about a part of the spec."""
        self.add(code, message, help, span(part))

    def unknown(self, code: str, part: Part, message: str, known: list[str]) -> None:
        """Adds one about a name that goss does not know; the message ends with that name."""
        if not self.enough:
            name = part.token or ""
            help = did_you_mean(name, known, f"write one of {', '.join(known)}")
            self.at(code, part, f"{message} {shown(name)}", help)


def span(part: Part) -> tuple[int, int]:
    """Where a part can be pointed at."""
    return part.start, max(part.end, part.start + 1)


def shown(text: str) -> str:
    """A text of the spec in quotes, not too long for a message."""
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return f'"{printable(text)}"'
