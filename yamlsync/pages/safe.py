"""The type of HTML that may stand in a page as it is; a template escapes all else."""

from __future__ import annotations

from typing import TypeAlias

from markupsafe import Markup

SafeHtml: TypeAlias = Markup
"""Made by this package alone: nobody else turns a text into one."""
