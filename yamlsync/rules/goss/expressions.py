"""Regular expressions as goss takes them: what its engine certainly refuses (GOSS-32). In doubt, nothing."""

from __future__ import annotations

import re

from yamlsync.printable import shortened

_USUAL_CHARACTER = r"""[\w /:=,;'"<>@\#%&~`!.-]|\\[dDsSwWbB.\\/$^*+?|()\[\]{}-]"""
_USUAL_CLASS = r"\[\^?(?:0-9|a-z|A-Z|[\w .:/])+\]"
_USUAL = re.compile(rf"\^?(?:(?:{_USUAL_CHARACTER}|{_USUAL_CLASS})[*+?]?)*\$?")
"""Most patterns: plain characters and the usual escapes and classes, each perhaps repeated."""
_ESCAPED_LETTERS = frozenset("AabBdDfnrsStvwWz")
_SETS = frozenset("dDsSwWpP")
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_REPEATED = re.compile(r"\{(0|[1-9][0-9]*)(?:,(0|[1-9][0-9]*)?)?\}")
"""Numbers with zeros in front make no repetition: Go takes the characters as they stand."""
_FLAGS = re.compile(r"\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)[:)]|\?[:)]")
_NAMED = re.compile(r"\?P?<[0-9A-Za-z_]+>")
_CODE = re.compile(r"x(?:([0-9a-fA-F]{2})|\{0*([0-9a-fA-F]{1,6})\})|(0[0-7]{0,2}|[1-7][0-7]{1,2})")
_LAST_CODE = 0x10FFFF
_PROPERTY = re.compile(r"[pP](?:\{\^?\w+\}|\w)")
_CLASS_NAMES = frozenset(
    (
        *("alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph"),
        *("lower", "print", "punct", "space", "upper", "word", "xdigit"),
    )
)
_MOST_REPETITIONS = 1000
_PARENTHESES = "close each ( with a ), and write \\( for the character"
_NO_LOOK_AROUND = "match the line as it is; a pattern that starts with ! says what no line may match"


