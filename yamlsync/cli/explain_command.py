"""`yamlsync explain [CODE]` (CLI-10)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import quoted
from yamlsync.rules.families import family
from yamlsync.rules.manual import Example, Heading, Prose, read_manual
from yamlsync.rules.registry import Rule, codes, rule

_WIDTH = 80
_COLORS = {"error": "red", "warning": "yellow", "hint": "cyan"}
_ITEM = re.compile(r"\n(?=- )")
_BY_HAND = re.compile(r"^(?: {4}|\|)", re.MULTILINE)


def _completed(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    return [code for code in codes() if code.startswith(incomplete.upper())]


@click.command("explain")
@click.argument("code", required=False, default="", shell_complete=_completed)
@click.pass_obj
def command(terminal: Terminal, code: str) -> int:
    """Tell what a finding means, why it matters and what to do.

    CODE is that of a finding, such as YS204. The beginning of a code, such as YS2, lists the codes that
    begin with it; without CODE, all are listed.
    """
    wanted = code.strip().upper()
    found = [each for each in codes() if each.startswith(wanted)]
    if not found:
        help = did_you_mean(wanted, codes(), "yamlsync explain lists all codes")
        raise OperationError(f"there is no rule {quoted(code)}", help)
    lines = _manual(rule(wanted), terminal) if wanted in found else _list(found, terminal)
    terminal.report("\n".join(lines))
    return 0


def _list(found: Iterable[str], terminal: Terminal) -> Iterator[str]:
    """A line for each code, below a heading for each family."""
    for number, (heading, members) in enumerate(groupby(found, family)):
        if number:
            yield ""
        yield terminal.style_result(heading, bold=True)
        for code in members:
            each = rule(code)
            severity = terminal.style_result(f"{each.SEVERITY:<7}", fg=_COLORS[each.SEVERITY])
            yield f"  {code}  {severity}  {read_manual(each.__doc__ or '').title}"


def _manual(found: Rule, terminal: Terminal) -> Iterator[str]:
    """A rule's manual: a heading, its prose, and its examples."""
    manual = read_manual(found.__doc__ or "")
    mended = " (yamlsync check --fix mends it)" if getattr(found, "FIXABLE", False) else ""
    severity = terminal.style_result(found.SEVERITY, fg=_COLORS[found.SEVERITY], bold=True)
    title = terminal.style_result(manual.title, bold=True)
    yield f"{terminal.style_result(found.ID, bold=True)} {severity}: {title}{mended}"
    for part in manual.parts:
        yield ""
        match part:
            case Prose(text):
                yield _folded(text)
            case Heading(_, text):
                yield terminal.style_result(text, bold=True)
            case Example(_, text):
                yield textwrap.indent(text, "    ").removesuffix("\n")


def _folded(text: str) -> str:
    """A paragraph or a list in lines that a terminal has room for; what is laid out by hand stays so."""
    if _BY_HAND.search(text):
        return text
    items = [" ".join(item.split()) for item in _ITEM.split(text)]
    return "\n".join(
        textwrap.fill(
            item,
            _WIDTH,
            subsequent_indent="  " if item.startswith("- ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for item in items
    )
