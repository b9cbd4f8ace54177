"""What is signed: a short text that says which workshop it is, and what it says (SIG-10 to SIG-14)."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from attrs import frozen

from yamlsync.digest import PREFIX
from yamlsync.records import Contents

_FIRST = "yamlsync statement 1"
_TEXT = r'"(?:[^"\\\x00-\x1f\x7f-\U0010ffff]++|\\(?:["\\bfnrt]|u[0-9a-f]{4}))*"'
_FORM = re.compile(
    rf"{_FIRST}\n"
    rf"((?:workshop {_TEXT}\nversion {_TEXT}\n)+)"
    rf"content ({PREFIX}[0-9a-f]{{64}})\n"
    r"(?:commit ([0-9a-f]{40}|[0-9a-f]{64})\n)?\Z"
)
_PAIR = re.compile(rf"workshop ({_TEXT})\nversion ({_TEXT})\n")
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST = 1 << 20


@frozen
class Statement:
    """The workshops by id and version, in the order of their ids; the content digest; the source commit."""

    workshops: tuple[tuple[str, str], ...]
    content_digest: str
    source_commit: str | None = None

    def __str__(self) -> str:
        lines = [_FIRST]
        for id, version in self.workshops:
            lines += [f"workshop {_quoted(id)}", f"version {_quoted(version)}"]
        lines.append(f"content {self.content_digest}")
        if self.source_commit is not None:
            lines.append(f"commit {self.source_commit}")
        return "\n".join(lines) + "\n"


def statement_of(contents: Contents, content_digest: str, source_commit: str | None) -> Statement:
    """What is to be said of contents with this digest."""
    workshops = tuple((workshop.id, workshop.version) for workshop in contents.workshops)
    return Statement(workshops, content_digest, source_commit)


def parse_statement(text: str) -> Statement | None:
    """What a statement says; None for a text that is none, or that is spelled in another way."""
    match = _FORM.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    pairs = tuple((json.loads(id), json.loads(version)) for id, version in _PAIR.findall(match[1]))
    found = Statement(pairs, match[2], match[3])
    return found if str(found) == text and _could_be(pairs) else None


def _could_be(pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether workshops could be those of contents: each once and in order, and no half characters."""
    in_order = all(before[0] < after[0] for before, after in pairwise(pairs))
    return in_order and not any(_HALF.search(text) for pair in pairs for text in pair)


def _quoted(text: str) -> str:
    """A text in one line of ASCII, as JSON spells it."""
    return json.dumps(text)
