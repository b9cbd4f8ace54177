"""Comments that silence a rule: `# yamlsync: ignore YS601`, above a key or behind its value (CHK-20)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import define, field, frozen

from yamlsync.document.model import Block, Path
from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import shortened
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.registry import TOLD, codes

_COMMENT = re.compile(r"#\s*yamlsync:\s*(?P<verb>[\w-]*)(?P<rest>.*)")
_CODES = re.compile(r"\s+YS[0-9]+\b(?:[,\s]+YS[0-9]+\b)*")
_CODE = re.compile(r"YS[0-9]+")
_ENOUGH = 5


@frozen
class Ignore:
    """One comment: the entry that it covers with all below it, and the codes that it names."""

    at: Path
    comment: str
    codes: tuple[str, ...]
    covers: bool = True
    """False for a comment below the last entry of a block, whose path it has: it stands above nothing."""


@define
class Suppressions:
    """The comments of one document, and which of their codes have silenced something."""

    ignores: tuple[Ignore, ...]
    used: set[tuple[Path, str]] = field(factory=set)
    _covered: frozenset[tuple[Path, str]] = field(init=False, repr=False)

    @_covered.default
    def _pairs(self) -> frozenset[tuple[Path, str]]:
        return frozenset((each.at, code) for each in self.ignores if each.covers for code in each.codes)

    def silences(self, diagnostic: Diagnostic, code: str) -> bool:
        """Whether a comment covers the diagnostic; remembers where one does."""
        if not self._covered:
            return False
        at = diagnostic.at
        found = {(at[:end], code) for end in range(1, len(at) + 1)} & self._covered
        self.used |= found
        return bool(found)

    def unused(self) -> Iterator[tuple[Ignore, str]]:
        """Each comment with each of its codes that silenced nothing."""
        for each in self.ignores:
            for code in each.codes:
                if not each.covers or (each.at, code) not in self.used:
                    yield each, code


def suppressions(block: Block) -> Suppressions:
    """The comments of a document that speak to yamlsync."""
    return Suppressions(tuple(_in(block, ())))


def _in(block: Block, path: Path) -> Iterator[Ignore]:
    at = path
    for index, entry in enumerate(block.entries):
        at = (*path, index if entry.key is None else entry.key)
        for comment in (*entry.above, entry.behind):
            if comment and "yamlsync:" in comment:
                yield from _ignore(at, comment)
        if isinstance(entry.value, Block):
            yield from _in(entry.value, at)
    for comment in block.closing:
        if "yamlsync:" in comment:
            yield from _ignore(at, comment, covers=False)


def _ignore(at: Path, comment: str, *, covers: bool = True) -> Iterator[Ignore]:
    match = _COMMENT.match(comment)
    if match is None:
        return
    codes: tuple[str, ...] = ()
    if match["verb"] == "ignore" and (found := _CODES.match(match["rest"])):
        # Each once; all that follows is a reason.
        codes = tuple(dict.fromkeys(_CODE.findall(found.group())))
    yield Ignore(at, comment, codes, covers)


@frozen
class Useless:
    """A comment that silences nothing, and why."""

    ignore: Ignore
    message: str
    help: str


def useless(suppressed: Suppressions, ran: Callable[[str], bool]) -> Iterator[tuple[str, Useless]]:
    """The comments of a document that silence nothing, with the code of what is wrong with each.

    `ran` tells whether a rule was run: what was not looked for is no reason to delete a comment. Near codes
    are looked for only a few times: it is slow.
    """
    known = codes()
    tried = 0
    for ignore in suppressed.ignores:
        if not ignore.codes:
            help = "write # yamlsync: ignore and the codes, such as # yamlsync: ignore YS601"
            yield "YS902", Useless(ignore, "this comment names no rule to ignore", help)
    for ignore, code in suppressed.unused():
        if code not in known:
            help = "yamlsync explain lists the codes"
            if tried < _ENOUGH:
                help = did_you_mean(code, known, help)
            tried += 1
            yield "YS902", Useless(ignore, f"there is no rule {shortened(code)}", help)
        elif code.startswith(TOLD):
            help = "mend what it says, or delete the comment"
            yield "YS902", Useless(ignore, f"{code} cannot be silenced", help)
        elif not ignore.covers and ran(code):
            message = "this comment stands above nothing that it could cover"
            help = "write it above the key that it is for, or delete it"
            yield "YS901", Useless(ignore, message, help)
        elif ran(code):
            message = f"nothing here breaks {code}, so there is nothing to ignore"
            help = "delete the code, or the whole comment"
            yield "YS901", Useless(ignore, message, help)
