"""Slips on one line that YAML cannot read: which quotes, blanks or dashes to write. Knows no shape."""

from __future__ import annotations

import re

from attrs import frozen

_LONGEST_SHOWN = 60
_VALUE = re.compile(r":[ ]+(?=[^ ])")
_KEY = re.compile(r"[ ]+[\w.-]+[ ]*:(?: |$)")
_INDENTED_KEY = re.compile(r"[ ]+[\w.-]+")
_GLUED = re.compile(r"[ ]*(?:- +)?(?P<key>[\w.-]+):(?P<value>[^\s:/][^\n]*)")
_DASHED = re.compile(r"[ ]*-(?P<item>[^\s-][^\n]*)")
_ITEM = re.compile(r"[ ]*- ")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'(?!')")
_CURLY = "“”„‟«»\u2018\u2019\u201a\u201b"
_INDICATORS = "!&*%@`|>[]{},#?-:"
_NO_SPACES = re.compile(r"\S+: \S+")
_NO_BREAK = re.compile("[ ]*[\u00a0\u2007\u202f\u3000]")

# The parser takes time with the square of a tag's length.
_LONG_TAG = re.compile(r"(?<![^\s,\[\]{}:-])![^\s,\[\]{}]{20000}")
_BLOCK = re.compile(r"(?:^|[ ])[|>][-+0-9]*[ ]*(?:#.*)?$")


@frozen
class Line:
    """One line of a text, without its line break; `start` is where it begins, in characters from 0."""

    start: int
    text: str

    @property
    def indent(self) -> int:
        """The spaces in front."""
        return len(self.text) - len(self.text.lstrip(" "))


@frozen
class Value:
    """What stands behind the first `: ` of a line."""

    key: str
    start: int
    text: str


def line_at(text: str, index: int) -> Line:
    """The line of the character at `index`."""
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    return Line(start, text[start : end if end >= 0 else len(text)])


def line_near(text: str, index: int, most: int) -> Line | None:
    """The line, unless it has more than `most` characters before or behind `index`."""
    start = text.rfind("\n", max(index - most, 0), index) + 1
    end = text.find("\n", index, index + most)
    if end < 0 or (start == 0 and index > most):
        return None
    return Line(start, text[start:end])


def keyed(line: Line) -> Value | None:
    """The value of a line `key: value`."""
    match = _VALUE.search(line.text)
    if match is None:
        return None
    return Value(
        line.text[: match.start()].strip(" -"), line.start + match.end(), line.text[match.end() :].rstrip()
    )


def in_quotes(value: str) -> str:
    """What to do with a text that cannot stand as it does: the quotes to use, and how it looks in them."""
    inner = value
    closed = len(value) > 2 and value[0] == value[-1] and value[0] in "'\""
    if closed:
        inner = value[1:-1] if value[0] == '"' else value[1:-1].replace("''", "'")
    single = '"' in inner or "\\" in inner
    doubled = single and "'" in inner
    advice = f"put the whole text in {'single' if single else 'double'} quotes"
    if len(inner) <= _LONGEST_SHOWN and " #" not in inner:
        written = "'" + inner.replace("'", "''") + "'" if single else f'"{inner}"'
        advice += f", {written}"
    return f"{advice}, with '' for each ' in it" if doubled else advice


def explain_value(line: Line, index: int) -> tuple[str, str] | None:
    """Message and help where the value of `key: value` cannot be read at `index`."""
    value = keyed(line)
    # The colon of the key itself, or what stands before it: the value is not at fault.
    if value is None or index < value.start or "\t" in line.text[: index - line.start + 1]:
        return None
    first = value.text[0]
    if first in "'\"":
        quoted = _QUOTED.match(value.text)
        if quoted is None or index < value.start + quoted.end():
            return None
        return f"not valid YAML: text behind the closing quote {first}", in_quotes(value.text)
    explained = _explain_start(value)
    return _explain_colon(value) if explained is None and line.text[index - line.start] == ":" else explained


