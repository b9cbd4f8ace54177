"""`yamlsync digest WORKSHOP` (DIG-20)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.digest import Digests, digests_of
from yamlsync.opening import open_workshop


@click.command("digest")
@click.argument("workshop", metavar="WORKSHOP", type=click.Path())
@click.option("--steps", is_flag=True, help="Print the digest of each workshop and each step too.")
@click.pass_obj
def command(terminal: Terminal, workshop: str, steps: bool) -> int:
    """Print the content digest of WORKSHOP: a database or a directory, or REV:PATH for one in Git.

    It is the same for all that say the same: comments, spelling and the layout of the file have no part in
    it, and neither has students' progress.
    """
    opened = open_workshop(workshop)
    if opened.contents is None:
        # Imported late: mostly there is nothing to show.
        from yamlsync.cli.sources import reader, shown_reader

        read = reader(opened.root) if opened.root else shown_reader()
        terminal.problems(opened.problems, opened.root, read, changing=False)
        return 1
    digests = digests_of(opened.contents)
    for line in lines(digests) if steps else [digests.content]:
        terminal.result(line)
    return 0


def lines(digests: Digests) -> Iterator[str]:
    """A line for each digest, with what it is of; ids as JSON spells them in ASCII."""
    yield f"{digests.content}  content"
    for workshop in digests.workshops:
        yield f"{workshop.digest}  workshop {json.dumps(workshop.id)}"
        for step_id, digest in workshop.steps.items():
            yield f"{digest}  step {json.dumps(step_id)}"
