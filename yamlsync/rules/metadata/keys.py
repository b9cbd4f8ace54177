"""The keys of a step's metadata that have a meaning, and the forms of their values (META-1 to META-7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from yamlsync.printable import shown

DIFFICULTIES = ("easy", "medium", "hard")

SERIES = ("hint", "objective")
"""Keys that come with numbers: hint.1, hint.2."""

_SHOWN = 40
"""Characters of a value that a message quotes."""

_CLOSED = frozenset(("difficulty", "duration", "optional"))
_NUMBERED = re.compile(rf"({'|'.join(SERIES)})\.([0-9]+)\Z")
_DURATION = re.compile(r"(?:[1-9][0-9]{0,2}m|[1-9][0-9]?h(?:[1-9]m|[1-5][0-9]m)?)\Z")
_LONG_DURATION = re.compile(
    r"\s*(?:pt)?\s*(?:(?P<h>[0-9]{1,2})\s*(?:h|hrs?|hours?|:))?\s*(?:(?P<m>[0-9]{1,3})\s*(?:m|min|mins|minutes?|')?)?\.?\s*\Z",
    re.IGNORECASE,
)


@frozen
class Wrong:
    """What is wrong with a value, and what to write instead."""

    message: str
    help: str


@frozen
class Numbered:
    """A key of a series: its name, and its number as it is written."""

    key: str
    name: str
    digits: str


def numbered(keys: Iterable[str]) -> list[Numbered]:
    """Those of a step's keys that belong to a series, in their order (REC-5)."""
    matches = (_NUMBERED.match(key) for key in keys if "." in key)
    return [Numbered(match[0], match[1], match[2]) for match in matches if match]


def wrong_form(key: str, value: str) -> Wrong | None:
    """What is wrong with the value of a key; None for other keys, whose values are free."""
    if key in SERIES:
        return None  # Without a number it is no key of the series.
    form = FORMS.get(key.partition(".")[0] if _NUMBERED.match(key) else key)
    return form(value) if form else None


def is_closed(key: str) -> bool:
    """Whether the values of a key are of a form in which no text can be missing at the end."""
    return key in _CLOSED


def _text(value: str) -> Wrong | None:
    return None if value.strip() else Wrong("it is blank", "write a text, or delete the key")


def _line(value: str) -> Wrong | None:
    if "\n" in value.strip():
        return Wrong("it has several lines", "write it on one line")
    return _text(value)


def _difficulty(value: str) -> Wrong | None:
    if value in DIFFICULTIES:
        return None
    bare = value.strip().casefold()
    help = (
        f"write {bare}"
        if bare in DIFFICULTIES
        else f"write {', '.join(DIFFICULTIES[:-1])} or {DIFFICULTIES[-1]}"
    )
    return Wrong(f"{shown(value, _SHOWN)} is no difficulty", help)


def _duration(value: str) -> Wrong | None:
    if _DURATION.match(value):
        return None
    help = "write hours and minutes, such as 25m, 1h or 1h30m"
    if len(value) < 40 and (read := _LONG_DURATION.match(value)) and (read["h"] or read["m"]):
        minutes = int(read["h"] or 0) * 60 + int(read["m"] or 0)
        if 0 < minutes < 100 * 60:
            hours, rest = divmod(minutes, 60)
            help = f"write {minutes}m" if not hours else f"write {hours}h{f'{rest}m' if rest else ''}"
    return Wrong(f"{shown(value, _SHOWN)} is no duration", help)


def _optional(value: str) -> Wrong | None:
    if value in ("true", "false"):
        return None
    return Wrong(f"{shown(value, _SHOWN)} is neither true nor false", 'write "true" or "false", in quotes')


def _tags(value: str) -> Wrong | None:
    if len(value) <= 1_000 and _is_list(value):
        return None
    return Wrong(
        f"{shown(value, _SHOWN)} is no list of words", "write words with commas between them: kubectl, pods"
    )


def _is_list(value: str) -> bool:
    return "\n" not in value and all(part.strip() for part in value.split(","))


FORMS: Mapping[str, Callable[[str], Wrong | None]] = {
    "difficulty": _difficulty,
    "duration": _duration,
    "explain": _text,
    "group": _line,
    "hint": _text,
    "objective": _text,
    "optional": _optional,
    "solve": _text,
    "tags": _tags,
}
"""The check of each key's value; `hint` and `objective` stand for their series."""
