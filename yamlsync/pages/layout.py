"""Templates → whole pages with their style inside: the one module that knows jinja2 (PRE-45, PRE-46)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from yamlsync.pages.anchors import step_anchor
from yamlsync.pages.graph import SIGNS
from yamlsync.pages.markdown import ODD, code, plain, render
from yamlsync.pages.ticks import ticks

_BASE = "page.css"
_FILTERS: Mapping[str, Callable[..., Any]] = {
    "anchor": step_anchor,
    "code": code,
    "markdown": render,
    "plain": plain,
    "ticks": ticks,
}


def write_page(
    template: str, context: Mapping[str, object], *, styles: Sequence[str] = (), script: str = ""
) -> str:
    """A whole page from `templates/` with `page.css` and more `styles`, all inline; it asks for nothing else.

    `script` is for the server of `preview --watch` alone: with one, the page may run it and ask its server.
    """
    style = "\n".join(_read("styles", name) for name in (_BASE, *styles))
    html = (
        _environment()
        .get_template(template)
        .render(
            **context,
            page_style=Markup(style),  # noqa: S704 - from this package
            page_script=Markup(script),  # noqa: S704 - from this package
            page_policy=policy(style, script),
        )
    )
    return ODD.sub("\ufffd", html)


def policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy of a page: its own style, and nothing else from anywhere."""
    parts = ["default-src 'none'", f"style-src '{_hash(style)}'", "img-src data:"]
    if script:
        parts += [f"script-src '{_hash(script)}'", "connect-src 'self'"]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: _read("templates", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= _FILTERS
    environment.globals["signs"] = SIGNS
    return environment


@cache
def _read(folder: str, name: str) -> str:
    # As a resource: a wheel need not be unpacked. Line ends are ours, or the style would not have its hash.
    text = files(__package__).joinpath(folder, name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