def fault(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern, and what to do; None where it is right, or nobody can be sure."""
    return None if _USUAL.fullmatch(pattern) else _Scan(pattern).run()


class _Scan:
    """One pass over a pattern: groups, classes, escapes and repetitions."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.index = 0
        self.depth = 0
        self.repeatable = False
        self.repeated = False
        self.copies = 1
        """How often what stands before this place holds its innermost part."""
        self.most_copies = [1]
        """The greatest number of copies in the whole, and in each group that is open."""
        self.last_name_end = pattern.rfind(":]")

    def run(self) -> tuple[str, str] | None:
        while self.index < len(self.pattern):
            found = self._step(self.pattern[self.index])
            if found is not None:
                return found
        return ("a ( that is not closed", _PARENTHESES) if self.depth else None

    def _step(self, character: str) -> tuple[str, str] | None:
        special = {"(": self._group, ")": self._close, "|": self._or, "\\": self._escape, "[": self._class}
        if character in special:
            return special[character]()
        if character in "*+?":
            return self._repeat(1, character)
        if character == "{" and (match := _REPEATED.match(self.pattern, self.index)):
            return self._count(match)
        self._atom(1)
        return None

    def _close(self) -> tuple[str, str] | None:
        if not self.depth:
            return "a ) that closes nothing", _PARENTHESES
        self.depth -= 1
        self._atom(1)
        self.copies = self.most_copies.pop()
        self._count_copies(1)
        return None

    def _or(self) -> None:
        self.index += 1
        self.repeatable = self.repeated = False

    def _atom(self, length: int) -> None:
        self.index += length
        self.repeatable, self.repeated = True, False
        self.copies = 1

    def _count_copies(self, times: int) -> bool:
        """Whether what stands before this place, so many times, is few copies enough."""
        self.copies *= times
        self.most_copies[-1] = max(self.most_copies[-1], self.copies)
        return self.copies <= _MOST_REPETITIONS

    def _group(self) -> tuple[str, str] | None:
        rest = self.index + 1
        if self.pattern[rest : rest + 1] != "?":
            self._open(rest)
            return None
        match = _FLAGS.match(self.pattern, rest) or _NAMED.match(self.pattern, rest)
        if match is None:
            opening = self.pattern[rest : rest + 3]
            if opening.startswith(("?=", "?!")):
                return f"({opening[:2]} is a look-ahead, which goss does not have", _NO_LOOK_AROUND
            if opening.startswith(("?<=", "?<!")):
                return f"({opening} is a look-behind, which goss does not have", _NO_LOOK_AROUND
            if opening.startswith(("?>", "?#", "?|", "?(", "?R", "?P=", "?P>", "?*", "?+")):
                return f"({opening[:2]} does not exist in the expressions of goss", "leave it out"
            return (
                "(? with something that does not exist behind it",
                "write (?: for a group, or \\( for the character",
            )
        if match.group().endswith(")"):
            # Flags for all that follows: no group, and what stands before it can still be repeated.
            self.index, self.repeated = match.end(), False
        else:
            self._open(match.end())
        return None

    def _open(self, index: int) -> None:
        self.index, self.depth = index, self.depth + 1
        self.most_copies.append(1)
        self.repeatable = self.repeated = False

    def _repeat(self, length: int, shown: str) -> tuple[str, str] | None:
        if self.repeated:
            return f"{shown} behind another repetition", "leave one of the two out, or put the first in ( )"
        if not self.repeatable:
            return f"{shown} with nothing before it to repeat", f"write \\{shown[0]} for the character"
        self.index += length
        if self.pattern[self.index : self.index + 1] == "?":
            self.index += 1
        self.repeated = True
        return None

    def _count(self, match: re.Match[str]) -> tuple[str, str] | None:
        # Without zeros in front, what has more than nine digits is too much as it is.
        least, most = int(match[1][:9]), int(match[2][:9]) if match[2] else None
        if max(least, most or 0) > _MOST_REPETITIONS:
            return f"{match[0][:20]} repeats more than {_MOST_REPETITIONS} times", "write + or * instead"
        if most is not None and most < least:
            return f"{match[0]} has its bounds the wrong way round", f"write {{{most},{least}}}"
        found = self._repeat(len(match[0]), match[0])
        times = least if most is None else most
        if found is None and not self._count_copies(0 if most == 0 else max(times, 1)):
            message = f"{match[0]} repeats another repetition, together more than {_MOST_REPETITIONS} times"
            return message, "write + or * for one of the two"
        return found

    def _escape(self) -> tuple[str, str] | None:
        if self.pattern.startswith("\\Q", self.index):
            end = self.pattern.find("\\E", self.index + 2)
            length = (end + 2 if end >= 0 else len(self.pattern)) - self.index
            if length > (4 if end >= 0 else 2):
                self._atom(length)
            else:
                self.index += length
            return None
        found = self._escaped()
        if isinstance(found, str):
            self._atom(len(found))
            return None
        return found

    def _escaped(self, *, in_class: bool = False) -> str | tuple[str, str]:
        """The escape that stands here, or what is wrong with it."""
        character = self.pattern[self.index + 1 : self.index + 2]
        found = self._numbered(character) if character and character in "pPx01234567" else None
        return found or _unknown(character, in_class=in_class) or f"\\{character}"

    def _numbered(self, character: str) -> str | tuple[str, str] | None:
        """An escape by a number or a name, or what is wrong with it; None for a reference to a group."""
        pattern = _PROPERTY if character in "pP" else _CODE
        match = pattern.match(self.pattern, self.index + 1)
        fits = match is not None and (character != "x" or int(match[1] or match[2], 16) <= _LAST_CODE)
        if match is not None and fits:
            return f"\\{match.group()}"
        if character.isdecimal():
            return None
        return f"\\{character} with nothing that fits behind it", f"write \\\\{character}, or complete it"

    def _class(self) -> tuple[str, str] | None:
        start = self.index
        self.index += 1
        if self.pattern.startswith("^", self.index):
            self.index += 1
        first = True
        while first or not self.pattern.startswith("]", self.index):
            if self.index >= len(self.pattern):
                self.index = start
                return "a [ that is not closed", "close it with ], or write \\[ for the character"
            found = self._in_class()
            if found is not None:
                return found
            first = False
        self._atom(1)
        return None

    def _in_class(self) -> tuple[str, str] | None:
        """A name, an escape for several characters, a character, or a range from one to another."""
        if self.pattern.startswith("[:", self.index) and self.last_name_end >= self.index + 2:
            return self._class_name()
        low = self._in_range()
        if not isinstance(low, str):
            return low
        behind = self.pattern[self.index : self.index + 2]
        if _is_set(low) or behind[:1] != "-" or behind in ("-", "-]"):
            return None
        self.index += 1
        high = self._in_range()
        return _not_a_range(low, high) if isinstance(high, str) else high

    def _class_name(self) -> tuple[str, str] | None:
        end = self.pattern.index(":]", self.index + 2)
        name = self.pattern[self.index + 2 : end]
        if name.removeprefix("^") not in _CLASS_NAMES:
            message = f"[:{shortened(name, 20)}:] is no class that goss knows"
            return message, f"write one of {', '.join(sorted(_CLASS_NAMES))}"
        self.index = end + 2
        return None

    def _in_range(self) -> str | tuple[str, str]:
        """The character or escape that stands here in a class, which is passed by."""
        found: str | tuple[str, str] = self.pattern[self.index]
        if found == "\\":
            found = self._escaped(in_class=True)
        if isinstance(found, str):
            self.index += len(found)
        return found


def _unknown(character: str, *, in_class: bool) -> tuple[str, str] | None:
    """What is wrong with a backslash and what stands behind it, if anything is."""
    if not character:
        return "a backslash at the end", "write \\\\ for the character"
    if character in "123456789":
        return f"\\{character} refers back to a group, which goss cannot do", "write the text out"
    if in_class and character in "AbBz":
        message = f"\\{character} is a place in the text, and no character that a class could have"
        return message, f"write \\{character} outside of the brackets"
    if not character.isascii() or (character.isalnum() and character not in _ESCAPED_LETTERS):
        message = f"\\{character} does not exist in the expressions of goss"
        return message, f"write {character}, or \\\\{character}"
    return None


def _is_set(character: str) -> bool:
    """Whether an escape stands for many characters."""
    return len(character) > 1 and character[1] in _SETS


def _not_a_range(low: str, high: str) -> tuple[str, str] | None:
    """What is wrong with two characters, or escapes, as the ends of a range."""
    said = shortened(f"{low}-{high}", 20)
    if _is_set(high):
        return f"{said} is no range: it ends in many characters", "write the - at the end of the class"
    if _code(low) > _code(high):
        return (
            f"{said} is a range that runs backwards",
            "swap its ends, or write the - at the end of the class",
        )
    return None


def _code(character: str) -> int:
    """The number of a character, which may be written as an escape."""
    if len(character) == 1:
        return ord(character)
    code = _CODE.fullmatch(character, 1)
    if code is None:
        return ord(_CONTROLS.get(character[1], character[1]))
    return int(code[3], 8) if code[3] else int(code[1] or code[2], 16)
