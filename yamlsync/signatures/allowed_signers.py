"""The file of allowed signers, as ssh-keygen(1) describes it. It only explains: ssh-keygen decides."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from attrs import evolve, field, frozen

from yamlsync.signatures.moments import Moment, parse_moment
from yamlsync.signatures.wire import Wire

_BLANK = " \t\r\n"
_OPTION = re.compile(r'(?P<name>[A-Za-z-]+)(?:="(?P<value>(?:\\"|[^"])*)")?(?P<end>,|$)')
_WORD_END = re.compile(r'[ \t\r\n"]')
_KEY = re.compile(r"(?P<kind>[a-z0-9@.-]{1,64})[ \t]+(?P<data>[^ \t\r\n]+)")
_LONGEST_LINE = 64 * 1024
_LONGEST_PATTERN = 1023
_TIMES = ("valid-after", "valid-before")


@frozen
class Entry:
    """One line that has a key. `principals` and `namespaces` are patterns; None admits every namespace.

    `faulty` is a line whose options ssh-keygen refuses, as far as we can tell.
    """

    line: int
    principals: tuple[str, ...]
    key_type: str
    key: bytes = field(repr=False)
    cert_authority: bool = False
    namespaces: tuple[str, ...] | None = None
    valid_after: Moment | None = None
    valid_before: Moment | None = None
    faulty: bool = False


def read_allowed_signers(text: str) -> tuple[Entry, ...]:
    """The lines that have a key; what is none, ssh-keygen passes over too. Very long ones are left out."""
    return tuple(_entries(text))


def unreadable_lines(text: str) -> tuple[int, ...]:
    """The numbers of the lines that are meant to have a key, and in which none could be read."""
    known = {entry.line for entry in _entries(text)}
    return tuple(number for number, _ in _lines(text) if number not in known)


def matches(text: str, patterns: tuple[str, ...]) -> bool:
    """Whether a list of patterns admits the text: one of them matches, and none that begins with `!`."""
    if any(pattern.startswith("!") and _is_like(text, pattern[1:]) for pattern in patterns):
        return False
    return any(_is_like(text, pattern) for pattern in patterns if not pattern.startswith("!"))


def _entries(text: str) -> Iterator[Entry]:
    for number, line in _lines(text):
        entry = _entry(number, line) if len(line) <= _LONGEST_LINE else None
        if entry is not None:
            yield entry


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, whole in enumerate(text.split("\n"), start=1):
        # ssh-keygen reads a line as C does: up to NUL.
        line = whole.partition("\0")[0].lstrip(_BLANK)
        if line and not line.startswith("#"):
            yield number, line


def _entry(number: int, line: str) -> Entry | None:
    word = _first_word(line)
    if word is None:
        return None
    principals, rest = word
    key, options = _key(rest), ""
    if key is None:
        end = _end_of_options(rest)
        options, key = rest[:end], _key(rest[end:].lstrip(_BLANK))
    if key is None:
        return None
    return _with_options(Entry(number, tuple(principals.split(",")), *key), options)


def _first_word(line: str) -> tuple[str, str] | None:
    """The principals, and the rest of the line. A quote may begin anywhere in them, and ends them."""
    found = _WORD_END.search(line)
    if found is None:
        return None
    stop = end = found.start()
    if line[stop] == '"':
        end = line.find('"', stop + 1)
        if end < 0:
            return None
    return line[:stop] + line[stop + 1 : end], line[end + 1 :].lstrip(_BLANK)


def _key(text: str) -> tuple[str, bytes] | None:
    """The kind and the bytes of the key that `text` begins with: the bytes name their kind too."""
    found = _KEY.match(text)
    if found is None:
        return None
    try:
        data = base64.b64decode(found["data"], validate=True)
        return (found["kind"], data) if Wire(data).string() == found["kind"].encode() else None
    except ValueError:
        return None


def _end_of_options(text: str) -> int:
    within = False
    at = 0
    while at < len(text) and (within or text[at] not in " \t"):
        if text.startswith('\\"', at):
            at += 1
        elif text[at] == '"':
            within = not within
        at += 1
    return at


def _with_options(entry: Entry, options: str) -> Entry:
    faulty = evolve(entry, faulty=True)
    seen: dict[str, str] = {}
    at = 0
    while at < len(options):
        found = _OPTION.match(options, at)
        if found is None or (found["end"] == "," and found.end() == len(options)):
            return faulty
        name, value = found["name"].lower(), found["value"]
        if name == "cert-authority" and value is None:
            entry = evolve(entry, cert_authority=True)
            faulty = evolve(faulty, cert_authority=True)
        elif name in ("namespaces", *_TIMES) and value is not None and name not in seen:
            seen[name] = value.replace('\\"', '"')
        else:
            return faulty
        at = found.end()
    moments = {name: parse_moment(seen[name]) for name in _TIMES if name in seen}
    after, before = moments.get("valid-after"), moments.get("valid-before")
    if None in moments.values() or (after and before and before.seconds <= after.seconds):
        return faulty
    namespaces = tuple(seen["namespaces"].split(",")) if "namespaces" in seen else None
    return evolve(
        entry,
        namespaces=namespaces,
        valid_after=after,
        valid_before=before,
    )


def _is_like(text: str, pattern: str) -> bool:
    """Whether `text` matches a pattern with `*` and `?`, in time of no more than their product.

    ssh-keygen knows no longer patterns.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return False
    at = place = 0
    star, resume = -1, 0
    while at < len(text):
        if place < len(pattern) and pattern[place] == "*":
            star, resume = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in ("?", text[at]):
            at += 1
            place += 1
        elif star >= 0:
            # The last star takes one character more.
            resume += 1
            at, place = resume, star + 1
        else:
            return False
    return not pattern[place:].strip("*")
