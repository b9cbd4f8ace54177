"""Comments that silence a rule: `# yamlsync: ignore YS601`, above a key or behind its value (CHK-20)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import define, field, frozen

from yamlsync.document.model import Block, Path
from yamlsync.layout.finding import did_you_mean
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.registry import codes

_COMMENT = re.compile(r"#\s*yamlsync:\s*(?P<verb>[\w-]*)(?P<rest>.*)")
_CODES = re.compile(r"\s*(?P<codes>[A-Z]+[0-9]*(?:[,\s]+[A-Z]+[0-9]+)*)?(?P<reason>.*)")
_CODE = re.compile(r"[A-Z]+[0-9]*")


@frozen
class Ignore:
    """One comment: the entry that it covers with all below it, and the codes that it names."""

    at: Path
    comment: str
    codes: tuple[str, ...]


@define
class Suppressions:
    """The comments of one document, and which of their codes have silenced something."""

    ignores: tuple[Ignore, ...]
    used: set[tuple[Ignore, str]] = field(factory=set)

    def silences(self, diagnostic: Diagnostic, code: str) -> bool:
        """Whether a comment covers the diagnostic; remembers which one does."""
        found = [
            (ignore, named)
            for ignore in self.ignores
            for named in ignore.codes
            if named == code and diagnostic.at[: len(ignore.at)] == ignore.at
        ]
        self.used.update(found)
        return bool(found)

    def unused(self) -> Iterator[tuple[Ignore, str]]:
        """Each comment with each of its codes that silenced nothing."""
        every = ((ignore, code) for ignore in self.ignores for code in ignore.codes)
        return (each for each in every if each not in self.used)


def suppressions(block: Block) -> Suppressions:
    """The comments of a document that speak to yamlsync."""
    return Suppressions(tuple(_in(block, ())))


def _in(block: Block, path: Path) -> Iterator[Ignore]:
    for index, entry in enumerate(block.entries):
        at = (*path, index if entry.key is None else entry.key)
        for comment in (*entry.above, entry.behind):
            if comment and "yamlsync:" in comment:
                yield from _ignore(at, comment)
        if isinstance(entry.value, Block):
            yield from _in(entry.value, at)


def _ignore(at: Path, comment: str) -> Iterator[Ignore]:
    match = _COMMENT.match(comment)
    if match is None:
        return
    codes: tuple[str, ...] = ()
    if match["verb"] == "ignore" and (rest := _CODES.match(match["rest"])):
        codes = tuple(_CODE.findall(rest["codes"] or ""))
    yield Ignore(at, comment, codes)


@frozen
class Useless:
    """A comment that silences nothing, and why."""

    at: Path
    comment: str
    message: str
    help: str


def useless(suppressed: Suppressions, ran: Callable[[str], bool]) -> Iterator[tuple[str, Useless]]:
    """The comments of a document that silence nothing, with the code of what is wrong with each.

    `ran` tells whether a rule was run: what was not looked for is no reason to delete a comment.
    """
    known = codes()
    for ignore in suppressed.ignores:
        if not ignore.codes:
            help = "write # yamlsync: ignore and the codes, such as # yamlsync: ignore YS601"
            yield "YS902", Useless(ignore.at, ignore.comment, "this comment names no rule to ignore", help)
    for ignore, code in suppressed.unused():
        if code not in known:
            help = did_you_mean(code, known, "yamlsync explain lists the codes")
            yield "YS902", Useless(ignore.at, ignore.comment, f"there is no rule {code}", help)
        elif ran(code):
            message = f"nothing here breaks {code}, so there is nothing to ignore"
            help = "delete the code, or the whole comment"
            yield "YS901", Useless(ignore.at, ignore.comment, message, help)
