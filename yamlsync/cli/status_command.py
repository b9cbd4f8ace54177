"""`yamlsync status DB DIR` (STA-10 to STA-14)."""

from __future__ import annotations

import json

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.status_advice import advice
from yamlsync.cli.terminal import Terminal
from yamlsync.printable import first_of, quoted
from yamlsync.status import Field, PartStatus, Status, status
from yamlsync.synchrony import State

_WORDS = {
    State.IN_SYNC: "in sync",
    State.DATABASE_AHEAD: "database ahead",
    State.YAML_AHEAD: "YAML ahead",
    State.BOTH_CHANGED: "both changed",
    State.UNKNOWN: "differs",
}
_UNKNOWN = "they differ, and nothing tells which changed"
_STRANGERS = "they are two different workshops"


@click.command("status")
@click.argument("database", metavar="DB", type=click.Path())
@click.argument("directory", metavar="DIR", type=click.Path())
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="How the answer is told."
)
@click.pass_obj
def command(terminal: Terminal, database: str, directory: str, output_format: str) -> int:
    """Tell whether DB or the YAML in DIR has changed since both said the same, step by step.

    Exits with 1 unless they are in sync. Students' progress is not looked at, and nothing is written.
    """
    found = status(database, directory)
    if found.state is None:
        for problems, root in ((found.of_database, ""), (found.of_directory, directory)):
            if problems:
                terminal.problems(problems, root, reader(root or "."), changing=False)
        return 1
    if output_format == "json":
        terminal.report(_json(found))
    else:
        terminal.result(_whole(found, found.state))
        for part in found.parts:
            terminal.result(_line(part))
    for line in advice(found, database, directory):
        terminal.note(line)
    return 0 if found.state is State.IN_SYNC else 1


def _whole(found: Status, state: State) -> str:
    if found.strangers is not None:
        return _STRANGERS
    return _UNKNOWN if state is State.UNKNOWN else _WORDS[state]


def _json(found: Status) -> str:
    """A JSON document; `spec/schemas/status.schema.json` has its schema."""
    # Imported late: people read text.
    from attrs import asdict

    states = (found.state, *(part.state for part in found.parts))
    state, *others = (each.value for each in states if each is not None)
    parts = [asdict(part) | {"state": said} for part, said in zip(found.parts, others, strict=True)]
    return json.dumps({"state": state, "parts": parts}, indent=2)


def _line(part: PartStatus) -> str:
    return f"{part.kind} {quoted(part.id)}: {_WORDS[part.state]}: {_what(part)}"


def _what(part: PartStatus) -> str:
    """What changed in a part, or that it is on one side alone."""
    if part.fields:
        return ", ".join(map(_field, part.fields))
    there, missing = ("the YAML", "the database") if part.in_yaml else ("the database", "the YAML")
    if part.state is State.UNKNOWN:
        return f"in {there} alone"
    if part.state is State.BOTH_CHANGED:
        return f"changed in {there}, removed in {missing}"
    return "new" if part.in_yaml == (part.state is State.YAML_AHEAD) else "removed"


def _field(field: Field) -> str:
    details = [f"line {field.line}"] if field.line is not None else []
    for ids, side in ((field.only_in_database, "the database"), (field.only_in_yaml, "the YAML")):
        if ids:
            details.append(f"{first_of(map(quoted, ids))} in {side} alone")
    if field.name == "steps" and not details:
        details.append("in another order")
    return f"{field.name} ({'; '.join(details)})" if details else field.name
