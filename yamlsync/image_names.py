"""Texts made fit to be parts of the name of a container image (AUT-3, AUT-26)."""

from __future__ import annotations

import re
from unicodedata import normalize

_MOST = 128
"""Characters of a tag."""

_LABEL = 63
"""Characters of a repository's part: with 64, one of hexadecimal digits would be a hash."""


def fit_for_tag(text: str) -> str:
    """A text as a tag: itself where it is one, else its letters and digits with `-` between them."""
    if re.fullmatch(rf"[A-Za-z0-9_][A-Za-z0-9_.-]{{0,{_MOST - 1}}}", text):
        return text
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", _ascii(text)).strip("-.")[:_MOST] or "step"


def fit_for_repository(text: str) -> str:
    """A text as a repository, or any name that is to give no trouble: small letters, digits and `-`."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-")[:_LABEL].rstrip("-") or "workshop"


def _ascii(text: str) -> str:
    """A text without the marks above and below its letters, as far as that leaves ASCII."""
    return normalize("NFKD", text).encode("ascii", "ignore").decode()
