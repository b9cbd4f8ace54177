"""Specs of the usual form, right by that: commands and files with their attributes in the usual order.

Told by one expression, in a tenth of the time that reading and inspecting takes (GOSS-4).
"""

from __future__ import annotations

import re

_WORDS = r"(?!(?i:y|n|yes|no|on|off|true|false|null)(?:\n|:))"
_PLAIN = rf"{_WORDS}[A-Za-z/](?:[\w ./=-]{{0,200}}[\w./=-])?"
_ID = rf"  (?:{_PLAIN}|'(?:[ -&(-~]|''){{1,200}}'):\n"
_TEXT = rf"{_WORDS}[A-Za-z](?:[\w .,/=-]{{0,200}}[\w.,/=-])?"
_PATTERNS = rf"(?:      - (?:{_TEXT}|/(?:[\w ,=-]|\.\*?){{1,200}}/)\n)+"
_COMMAND = (
    rf"{_ID}(?:    exec: {_TEXT}\n)?    exit-status: (?:0|[1-9][0-9]{{0,2}})\n"
    rf"(?:    stdout:\n{_PATTERNS})?(?:    stderr:\n{_PATTERNS})?(?:    timeout: [1-9][0-9]{{3,6}}\n)?"
)
_FILE = (
    rf"{_ID}    exists: true\n(?:    mode: \"0[0-7]{{3}}\"\n)?"
    rf"(?:    filetype: (?:file|directory|symlink)\n)?(?:    contents:\n{_PATTERNS})?"
)
_COMMANDS, _FILES = rf"command:\n(?:{_COMMAND})+", rf"file:\n(?:{_FILE})+"
_USUAL = re.compile(rf"(?:{_COMMANDS}(?:{_FILES})?|{_FILES}(?:{_COMMANDS})?)\Z", re.ASCII)
_IDS = re.compile(r"^  ([^ \n].*):$", re.MULTILINE)


def is_usual(spec: str) -> bool:
    """Whether a spec is surely right; most others are right as well."""
    if not _USUAL.match(spec):
        return False
    ids = _IDS.findall(spec)
    return len(ids) == len({_text(id) for id in ids})


def _text(id: str) -> str:
    return id[1:-1].replace("''", "'") if id[0] == "'" else id
