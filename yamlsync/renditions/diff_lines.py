"""What changed in a text → the lines of a block of code that is coloured as a diff (DIF-64)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yamlsync.renditions.counting import plural, unread_words
from yamlsync.renditions.escaping import in_fence, size
from yamlsync.renditions.folds import without_edges
from yamlsync.renditions.quoting import quote
from yamlsync.wording.folding import Folded, Shown, folded
from yamlsync.wording.lines import Line
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage, by_line
from yamlsync.wording.words import Run

_OPENING = {"deleted": "[-", "inserted": "{+"}
_CLOSING = {"deleted": "-]", "inserted": "+}"}
_SIGN = {"kept": " ", "deleted": "-", "inserted": "+"}
_ALONE = frozenset({"wrapping", "endings", "last newline"})
"""What is told of lines, and not seen in them."""

_LONGEST = 500
"""Characters that are shown of one line."""

_CONTEXT = 60
"""Characters that are shown on each side of what changed, in a longer line."""

_MOST_MARKS = 8
"""Of more than so many changed words in a line, the marks are harder to read than the line."""


def diff_lines(passages: Sequence[Passage], most: int, context: int = 2) -> tuple[str, ...]:
    """Lines of together at most `most` characters; the last one says how many are left out.

    Lines begin with -, + or a blank, or are between two @@: these tell what is not in the text.
    """
    lines = [line for shown in without_edges(folded(passages, context)) for line in _shown(shown)]
    return _bounded(lines, most, "of this change")


def first_lines(lines: Sequence[Line], count: int, most: int) -> tuple[str, ...]:
    """The first lines of a text that is new, and how many more there are."""
    head = list(lines[:count])
    while len(head) > 1 and head[-1].is_blank:
        head.pop()
    found = [_line("inserted", line.text) for line in head]
    if more := len(lines) - len(head):
        found.append(_note(plural(more, "more line")))
    return _bounded(found, most, "of this text")


def _bounded(lines: Sequence[str], most: int, of: str) -> tuple[str, ...]:
    left = most
    for number, line in enumerate(lines):
        left -= size(line) + 1
        if left < 0:
            return (*lines[:number], _note(f"{plural(len(lines) - number, 'more line')} {of}"))
    return tuple(lines)


def _shown(shown: Shown) -> Iterator[str]:
    match shown:
        case Folded(count, section):
            under = f"; under {quote(section)}:" if section else ""
            yield _note(f"{plural(count, 'line')} as before{under}")
        case Kept(_, new):
            yield from (_line("kept", line.text) for line in new)
        case Deleted(lines):
            yield from (_line("deleted", line.text) for line in lines)
        case Inserted(lines):
            yield from (_line("inserted", line.text) for line in lines)
        case Changed():
            yield from _changed(shown)


def _changed(change: Changed) -> Iterator[str]:
    how = change.differences
    if "wrapping" in how and how <= _ALONE:
        words = f"{plural(len(change.old), 'line')} broken into {len(change.new)}, with the same words"
        yield _note(words)
        return
    if not how <= _ALONE:
        yield from _side(change, "deleted", change.old)
        yield from _side(change, "inserted", change.new)
    if "words" not in how:
        yield _note(f"{unread_words(how)} changed")
    elif told := how & {"endings", "last newline"}:
        yield _note(f"{unread_words(told).removeprefix('only ')} changed too")


def _side(change: Changed, act: str, lines: Sequence[Line]) -> Iterator[str]:
    is_seen = "words" in change.differences
    is_marked = is_seen and _is_marked(change)
    for line, runs in zip(lines, by_line(change.runs, act), strict=False):  # type: ignore[arg-type]
        if is_marked or not is_seen or len(line.text) > _LONGEST:
            yield _line(act, "".join(_runs(runs, is_marked=is_marked, is_seen=is_seen)))
        else:
            yield _line(act, line.text)


def _is_marked(change: Changed) -> bool:
    """Whether words are marked in the lines: in prose, where some stayed and few changed."""
    if any(line.block.kind in ("code", "fence") for line in (*change.old, *change.new)):
        return False
    changed = sum(run.act != "kept" for run in change.runs)
    return changed <= _MOST_MARKS and any(run.act == "kept" and run.text.strip() for run in change.runs)


def _runs(runs: Iterable[Run], *, is_marked: bool, is_seen: bool) -> Iterator[str]:
    line = tuple(runs)
    for number, run in enumerate(line):
        is_within = 0 < number < len(line) - 1
        if run.act == "kept":
            yield _shortened(run.text)
        elif is_marked and is_within and run.text.isspace():
            # A blank for a line break, mostly: no word is another one.
            yield run.text
        elif not is_seen and run.is_unseen:
            yield run.text.replace(" ", "·").replace("\t", "→\t")
        elif is_marked:
            yield f"{_OPENING[run.act]}{run.text}{_CLOSING[run.act]}"
        else:
            yield run.text


def _shortened(text: str) -> str:
    """What was kept of a line, without its middle where it is long."""
    if len(text) <= _LONGEST // 2:
        return text
    return f"{text[:_CONTEXT]} … {text[-_CONTEXT:]}"


def _line(act: str, text: str) -> str:
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"{_SIGN[act]}{in_fence(cut)}".rstrip(" ") or " "


def _note(words: str) -> str:
    return f"@@ {words} @@"
