"""What changed in a text → lines for a terminal, what is kept folded, code behind a bar (DIF-53)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import frozen

from yamlsync.renditions.counting import plural, unread_words
from yamlsync.renditions.folds import without_edges
from yamlsync.renditions.quoting import quote
from yamlsync.renditions.view import Piece, View
from yamlsync.wording.folding import Folded, Shown, folded
from yamlsync.wording.lines import Line
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage, by_line
from yamlsync.wording.words import Run

INDENT = "    "

_SIGN = {"kept": " ", "deleted": "-", "inserted": "+", "changed": "~"}
_COLOR = {"deleted": "red", "inserted": "green", "changed": "cyan"}
_OPENING = {"deleted": "[-", "inserted": "{+"}
_CLOSING = {"deleted": "-]", "inserted": "+}"}
_UNSHOWN = frozenset({"wrapping", "endings", "last newline"})
"""In what lines differ that are told of, since it cannot be seen in them."""


@frozen
class _Row:
    """A line and what is shown of it. What flows may be put together with its neighbours and broken anew."""

    act: str
    line: Line
    parts: tuple[Piece, ...]
    flows: bool


@frozen
class _Note:
    """What is said instead of lines, or besides."""

    words: str


_Item = _Row | _Note | Folded


def passage_lines(
    passages: Sequence[Passage], view: View, *, is_code: bool = False, flows: bool = True
) -> Iterator[str]:
    """The passages of a text; with `is_code`, all of it is code. Prose is broken anew where it `flows`."""
    writer = _Writer(view, is_code=is_code, flows=flows and not is_code)
    yield from writer.written(
        each for shown in without_edges(folded(passages, view.context)) for each in writer.items(shown)
    )


def first_lines(
    lines: Sequence[Line], act: str, most: int, view: View, *, is_code: bool = False
) -> Iterator[str]:
    """The first lines of a text that is new or gone, and how many more there are."""
    head = lines[:most]
    while len(head) > 1 and head[-1].is_blank:
        head = head[:-1]
    if len(lines) - len(head) == 1:
        head = lines
    writer = _Writer(view, is_code=is_code, flows=not is_code)
    yield from writer.written(writer.rows(head, act))
    if more := len(lines) - len(head):
        yield from view.paragraph(f"⋯ {plural(more, 'more line')}", INDENT, dim=True)


class _Writer:
    def __init__(self, view: View, *, is_code: bool, flows: bool) -> None:
        self.view = view
        self.is_code = is_code
        self.flows = flows
        self.section = ""
        self._gutters: dict[tuple[str, bool], tuple[str, str]] = {}

    def items(self, shown: Shown) -> Iterator[_Item]:
        match shown:
            case Folded():
                yield shown
            case Kept(_, new):
                yield from self.rows(new, "kept")
            case Deleted(lines):
                yield from self.rows(lines, "deleted")
            case Inserted(lines):
                yield from self.rows(lines, "inserted")
            case Changed():
                yield from self._changed(shown)

    def rows(self, lines: Iterable[Line], act: str) -> Iterator[_Row]:
        """Lines of which all was kept, deleted or inserted."""
        style = _style(act)
        return (self._row(act, line, [Piece(line.text, style)]) for line in lines)

    def _row(self, act: str, line: Line, parts: Iterable[Piece], *, is_read: bool = True) -> _Row:
        return _Row(act, line, tuple(parts), self.flows and is_read and line.block.kind == "prose")

    def _changed(self, change: Changed) -> Iterator[_Item]:
        differences = change.differences
        if differences <= _UNSHOWN:
            yield _Note(_unshown(change))
            return
        is_read = "words" in differences
        if is_read and self.view.is_plain and not self.view.word_diff:
            # Nothing is marked, and long texts have many words.
            yield from self.rows(change.old, "deleted")
            yield from self.rows(change.new, "inserted")
        elif self.view.word_diff and len(change.old) == len(change.new) == 1:
            yield self._row("changed", change.new[0], _inline(change.runs), is_read=is_read)
        else:
            for act, lines in (("deleted", change.old), ("inserted", change.new)):
                sides = by_line(change.runs, act)  # type: ignore[arg-type]
                for line, runs in zip(lines, sides, strict=False):
                    yield self._row(act, line, self._marked(runs, act, is_read=is_read), is_read=is_read)
        if not is_read:
            yield _Note(f"({unread_words(differences)} changed)")
        elif told := differences & {"endings", "last newline"}:
            yield _Note(f"({unread_words(told).removeprefix('only ')} changed too)")

    def _marked(self, runs: Sequence[Run], act: str, *, is_read: bool) -> Iterator[Piece]:
        """One side of a line, with the words that are not in the other; of white space alone, seen."""
        kept, marked = _style(act), _style(act, bold=True)
        for number, run in enumerate(runs):
            if run.act == "kept":
                yield Piece(run.text, kept)
                continue
            text = run.text if is_read or not run.is_unseen else self._seen(run.text)
            # A blank within a line is there for a line break, mostly: no word is another one.
            is_word = not run.text.isspace() or number in (0, len(runs) - 1)
            if self.view.word_diff and is_read and is_word:
                text = f"{_OPENING[act]}{text}{_CLOSING[act]}"
            yield Piece(text, marked)

    def _seen(self, text: str) -> str:
        return text.replace(" ", self.view.signs("·")).replace("\t", self.view.signs("→") + "\t")

    def written(self, items: Iterable[_Item]) -> Iterator[str]:
        """The lines of all items; of neighbours that flow, what was deleted first, each as one paragraph."""
        for kind, group in groupby(items, _together):
            if kind == "kept":
                yield from self._flowing(list(group))
            elif kind == "edited":
                rows = list(group)
                for act in ("deleted", "inserted"):
                    yield from self._flowing([row for row in rows if row.act == act])  # type: ignore[union-attr]
            else:
                for item in group:
                    yield from self._item(item)

    def _item(self, item: _Item) -> Iterator[str]:
        match item:
            case _Row(act, line, parts):
                if line.block.kind == "heading" and act != "deleted":
                    self.section = line.block.info
                yield from self._line(act, line, parts)
            case _Note(words):
                start = f"{INDENT}{self._sign('changed')} "
                yield from self.view.paragraph(words, f"{INDENT}  ", start, fg="cyan")
            case Folded(count, section):
                is_other = section and section != self.section
                under = f"; under {quote(section)}:" if is_other else ""
                self.section = section or self.section
                yield from self.view.paragraph(
                    f"⋯ {plural(count, 'line')} as before{under}", INDENT, dim=True
                )

    def _flowing(self, rows: Sequence[_Item]) -> Iterator[str]:
        """Lines of one paragraph put together, but where a line break is meant."""
        together: list[Piece] = []
        for index, row in enumerate(rows):
            if not isinstance(row, _Row):
                continue
            if together:
                together.append(Piece(" ", together[-1].style))
                together += _unindented(row.parts)
            else:
                together += row.parts
            if index == len(rows) - 1 or row.line.text.endswith(("  ", "\\")):
                yield from self._line(row.act, row.line, together)
                together = []

    def _line(self, act: str, line: Line, parts: Sequence[Piece]) -> Iterator[str]:
        is_code = self.is_code or line.block.kind in ("code", "fence")
        if line.block.kind == "fence" and act == "kept":
            parts = [Piece(part.text, (("dim", True),)) for part in parts]
        columns = self.view.columns(len(INDENT) + 2 + 2 * is_code)
        gutters = self._gutters.get((act, is_code)) or self._made(act, is_code=is_code)
        yield from self.view.lines(self.view.pieces(parts), gutters, columns, is_code=is_code)

    def _made(self, act: str, *, is_code: bool) -> tuple[str, str]:
        """What stands before the first line of a line, and before all others; remembered."""
        # The bar tells what is in a fence from prose; where all is code, nothing is to be told apart.
        bars = ("", "") if not is_code else ("  ", "┊ ") if self.is_code else ("│ ", "┊ ")
        first, rest = (f"{INDENT}{self._sign(act)} {self.view.signs(bar)}" for bar in bars)
        self._gutters[act, is_code] = first, rest
        return first, rest

    def _sign(self, act: str) -> str:
        sign = self.view.signs(_SIGN[act])
        return self.view.style(sign, fg=_COLOR[act]) if act in _COLOR else sign


def _together(item: _Item) -> str:
    """What an item is written together with: other lines of a paragraph that were kept, or edited."""
    if not isinstance(item, _Row) or not item.flows or item.act == "changed":
        return "alone"
    return "kept" if item.act == "kept" else "edited"


def _unindented(parts: Sequence[Piece]) -> Iterator[Piece]:
    """The parts of a line without the blanks in front."""
    is_start = True
    for part in parts:
        text = part.text.lstrip(" \t") if is_start else part.text
        is_start = is_start and not text
        yield Piece(text, part.style)


def _inline(runs: Sequence[Run]) -> Iterator[Piece]:
    """Both sides of a line in one, what was deleted and inserted in brackets."""
    for run in runs:
        if run.act == "kept":
            yield Piece(run.text)
        else:
            yield Piece(f"{_OPENING[run.act]}{run.text}{_CLOSING[run.act]}", _style(run.act, bold=True))


def _style(act: str, *, bold: bool = False) -> tuple[tuple[str, object], ...]:
    if act not in _COLOR:
        return ()
    return (("fg", _COLOR[act]), *((("bold", True), ("underline", True)) if bold else ()))


def _unshown(change: Changed) -> str:
    """What to say of lines that look the same on both sides."""
    told = []
    old, new = len(change.old), len(change.new)
    if "wrapping" in change.differences:
        told.append(f"{plural(old, 'line')} re-wrapped into {new}, with the same words")
    if "endings" in change.differences:
        before, after = (_endings(lines) for lines in (change.old, change.new))
        told.append(f"{plural(new, 'line')} {'ends' if new == 1 else 'end'} in {after} instead of {before}")
    if "last newline" in change.differences:
        has = bool(change.new and change.new[-1].ending)
        told.append("a line break at the end of the text" if has else "no line break at the end of the text")
    return f"({'; '.join(told)})"


def _endings(lines: Sequence[Line]) -> str:
    names = dict.fromkeys(_ENDINGS[line.ending] for line in lines if line.ending)
    return " and ".join(names) or "nothing"


_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
