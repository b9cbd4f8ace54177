"""A rule's docstring → its manual: a title, prose, and examples that fail or pass (CHK)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

_VERDICT = re.compile(r"(Fails|Passes)\b[^\n]*:\Z")
_OPENING = "```yaml"
_CLOSING = "```"


@frozen
class Prose:
    """A paragraph, or a list: lines as they were written."""

    text: str


@frozen
class Heading:
    """A line such as `Fails:`, which says of the examples below it whether they `Fails` or `Passes`."""

    verdict: str
    text: str


@frozen
class Example:
    """A block of YAML, and the verdict of the heading above it; "" where there is none."""

    verdict: str
    text: str


Part: TypeAlias = Prose | Heading | Example


@frozen
class Manual:
    """What a rule finds, in one sentence; and what else there is to say, in the order of the docstring."""

    title: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All prose: why it matters, and what to do."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, Prose))

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples under a heading that says what becomes of them."""
        return tuple(part for part in self.parts if isinstance(part, Example) and part.verdict)


def read_manual(docstring: str) -> Manual:
    """The manual in the docstring of a rule's module, whose lines are not indented."""
    title, _, rest = docstring.strip("\n").partition("\n")
    return Manual(title.strip(), tuple(_parts(rest.splitlines())))


def _parts(lines: list[str]) -> Iterator[Part]:
    verdict = ""
    block: list[str] | None = None
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if block is not None:
            if line == _CLOSING:
                yield Example(verdict, "".join(f"{each}\n" for each in block))
                block = None
            else:
                block.append(line)
            continue
        if line.strip() and line != _OPENING:
            paragraph.append(line.rstrip())
            continue
        if paragraph:
            text = "\n".join(paragraph)
            heading = _VERDICT.match(text)
            verdict = heading[1] if heading else verdict
            yield Heading(verdict, text) if heading else Prose(text)
            paragraph = []
        if line == _OPENING:
            block = []
