"""The anchors of steps: any id as a fragment of its own (PRE-40)."""

from __future__ import annotations

import re

_FREE = re.compile(r"[^A-Za-z0-9.-]")


def step_anchor(step_id: str) -> str:
    """The `id` of a step's section, and what stands behind `#` in a link to it.

    Letters, digits, `-` and `.` stay; each byte of all else is `_` and two hexadecimal digits, so that two
    ids never share an anchor, and nothing need be escaped in HTML, in a URL or in a selector's quotes.
    """
    return "step-" + _FREE.sub(_escape, step_id)


def _escape(match: re.Match[str]) -> str:
    return "".join(f"_{byte:02x}" for byte in match[0].encode("utf-8", "surrogatepass"))
