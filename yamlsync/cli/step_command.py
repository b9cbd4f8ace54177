"""`yamlsync step add|mv|rm|order`."""

from __future__ import annotations

from functools import partial

import click

from yamlsync.cli.near_commands import NearCommands
from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.reshaping.place import Side, Spot
from yamlsync.reshaping.plan import Reshape
from yamlsync.step_changes import StepOptions, reshape

_DIRECTORY = click.argument("directory", metavar="DIR", type=click.Path())
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
_FIRST = click.option("--first", is_flag=True, help="At the beginning.")
_LAST = click.option("--last", is_flag=True, help="At the end.")
_BEFORE = click.option("--before", metavar="STEP", help="Before the step with this id.")
_AFTER = click.option("--after", metavar="STEP", help="After the step with this id.")


_MEANT = {
    **dict.fromkeys(("rename", "move"), "mv"),
    **dict.fromkeys(("remove", "delete", "del"), "rm"),
    **dict.fromkeys(("reorder", "sort"), "order"),
    **dict.fromkeys(("new", "create", "insert"), "add"),
}
"""What commands are called elsewhere, and in the help of this group."""


@click.group("step", cls=NearCommands, meant=_MEANT)
def command() -> None:
    """Add, rename, remove and reorder the steps of a workshop.

    DIR is the workshop's directory. Comments stay beside what they are about; either all files are
    changed, or none.
    """


@command.command("add")
@_DIRECTORY
@click.argument("step_id", metavar="ID")
@click.option("--title", help="What students see as its name [default: made from ID].")
@click.option("--image-tag", metavar="IMAGE", help="Its container image [default: as the others have, :ID].")
@click.option("--condition", metavar="EXPRESSION", help="What has to be done before it opens.")
@click.option("--workshop", metavar="ID", help="Which workshop it is for, where DIR holds several.")
@_FIRST
@_LAST
@_BEFORE
@_AFTER
@_DRY_RUN
@click.pass_obj
def add(
    terminal: Terminal,
    directory: str,
    step_id: str,
    title: str | None,
    image_tag: str | None,
    condition: str | None,
    workshop: str | None,
    first: bool,
    last: bool,
    before: str | None,
    after: str | None,
    dry_run: bool,
) -> int:
    """Add a step with the id ID; without a place, at the end."""
    # Imported late, as in each of these: a run changes steps in one way.
    from yamlsync.reshaping.add import NewStep
    from yamlsync.reshaping.add import add as plan

    spot = _spot(first=first, last=last, before=before, after=after) or Spot(Side.LAST)
    new = NewStep(step_id, spot, workshop, title, image_tag, condition)
    return _run(terminal, directory, partial(plan, new=new), StepOptions(dry_run))


@command.command("mv")
@_DIRECTORY
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--image-tag", is_flag=True, help="Give the tag of its image the new name, too.")
@_DRY_RUN
@click.pass_obj
def mv(terminal: Terminal, directory: str, old: str, new: str, image_tag: bool, dry_run: bool) -> int:
    """Give the step OLD the id NEW, wherever it is named.

    That is in its file and the file's name, in the list of steps, in navigation, unlock conditions and
    progress. Texts that mention OLD are left as they are, and told.
    """
    from yamlsync.reshaping.move import move as plan

    change = partial(plan, old=old, new=new, image_tag=image_tag)
    return _run(terminal, directory, change, StepOptions(dry_run))


@command.command("rm")
@_DIRECTORY
@click.argument("step_id", metavar="ID")
@click.option("--force", is_flag=True, help="Remove the file even if Git does not hold what is in it.")
@_DRY_RUN
@click.pass_obj
def rm(terminal: Terminal, directory: str, step_id: str, force: bool, dry_run: bool) -> int:
    """Remove the step ID; what led to it leads to where it led.

    A step that an unlock condition or a student's progress names is not removed: edit those first.
    """
    from yamlsync.reshaping.remove import remove as plan

    return _run(terminal, directory, partial(plan, step_id=step_id), StepOptions(dry_run, force))


@command.command("order")
@_DIRECTORY
@click.argument("step_ids", metavar="ID...", nargs=-1, required=True)
@_FIRST
@_LAST
@_BEFORE
@_AFTER
@_DRY_RUN
@click.pass_obj
def order(
    terminal: Terminal,
    directory: str,
    step_ids: tuple[str, ...],
    first: bool,
    last: bool,
    before: str | None,
    after: str | None,
    dry_run: bool,
) -> int:
    """Put the steps ID..., in this order, at another place of their list."""
    from yamlsync.reshaping.order import order as plan

    spot = _spot(first=first, last=last, before=before, after=after)
    if spot is None:
        raise click.UsageError("say where to: --first, --last, --before STEP or --after STEP")
    return _run(terminal, directory, partial(plan, moved=step_ids, spot=spot), StepOptions(dry_run))


def _spot(*, first: bool, last: bool, before: str | None, after: str | None) -> Spot | None:
    named = [Spot(Side.FIRST)] if first else []
    named += [Spot(Side.LAST)] if last else []
    named += [Spot(Side.BEFORE, before)] if before is not None else []
    named += [Spot(Side.AFTER, after)] if after is not None else []
    if len(named) > 1:
        raise click.UsageError("name one place: --first, --last, --before STEP or --after STEP")
    return named[0] if named else None


def _run(terminal: Terminal, directory: str, plan: Reshape, options: StepOptions) -> int:
    done = reshape(directory, plan, options)
    if done.problems:
        terminal.problems(done.problems, done.root, reader(done.root))
        return 1
    say = terminal.result if options.dry_run else terminal.note
    for line in (*done.changes, *done.remarks):
        say(line)
    if not done.changes:
        say("nothing to change")
    for message, help in done.doubts:
        terminal.warning(message, help)
    for problem in done.found:
        terminal.warning(f"{problem.place}: {problem.code} {problem.message}", problem.help)
    return 0
