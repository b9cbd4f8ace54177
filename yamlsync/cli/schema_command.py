"""`yamlsync schema NAME` (CLI-11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.database.schema import NEWEST, SCHEMAS
from yamlsync.schemas import diff, log, report, status, verification
from yamlsync.schemas.files import NAMES, schema_text

_TEXTS: Mapping[str, Callable[[], str]] = {
    **{name: partial(schema_text, name) for name in NAMES},
    "report": report.schema_text,
    "verification": verification.schema_text,
    "status": status.schema_text,
    "diff": diff.schema_text,
    "log": log.schema_text,
    "sql": lambda: SCHEMAS[NEWEST],
    "sql-1": lambda: SCHEMAS[1],
}
"""What can be printed, by name, in the order in which the names are listed."""


@click.command("schema")
@click.argument("name", metavar="NAME", type=click.Choice(tuple(_TEXTS)))
@click.pass_obj
def command(terminal: Terminal, name: str) -> int:
    """Print a schema: of a kind of file, for editors, or of the database.

    NAME is workshop, step, workshops or state, for a JSON Schema of such a YAML file; report, verification,
    status, diff or log, for one of what check, verify, status, diff or log print with --output-format json;
    sql, for the tables of the database, and sql-1, for those of schema 1.
    """
    for line in _TEXTS[name]().splitlines():
        terminal.result(line)
    return 0
