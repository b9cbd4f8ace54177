"""Two versions of a text → how much of it changed, in one clause (DIF-52)."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from yamlsync.changes.model import GossChanged, TextChanged
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage, passages


def plural(count: int, noun: str) -> str:
    """A number and what it counts: `1 step`, `2 steps`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def text_passages(change: TextChanged | GossChanged) -> tuple[Passage, ...]:
    """What became of the lines of a text; of none there is where it is not there."""
    return _passages(change.old or "", change.new or "", isinstance(change, TextChanged))


@lru_cache(maxsize=1024)
def _passages(old: str, new: str, is_markdown: bool) -> tuple[Passage, ...]:
    # Remembered: a page counts them for its summary, and shows them further down.
    return passages(old, new, markdown=is_markdown)


def counted(change: TextChanged | GossChanged) -> str:
    """How much changed: `3 lines changed, 2 new, 1 gone`; of a text that is new or gone, its lines."""
    found = text_passages(change)
    if change.old is None or change.new is None:
        count = sum(len(each.lines) for each in found if isinstance(each, Deleted | Inserted))
        return plural(count, "line") if count else "empty"
    changed = [each for each in found if isinstance(each, Changed)]
    if changed and all(isinstance(each, Changed | Kept) for each in found):
        differences = frozenset().union(*(each.differences for each in changed))
        if "words" not in differences:
            return unread_words(differences)
    return _lines(found)


def _lines(found: tuple[Passage, ...]) -> str:
    """The lines that changed, came and went, counted as Git counts them: blank ones as well."""
    of = Counter[str]()
    for passage in found:
        of += _counts(passage)
    told = [(of[kind], kind) for kind in _KINDS if of[kind]]
    if of["re-wrapped"] and of["re-wrapped"] != of["broken"]:
        told = [
            (count, f"{kind} into {of['broken']:,}" if kind == "re-wrapped" else kind) for count, kind in told
        ]
    first, *rest = told
    is_blank = {kind for _, kind in told} <= {"new", "gone"} and not of["not blank"]
    more = "".join(f", {count:,} {kind}" for count, kind in rest)
    return f"{plural(first[0], 'blank line' if is_blank else 'line')} {first[1]}{more}"


_KINDS = ("changed", "new", "gone", "re-wrapped", "only in white space")


def _counts(passage: Passage) -> Counter[str]:
    """How many lines of a passage are of which kind; `re-wrapped` are those before, `broken` those after.

    What is changed and new, together, are the lines that `--stat` has as inserted; and so for those gone.
    """
    of = Counter[str]()
    match passage:
        case Changed(old, new, _, how) if "words" in how:
            of["changed"] = min(len(old), len(new))
            of["new"], of["gone"] = len(new) - of["changed"], len(old) - of["changed"]
            of["not blank"] = len(new)
        case Changed(old, new, _, how) if "wrapping" in how:
            of["re-wrapped"], of["broken"] = len(old), len(new)
        case Changed(_, new):
            of["only in white space"] = len(new)
        case Inserted(lines) | Deleted(lines):
            of["new" if isinstance(passage, Inserted) else "gone"] = len(lines)
            of["not blank"] = sum(not line.is_blank for line in lines)
    return of


def unread_words(differences: frozenset[str]) -> str:
    """What to say where nothing that is read was changed: `only the line breaks`."""
    told = [words for name, words in _UNREAD.items() if name in differences]
    return f"only {' and '.join(filter(None, [', '.join(told[:-1]), told[-1]]))}"


_UNREAD = {
    "wrapping": "the line breaks",
    "indentation": "the indentation",
    "spacing": "the blanks between words",
    "trailing": "the blanks at the ends of lines",
    "endings": "the line endings (LF, CRLF)",
    "last newline": "the line break at the end",
    "invisible": "invisible characters",
}
