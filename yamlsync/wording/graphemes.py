"""Text → what a reader takes for one character: a letter with its marks, an emoji of several, a flag.

The rules are those of Unicode's extended grapheme clusters, as far as Python's own tables go: where they need
a table of emoji, ranges stand for it; consonants of Indic scripts that are written as one are told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_SIMPLE = (
    "\0-\x7e\xa0-\xa8\xaa-\xac\xaf-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u203b\u203d-\u2048"
    "\u204a-\u205f\u20a0-\u20cf\u2100-\u2121\u2123-\u2138\u213a-\u2193\u21ab-\u2319\u2400-\u24c1\u2500-\u25a9"
    "\u3000-\u3029\u3041-\u3098\u309b-\u3296\u329a-\ua48c\uac00-\ud7a3\uff01-\uff9d"
)
"""Between two of these a cluster ends, but for CR and LF. Most texts have no others, and need no tables."""

_ALL_SIMPLE = re.compile(f"[{_SIMPLE}]*")


@cache
def _parts() -> re.Pattern[str]:
    # Compiled when it is needed: that takes 9 ms.
    return re.compile(
        f"[{_SIMPLE}]+(?=[{_SIMPLE}]|$)|[{_SIMPLE}]?[^{_SIMPLE}]+(?:[\uac00-\ud7a3][^{_SIMPLE}]*)*|[{_SIMPLE}]"
    )


_CONTROLS = (
    "\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e001f"
)
_FLAGS = "\U0001f1e6-\U0001f1ff"
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
# What Unicode counts as part of the character before it, without calling it a mark.
_EXTENDING = "\u0e33\u0eb3\u200c\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_LEADS, _VOWELS, _TAILS = (
    "\u1100-\u115f\ua960-\ua97c",
    "\u1160-\u11a7\ud7b0-\ud7c6",
    "\u11a8-\u11ff\ud7cb-\ud7fb",
)
_LAST_MARK = 0x1F000
_JOINS = re.compile(f"[{_EXTENDING}{_FLAGS}{_LEADS}{_VOWELS}{_TAILS}\u200d]")
_PICTURE = re.compile(f"[{_PICTURES}]")


def graphemes(text: str) -> Iterator[str]:
    """The characters of a text as a reader counts them; together they are the text."""
    if not is_simple(text) and any(map(_may_join, set(text))):
        yield from _clusters().findall(text)
    elif "\r\n" in text:
        yield from re.findall(r"\r\n|[\s\S]", text)
    else:
        yield from text


def is_simple(text: str) -> bool:
    """Whether each character of a text surely stands for itself, but for a carriage return in front of LF."""
    return text.isascii() or _ALL_SIMPLE.fullmatch(text) is not None


def parts(text: str) -> list[str]:
    """The text cut where a cluster ends for sure, into what is simple and what may not be."""
    return _parts().findall(text)


def is_picture(character: str) -> bool:
    """Whether a single character may be shown as an emoji."""
    return _PICTURE.match(character) is not None


@cache
def _may_join(character: str) -> bool:
    """Whether a character may be one with those beside it. Most texts with a picture have none of these."""
    return not character.isascii() and (
        unicodedata.category(character)[0] == "M" or _JOINS.match(character) is not None
    )


@cache
def _clusters() -> re.Pattern[str]:
    extend = f"[{_marks()}{_EXTENDING}\u200d]|(?<=\u200d)[{_PICTURES}]"
    hangul = f"[{_LEADS}]*[{_VOWELS}\uac00-\ud7a3][{_VOWELS}]*[{_TAILS}]*|[{_LEADS}]+|[{_TAILS}]+"
    return re.compile(f"\r\n|[{_CONTROLS}]|(?:[{_FLAGS}]{{2}}|{hangul}|[\\s\\S])(?:{extend})*")


def _marks() -> str:
    """The combining characters, as the inside of a class of a regular expression."""
    ranges: list[list[int]] = []
    for code in range(0x300, _LAST_MARK):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
