"""What git calls for each step that changed: the change on stdout, in git's own colours (GIT-60)."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping

import click

from yamlsync.printable import printable
from yamlsync.reporters.report import Style

_NOTHING = "/dev/null"
"""What git names on every system where a side has no file."""

_ARGUMENTS = 7
_COLORS: dict[str, dict[str, object]] = {"@": {"fg": "cyan"}, "-": {"fg": "red"}, "+": {"fg": "green"}}
_SAID = re.compile(r"'color\.(?:ui|diff)'?='?(\w+)'", re.IGNORECASE)


def show(arguments: tuple[str, ...]) -> None:
    """Prints what became of the file that git's arguments name; raises OSError where it cannot be read."""
    if len(arguments) < _ARGUMENTS:
        # In the middle of a merge no version is the old or the new one.
        for path in arguments[:1]:
            click.echo(f"* Unmerged path {printable(path)}")
        return
    # Imported late: a conflict needs nothing of this.
    import shutil

    from yamlsync.renditions.view import View
    from yamlsync.reporters.report import plain
    from yamlsync.step_diff import tell

    color = _wants_color(os.environ)
    columns = shutil.get_terminal_size().columns
    style: Style = click.style if color else plain  # type: ignore[assignment]
    view = View(width=columns, style=style, encoding=sys.stdout.encoding)
    old, new = _data(arguments[1]), _data(arguments[4])
    for line in _heads(arguments, is_new=old is None, is_gone=new is None):
        click.echo(style(line, bold=True), color=color)
    told = tell((arguments[7:8] or arguments)[0], old, new, view)
    for remark in told.remarks:
        click.echo(style(f"# {printable(remark)}", dim=True), color=color)
    if told.words:
        click.echo(told.words, color=color)
    for data in told.lines:
        # Byte for byte, as git has it, where a program may read it.
        click.echo(_seen(data) if color else data, nl=color, color=color)


def _heads(arguments: tuple[str, ...], *, is_new: bool, is_gone: bool) -> Iterator[str]:
    path, _, old_name, old_mode, _, new_name, new_mode, *renamed = arguments
    yield f"diff --git a/{printable(path)} b/{printable(renamed[0] if renamed else path)}"
    if is_new:
        yield f"new file mode {new_mode}"
    elif is_gone:
        yield f"deleted file mode {old_mode}"
    elif old_mode != new_mode:
        yield from (f"old mode {old_mode}", f"new mode {new_mode}")
    # How alike, and from where to where.
    for line in renamed[1].splitlines() if len(renamed) > 1 else ():
        if not line.startswith("index "):
            yield printable(line)
    yield f"index {old_name[:10]}..{new_name[:10]}"


def _data(path: str) -> bytes | None:
    if path == _NOTHING:
        return None
    with open(path, "rb") as file:
        return file.read()


def _seen(data: bytes) -> str:
    """A line of a diff in its colour, with nothing in it that a terminal would act on."""
    text = data.decode(errors="replace").removesuffix("\n").removesuffix("\r")
    shown = "".join(each if each.isprintable() or each == "\t" else "\ufffd" for each in text)
    colored: str = click.style(shown, **_COLORS.get(text[:1], {}))  # type: ignore[arg-type]
    return colored


def _wants_color(environment: Mapping[str, str]) -> bool:
    """What git's own settings say; those of `git -c` come in a variable, of which the last word counts."""
    said = [match[1].lower() for match in _SAID.finditer(environment.get("GIT_CONFIG_PARAMETERS", ""))]
    if said and said[-1] in ("always", "never", "false"):
        return said[-1] == "always"
    # Imported late, as above.
    from yamlsync.git.configuration import wants_color

    in_pager = environment.get("GIT_PAGER_IN_USE") in ("true", "1")
    return wants_color(os.curdir, is_shown=in_pager or (sys.stdout is not None and sys.stdout.isatty()))
