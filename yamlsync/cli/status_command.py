"""`yamlsync status DB DIR` (STA-10 to STA-14)."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.printable import quoted
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
                terminal.problems(problems, root, reader(root or "."))
        return 1
    if output_format == "json":
        terminal.report(_json(found))
    else:
        terminal.result(_UNKNOWN if found.state is State.UNKNOWN else _WORDS[found.state])
        for part in found.parts:
            terminal.result(_line(part))
    for line in _advice(found, database, directory):
        terminal.note(line)
    return 0 if found.state is State.IN_SYNC else 1


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
            more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
            details.append(f"{', '.join(map(quoted, ids[:3]))}{more} in {side} alone")
    if field.name == "steps" and not details:
        details.append("in another order")
    return f"{field.name} ({'; '.join(details)})" if details else field.name


def _advice(found: Status, database: str, directory: str) -> Iterator[str]:
    """What to do, in commands that a shell takes."""
    db, folder = shlex.quote(database), shlex.quote(directory)
    match found.state:
        case State.IN_SYNC if found.has_origin and not found.as_built and not found.progress:
            yield f"to let the database know that its changes are in the YAML: yamlsync import {folder} {db}"
        case State.DATABASE_AHEAD:
            yield f"to take over what the database says: yamlsync export {db} {folder}"
        case State.YAML_AHEAD:
            yield from _take_over(found, db, folder)
        case State.BOTH_CHANGED | State.UNKNOWN:
            yield from _bring_together(found, db, folder)
        case _:
            pass


def _take_over(found: Status, db: str, folder: str) -> Iterator[str]:
    """How the YAML gets into the database. If that was changed too, the YAML has its changes already."""
    command = f"yamlsync import {'' if found.has_origin else '--force '}{_state(found)}{folder} {db}"
    if not found.progress:
        yield f"to take over what the YAML says: {command}"
        return
    yield "to take over what the YAML says:"
    yield from _put_progress_beside(found, db, folder)
    yield f"  {command}"


def _put_progress_beside(found: Status, db: str, folder: str) -> Iterator[str]:
    """Commands that put students' progress into the directory, and leave the rest of it as it is."""
    if found.progress:
        yield f"  yamlsync export --state {db} {db}.progress"
        yield f"  cp -R {db}.progress/state {folder}/"


def _state(found: Status) -> str:
    return "--state " if found.progress else ""


def _bring_together(found: Status, db: str, folder: str) -> Iterator[str]:
    """A merge by Git, of a branch with what the database says, made where it came from; or one by hand."""
    if not found.in_git:
        yield "to bring both together, change the YAML by hand, and build the database from it:"
        yield f"  yamlsync export {db} {db}.yaml"
        yield f"  diff -ru {folder} {db}.yaml"
        yield from _put_progress_beside(found, db, folder)
        yield f"  yamlsync import --force {_state(found)}{folder} {db}"
        return
    git = f"git -C {folder}"
    build = f'yamlsync import {_state(found)}--source-commit "$({git} rev-parse HEAD)" {folder} {db}'
    yield "to bring both together, commit what you changed in the YAML, and let Git merge:"
    yield from _put_progress_beside(found, db, folder)
    yield f"  {git} switch --create from-database {found.source_commit or 'COMMIT'}"
    yield f"  yamlsync export {db} {folder}"
    yield f"  {git} add --all . ':!state'"
    yield f"  {git} commit --message 'What the database says'"
    yield f"  {build}"
    yield f"  {git} switch -"
    yield f"  {git} merge from-database  # and resolve what conflicts"
    yield f"  {build}"
    yield f"  {git} branch --delete from-database"
    if found.source_commit is None:
        yield "where COMMIT has the YAML that the database was built from, or was exported to"
