"""Two values, before and after → HTML with what differs marked, and what is not seen told (DIF-73)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup, escape

from yamlsync.pages.safe import SafeHtml
from yamlsync.wording.columns import safe
from yamlsync.wording.words import Run, runs

_MOST = 100_000
"""Characters of both values. Longer ones are shown without marks."""

_TAGS: dict[str, str] = {"deleted": "del", "inserted": "ins"}
_SIGNS = str.maketrans({" ": "·", "\t": "→", "\n": "⏎\n", "\r": "␍"})


_PLAIN = re.compile("[\t\n -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u27ff]*")
"""What is seen as it is, in most texts: it need not be looked at character by character."""


def mark_values(old: str, new: str) -> tuple[SafeHtml, SafeHtml]:
    """Both values with their differences marked; line ends stay, what nobody sees is escaped."""
    if len(old) + len(new) > _MOST:
        return show_value(old), show_value(new)
    found = runs(old, new)
    return mark_runs(found, "deleted"), mark_runs(found, "inserted")


def mark_runs(found: Iterable[Run], act: Literal["deleted", "inserted"]) -> SafeHtml:
    """One side of some runs: what was kept, and marked what `act` says."""
    return Markup("").join(_shown(run) for run in found if run.act in ("kept", act))


def show_value(text: str) -> SafeHtml:
    """A value without marks."""
    if _PLAIN.fullmatch(text):
        return escape(text)
    return escape("\n".join(map(_safe, text.split("\n"))))


def _shown(run: Run) -> Markup:
    if run.act == "kept":
        return show_value(run.text)
    tag, how, html = _TAGS[run.act], "", show_value(run.text)
    if run.is_unseen:
        how, html = ' class="unseen"', escape("\n".join(map(safe, run.text.translate(_SIGNS).split("\n"))))
    # Put together by itself: `Markup.format` takes many times as long, and of marks there are many.
    return Markup(f"<{tag}{how}>{html}</{tag}>")  # noqa: S704 - a tag of ours around what is escaped


def _safe(line: str) -> str:
    return "\t".join(map(safe, line.split("\t")))
