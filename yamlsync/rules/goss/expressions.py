"""Regular expressions as goss takes them: what its engine certainly refuses (GOSS-32). In doubt, nothing."""

from __future__ import annotations

import re

_USUAL_CHARACTER = r"""[\w /:=,;'"<>@\#%&~`!.-]|\\[dDsSwWbB.\\/$^*+?|()\[\]{}-]"""
_USUAL_CLASS = r"\[\^?(?:0-9|a-z|A-Z|[\w .:/])+\]"
_USUAL = re.compile(rf"\^?(?:(?:{_USUAL_CHARACTER}|{_USUAL_CLASS})[*+?]?)*\$?")
"""Most patterns: plain characters and the usual escapes and classes, each perhaps repeated."""
_ESCAPED_LETTERS = frozenset("AabBdDfnrQEsStvwWxzpP01234567")
_REPEATED = re.compile(r"\{(0|[1-9][0-9]*)(?:,(0|[1-9][0-9]*)?)?\}")
"""Numbers with zeros in front make no repetition: Go takes the characters as they stand."""
_FLAGS = re.compile(r"\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)[:)]|\?[:)]")
_NAMED = re.compile(r"\?P?<[0-9A-Za-z_]+>")
_HEX = re.compile(r"x(?:[0-9a-fA-F]{2}|\{[0-9a-fA-F]+\})")
_PROPERTY = re.compile(r"[pP](?:\{\^?\w+\}|\w)")
_CLASS_NAME = re.compile(r"\[:\^?[a-z]+:\]")
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
        return None

    def _or(self) -> None:
        self.index += 1
        self.repeatable = self.repeated = False

    def _atom(self, length: int) -> None:
        self.index += length
        self.repeatable, self.repeated = True, False

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
        least, most = int(match[1][:9]), match[2]
        if max(least, int((most or "0")[:9])) > _MOST_REPETITIONS:
            return f"{match[0][:20]} repeats more than {_MOST_REPETITIONS} times", "write + or * instead"
        if most and int(most) < least:
            return f"{match[0]} has its bounds the wrong way round", f"write {{{int(most)},{least}}}"
        return self._repeat(len(match[0]), match[0])

    def _escape(self) -> tuple[str, str] | None:
        length = self._escaped()
        if isinstance(length, int):
            self._atom(length)
            return None
        return length

    def _escaped(self) -> int | tuple[str, str]:
        """How long the escape is that stands here, or what is wrong with it."""
        character = self.pattern[self.index + 1 : self.index + 2]
        if character == "Q":
            end = self.pattern.find("\\E", self.index + 2)
            return (end + 2 if end >= 0 else len(self.pattern)) - self.index
        if character in ("", "8", "9") or (
            character in "1234567" and self.pattern[self.index + 2 : self.index + 3] not in tuple("01234567")
        ):
            if not character:
                return "a backslash at the end", "write \\\\ for the character"
            return f"\\{character} refers back to a group, which goss cannot do", "write the text out"
        return self._letter(character)

    def _letter(self, character: str) -> int | tuple[str, str]:
        for start, rule in (("x", _HEX), ("pP", _PROPERTY)):
            if character in start:
                match = rule.match(self.pattern, self.index + 1)
                if match is None:
                    return (
                        f"\\{character} with nothing that fits behind it",
                        f"write \\\\{character}, or complete it",
                    )
                return match.end() - self.index
        if not character.isascii() or (character.isalnum() and character not in _ESCAPED_LETTERS):
            return (
                f"\\{character} does not exist in the expressions of goss",
                f"write {character}, or \\\\{character}",
            )
        return 2

    def _class(self) -> tuple[str, str] | None:
        start = self.index
        self.index += 1
        if self.pattern[self.index : self.index + 1] == "^":
            self.index += 1
        first = True
        while self.index < len(self.pattern):
            character = self.pattern[self.index]
            if character == "]" and not first:
                self._atom(1)
                return None
            first = False
            name = _CLASS_NAME.match(self.pattern, self.index) if character == "[" else None
            if name is not None:
                self.index = name.end()
            elif character == "\\":
                length = self._escaped()
                if not isinstance(length, int):
                    return length
                self.index += length
            else:
                self.index += 1
        self.index = start
        return "a [ that is not closed", "close it with ], or write \\[ for the character"
