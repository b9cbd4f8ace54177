"""Characters that nobody sees, or that are other than they look; what they are called (TXT-11 to TXT-19)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONTROLS = {
    0x00: "NUL",
    0x07: "bell",
    0x08: "backspace",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x0D: "carriage return",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
}

# What may be such a character in UTF-8, by its first byte: that byte alone is found much faster. A joiner
# between two emoji is let through, as it is what stands in most texts that have any.
_SUSPECT_BYTES = (
    (
        b"\xe2",
        re.compile(
            rb"\xe2(?:\x80(?:[\x8b\x8c\x8e\x8f]|\x8d(?!(?<=\xf0\x9f[\x80-\xbf][\x80-\xbf]\xe2\x80\x8d)\xf0\x9f))"
            rb"|\x81[\xa0-\xa5\xaa-\xaf])"
        ),
    ),
    (
        b"\xef",
        re.compile(rb"\xef(?:\xbb\xbf|\xbe\xa0|\xbf[\xb9-\xbb]|\xb8[\x80-\x8f](?:\xef\xb8[\x80-\x8f]){3})"),
    ),
    (b"\xf3", re.compile(rb"\xf3\xa0")),
    (b"\xc2", re.compile(rb"\xc2\xad")),
    (b"\xd8", re.compile(rb"\xd8\x9c")),
    (b"\xe1", re.compile(rb"\xe1\xa0\x8e")),
    (b"\xe3", re.compile(rb"\xe3\x85\xa4")),
)
_SUSPECT = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]+"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}"
)
_ORDER_BYTES = ((b"\xe2", re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")),)
_ORDER = re.compile("[\u202a-\u202e\u2066-\u2069]+")
_SPACE_BYTES = (
    (b"\xc2", re.compile(rb"\xc2\xa0")),
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x80-\x8a\xaf]|\x81\x9f)")),
    (b"\xe3", re.compile(rb"\xe3\x80\x80")),
    (b"\xe1", re.compile(rb"\xe1\x9a\x80")),
)
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

# Where a letter of these scripts is next to it, a joiner, a mark of direction or a break belongs to the
# spelling of the word: Hebrew to Tibetan, Myanmar, Khmer, Mongolian, Tai, Balinese, and presentation forms.
_COMPLEX = re.compile(
    "[\u0590-\u0fff\u1000-\u109f\u1780-\u18af\u1950-\u1cff\ua800-\uaaff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e900-\U0001efff]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PICTURE = re.compile(
    "[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e007f]"  # Signs and emoji, their selector.
)
_ISOLATES = "\u2066\u2067\u2068\u2069"  # The last one ends each of the others.
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
"""They say on which side a sign, or a word in Latin letters, stands in a line written from the right."""
_DRAWN = re.compile("[\u2500-\u257f]")
_CLOSING_SIGNS = frozenset(":;!?»%€°")
_NEAR = 200
_FLAG = re.compile("[\U000e0020-\U000e007e]+\U000e007f")


def name(character: str) -> str:
    """What Unicode calls a character, in small letters, and its number."""
    # Imported late: who has no such characters need not know their names.
    import unicodedata

    code = ord(character)
    called = _CONTROLS.get(code) or unicodedata.name(character, "").lower()
    if 0xE0000 <= code <= 0xE007F:
        called = "a tag, which shows nothing"
    number = f"U+{code:04X}"
    return f"{called} ({number})" if called else number


def names(text: str) -> str:
    """The first three different characters of a text by their names."""
    different = list(dict.fromkeys(text))
    said = ", ".join(name(character) for character in different[:3])
    return f"{said} and others" if len(different) > 3 else said


def may_be_invisible(data: bytes) -> bool:
    """Whether UTF-8 `data` may hold what `invisible` finds."""
    return _has(data, _SUSPECT_BYTES)


def may_be_reordered(data: bytes) -> bool:
    """Whether UTF-8 `data` may hold what `reordering` finds."""
    return _has(data, _ORDER_BYTES)


def may_have_odd_spaces(data: bytes) -> bool:
    """Whether UTF-8 `data` may hold what `odd_spaces` finds."""
    return _has(data, _SPACE_BYTES)


def _has(data: bytes, patterns: tuple[tuple[bytes, re.Pattern[bytes]], ...]) -> bool:
    return not data.isascii() and any(first in data and pattern.search(data) for first, pattern in patterns)


def invisible(text: str) -> Iterator[tuple[int, int]]:
    """The runs of characters that show nothing and belong to no emoji and no script's spelling (TXT-11)."""
    line_end, from_right = -1, False
    for match in _SUSPECT.finditer(text):
        if len(match[0]) <= 2 and _DIRECTIONS.issuperset(match[0]):
            if match.start() > line_end:
                line_start, line_end = _line(text, match.start())
                from_right = _RIGHT_TO_LEFT.search(text, line_start, line_end) is not None
            if from_right:
                continue
        yield from _unneeded(text, match.start(), match.end())


def _unneeded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a run when that is taken out which its neighbours need."""
    flag = _FLAG.match(text, start)
    if flag and text[start - 1 : start] == "\U0001f3f4":
        start = flag.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if start >= end or (end - start <= 2 and _belongs(text[start:end], before, after)):
        return
    yield start, end


def _belongs(run: str, before: str, after: str) -> bool:
    if run == "\u200d":
        skin = "\U0001f3fb" <= before <= "\U0001f3ff"
        if (skin or _PICTURE.match(before)) and _PICTURE.match(after):
            return True
    if any(character not in "\u061c\u180e\u200b\u200c\u200d\u200e\u200f" for character in run):
        return False
    return bool(_COMPLEX.match(before) or _COMPLEX.match(after))


def reordering(text: str) -> Iterator[tuple[int, int]]:
    """The runs of characters that make text show in another order than it stands there (TXT-12)."""
    line_end, paired = -1, False
    for match in _ORDER.finditer(text):
        if match.start() > line_end:
            line_start, line_end = _line(text, match.start())
            paired = _is_paired(text[line_start:line_end])
        if not paired:
            yield match.span()


def _line(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, end if end >= 0 else len(text)


def _is_paired(line: str) -> bool:
    """Whether a line has letters written from the right, and nothing but isolates that end in it."""
    if not _RIGHT_TO_LEFT.search(line):
        return False
    depth = 0
    for match in _ORDER.finditer(line):
        for character in match.group():
            if character not in _ISOLATES:
                return False
            depth += -1 if character == _ISOLATES[-1] else 1
            if depth < 0:
                return False
    return depth == 0


def odd_spaces(text: str) -> Iterator[tuple[int, int]]:
    """The runs of spaces that no shell takes for blanks, but for those that a language asks for (TXT-13)."""
    for match in _SPACE.finditer(text):
        if not _is_typography(text, match.start(), match.end()):
            yield match.span()


def _is_typography(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if (before.isdigit() and after.isdigit()) or before == "«" or after in _CLOSING_SIGNS:
        return True
    if (not before.isascii() and before.isalnum()) or (not after.isascii() and after.isalnum()):
        return True
    # The program tree draws its branches with them.
    first = max(text.rfind("\n", max(start - _NEAR, 0), start) + 1, start - _NEAR, 0)
    last = text.find("\n", end, end + _NEAR)
    return bool(_DRAWN.search(text, first, last if last >= 0 else end + _NEAR))
