"""Colours for code: the one module that knows pygments (PRE-25)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST = 8_000
"""Characters of one block. What is longer is shown without colours: the expressions that read languages take
the square of a text's length where somebody wants them to, or more."""

_HARD = re.compile(r"[^\n]{201}|\s{101}")
"""Nor is what has a longer line, or more blanks on end."""

_LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "c": "c", "console": "console",
    "shell-session": "console", "cpp": "cpp", "css": "css", "diff": "diff", "docker": "docker",
    "dockerfile": "docker", "go": "go", "golang": "go", "hcl": "terraform", "terraform": "terraform",
    "html": "html", "xml": "xml", "ini": "ini", "javascript": "javascript",
    "js": "javascript",
    "json": "json", "make": "make", "makefile": "make", "patch": "diff", "powershell": "powershell",
    "properties": "properties", "python": "python", "py": "python", "rust": "rust", "sql": "sql",
    "toml": "toml", "ts": "typescript", "typescript": "typescript", "yaml": "yaml", "yml": "yaml",
}  # fmt: skip
"""The languages of courses by the words that stand behind a fence; a list of our own, since each is read by
expressions that a hostile text may meet. Java is left out, whose take minutes for some."""

_KINDS = (
    ("Comment", "comment"),
    ("Keyword", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Builtin", "name"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "name"),
    ("Name.Variable", "name"),
    ("Generic.Deleted", "old"),
    ("Generic.Inserted", "new"),
    ("Generic.Prompt", "comment"),
    ("Generic.Output", "output"),
)
"""pygments tells a hundred kinds apart; a page has few colours, each readable on light and dark paper."""


def highlighted(text: str, language: str) -> str:
    """The text escaped, with spans around what has a colour; none in a language that is not known here."""
    lexer = _lexer(_LANGUAGES.get(language.lower(), ""))
    if lexer is None or len(text) > _LONGEST or "\r" in text or _HARD.search(text):
        return str(escape(text))
    tokens = [(_kind(str(type)), value) for type, value in lexer.get_tokens(text)]
    if "".join(value for _, value in tokens) != text:
        return str(escape(text))
    made: list[str] = []
    for kind, value in tokens:
        escaped = str(escape(value))
        made.append(f'<span class="hl-{kind}">{escaped}</span>' if kind and value.strip() else escaped)
    return "".join(made)


@cache
def _lexer(name: str) -> Lexer | None:
    if not name:
        return None
    # Imported late: many texts have no code.
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@cache
def _kind(type: str) -> str:
    name = type.removeprefix("Token.")
    return next((kind for start, kind in _KINDS if name == start or name.startswith(f"{start}.")), "")
