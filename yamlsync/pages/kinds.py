"""Two pages with the same words → in what else a reader sees them differ, in words (DIF-74)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from yamlsync.pages.gaps import gaps
from yamlsync.pages.pieces import Piece

_LISTS = frozenset("lo")

_BREAK = "a line break"
_NESTING = "the nesting of a list"
_INDENTATION = "the indentation in code"
_SPACE_IN_CODE = "white space in code"
_STYLE = "the style of words, such as bold or code"
_SPACING = "the spacing of a list"
_NUMBERS = "the numbers of a list"
_ALIGNMENT = "the alignment of a table"
_LINK = "where a link leads"
_BEGINNING = "where an item, a paragraph or the like begins"
_SPACE = "white space between words"
_LAYOUT = "the layout"
_ORDER = (
    *(_BREAK, _NESTING, _INDENTATION, _SPACE_IN_CODE, _STYLE, _LINK),
    *(_SPACING, _NUMBERS, _ALIGNMENT, _BEGINNING, _SPACE),
)
_ENDS = {_BREAK, _BEGINNING}


def kinds_of_difference(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[str, ...]:
    """The kinds, such as "a line break"; none where words differ, which tell more."""
    before, after = _traits(old), _traits(new)
    if before[""] != after[""]:
        return ()
    found = [each for each in _ORDER if before[each] != after[each]]
    if not _ENDS.isdisjoint(found) and _SPACE in found:
        # Where a line ends there is no blank.
        found.remove(_SPACE)
    return tuple(found) or (_LAYOUT,)


def _traits(parts: Sequence[Piece]) -> defaultdict[str, list[tuple[int, str]]]:
    """What a page has of each kind, with the numbers of the words that it stands before; "" has the words."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    count = 0
    begins = True
    for piece in parts:
        if piece.kind == "word":
            word = piece.key.rpartition("\0")[2]
            if piece.is_code and word.isspace():
                is_end = word == "\n"
                found[_INDENTATION if begins and not is_end else _SPACE_IN_CODE].append((count, word))
                begins = is_end
                continue
            found[""].append((0, word))
            lists = "".join(each for each in piece.dress if each in _LISTS)
            found[_NESTING].append((count, lists))
            found[_STYLE].append((count, "".join(each for each in piece.dress if each not in _LISTS)))
            count += 1
            begins = False
        elif piece.kind == "link":
            found[_LINK].append((count, piece.key))
        elif piece.kind == "edge":
            found[_BREAK if piece.html == "<br>" else _BEGINNING].append((count, piece.key))
            if piece.html.startswith(("<td ", "<th ")):
                found[_ALIGNMENT].append((count, piece.html))
        elif piece.html.startswith("<ol "):
            found[_NUMBERS].append((count, piece.html))
        elif piece.html == "<p>":
            # One that begins an item.
            found[_SPACING].append((count, ""))
        begins = begins or piece.html.startswith("<pre")
    found[_SPACE] = _spaces(parts)
    return found


def _spaces(parts: Sequence[Piece]) -> list[tuple[int, str]]:
    """White space between words in prose, by the numbers of the words that are not white space in code."""
    blanks = gaps(parts)
    found: list[tuple[int, str]] = []
    index = count = 0
    for piece in parts:
        if piece.key:
            if index in blanks:
                found.append((count, blanks[index]))
            index += 1
            count += piece.kind == "word" and not (piece.is_code and piece.key.rpartition("\0")[2].isspace())
    return found