def _explain_start(value: Value) -> tuple[str, str] | None:
    """Message and help for a value that starts with a sign of YAML's own, or with what looks like a quote."""
    first, quotes = value.text[0], in_quotes(value.text)
    if first in _CURLY:
        last = value.text[-1]
        which = (
            f"{first} and {last} are no quotes"
            if last in _CURLY.replace(first, "")
            else f"{first} is no quote"
        )
        quotes = in_quotes(value.text.strip(_CURLY) or value.text).replace(" in ", " in straight ", 1)
        return f"not valid YAML: {which} in YAML", quotes
    if first in "|>":
        help = "write the text in the lines below, indented by two spaces; or "
        help += f"{quotes}, since a plain one cannot start with {first}"
        return f"not valid YAML: text behind {first}", help
    if first in "-?":
        message = f'not valid YAML: a text without quotes cannot start with "{first} "'
        why = "; a list starts in the next line" if first == "-" else ': a plain one cannot start with "? "'
        return message, f"{quotes}{why}"
    if first not in _INDICATORS:
        return None
    message = f"a text without quotes cannot start with {first}"
    if first in "[{":
        message = f"text behind what {first} opened"
    return f"not valid YAML: {message}", f"{quotes}: a plain one cannot start with {first}"


def _explain_colon(value: Value) -> tuple[str, str]:
    message, quotes = 'not valid YAML: a text without quotes cannot hold ": "', in_quotes(value.text)
    if "image" in value.key and _NO_SPACES.fullmatch(value.text):
        return message, f"delete the space behind the second colon, or {quotes}"
    return message, f'{quotes}: a plain one cannot hold ": "'


def explain_keyless(text: str, index: int) -> tuple[str, str]:
    """Message and help for a line without key and dash."""
    line = line_at(text, index)
    if no_break_space(line.text):
        return NO_BREAK_SPACE
    dashed = _DASHED.match(line.text)
    if dashed:
        item = _short(dashed["item"])
        return "not valid YAML: no blank behind the dash", f"write a dash and a blank: - {item}"
    glued = _GLUED.match(line.text)
    if glued:
        key, value = glued["key"], _short(glued["value"])
        return (
            f"not valid YAML: no space behind the colon of {_short(key)}",
            f"write a space behind the colon: {_short(key)}: {value}",
        )
    above = _above(text, line)
    if above is not None and _ITEM.match(above.text) and above.indent == line.indent:
        return (
            "not valid YAML: an item of a list without its dash",
            f"write a dash and a blank: - {_short(line.text.strip())}",
        )
    message = "not valid YAML: this line has no key, or no space behind the colon of its key"
    return message, "write key: value; text that belongs to the line above has to be indented"


def explain_indentation(text: str, line: Line, index: int) -> tuple[str, str] | None:
    """Message and help where a line does not stand as far in as the one above it."""
    if no_break_space(line.text):
        return NO_BREAK_SPACE
    above = _above(text, line)
    if above is None:
        return None
    before = text[line.start : index]
    if text[index] == ":" and _INDENTED_KEY.fullmatch(before) and above.indent < line.indent:
        message = "not valid YAML: this key stands further in than the key above"
        return message, "indent this key as far as the key above it"
    if line.text.lstrip(" ").startswith("* ") and _ITEM.match(above.text):
        return "not valid YAML: * is no dash", f"write a dash and a blank: - {_short(line.text.lstrip(' *'))}"
    return None if before.strip(" ") or above.indent <= line.indent else _explain_less(line, above)


def _explain_less(line: Line, above: Line) -> tuple[str, str] | None:
    """Message and help for a line that stands less far in than the one above."""
    what = "item" if _ITEM.match(f"{line.text} ") and _ITEM.match(above.text) else "key"
    if what == "key" and not (line.indent and _KEY.match(line.text) and _KEY.match(above.text)):
        return None
    return (
        f"not valid YAML: this {what} does not stand as far in as the {what} above",
        f"indent it as far as the {what} above, by {_spaces(above.indent)}",
    )


NO_BREAK_SPACE = (
    "not valid YAML: a no-break space in the indentation",
    "delete what stands before the text, and indent it with ordinary spaces",
)


def no_break_space(line: str) -> bool:
    """Whether a line is indented with spaces that are none for YAML."""
    return bool(_NO_BREAK.match(line))


def long_tag(text: str) -> int | None:
    """Where a tag of over 20,000 characters starts; in a block scalar it would be a text."""
    if "!" not in text or not _LONG_TAG.search(text):
        return None
    block: int | None = None
    start = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip(" ") and not (block is not None and indent > block):
            block = None
            match = _LONG_TAG.search(line)
            if match:
                return start + match.start()
            if _BLOCK.search(line[-200:]):
                block = len(line) - len(line.lstrip(" -"))
        start += len(line) + 1
    return None


def _above(text: str, line: Line) -> Line | None:
    """The next line above that is not blank."""
    end = len(text[: line.start].rstrip(" \n")) if line.start else 0
    return line_at(text, end - 1) if end else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"
