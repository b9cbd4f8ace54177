"""Ids as file names that every file system can hold and tell apart (LAY-20 to LAY-25)."""

from __future__ import annotations

import re

LIMIT = 200
"""Bytes of a name; longer ones are cut and end in a hash. Leaves room for `.yaml` below 255."""

_KEPT = 150
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_-]*\Z")


def file_name(id: str) -> str:
    """The name, without suffix, of the file or folder that holds the step, workshop or workspace `id`.

    Different ids have different names, also where capitals do not count (Windows, macOS).
    """
    if _PLAIN.match(id) and len(id) <= LIMIT and not _RESERVED.match(id):
        return id
    if not id:
        return "%"
    units = [unit for character in id for unit in _spelling(character)]
    if units[0] in ".-":
        units[0] = _escape(units[0])
    if units[-1] == ".":
        units[-1] = _escape(".")
    name = "".join(units)
    if _RESERVED.match(name.partition(".")[0]):
        units[0] = _escape(units[0])
        name = "".join(units)
    if len(name) <= LIMIT:
        return name
    # Imported late: few ids are that long.
    import hashlib

    return f"{_cut(units)}%~{hashlib.sha256(id.encode()).hexdigest()[:32]}"


def _spelling(character: str) -> list[str]:
    if character.isascii() and (character.islower() or character.isdigit() or character in "-_."):
        return [character]
    if character.isascii() and character.isupper():
        return [f"!{character.lower()}"]
    return [_escape_byte(byte) for byte in character.encode()]


def _escape(character: str) -> str:
    return "".join(_escape_byte(byte) for byte in character.encode())


def _escape_byte(byte: int) -> str:
    return f"%{byte:02x}"


def _cut(units: list[str]) -> str:
    """The first 150 bytes, ending before an escape that would be split."""
    kept = ""
    for unit in units:
        if len(kept) + len(unit) > _KEPT:
            break
        kept += unit
    return kept
