"""Which files an export may replace or remove: those in which nobody's work is lost (LAY-74 to LAY-81)."""

from __future__ import annotations

from yamlsync import git
from yamlsync.artifact import Artifact
from yamlsync.digest import digests_of
from yamlsync.document.reading import read
from yamlsync.layout.files import STEP, WORKSHOP, WORKSHOPS_PATH, shape_of, workshop_path
from yamlsync.layout.formats import format_problem, is_newer, other_format
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import Update, refuse_unheld
from yamlsync.layout.write import to_files
from yamlsync.printable import quoted
from yamlsync.problems import Place, Problem
from yamlsync.publish.record import Record, unchanged_since
from yamlsync.records import Contents
from yamlsync.synchrony import Part, bases, edited
from yamlsync.tree import Tree, in_memory


def refuse_another_workshop(update: Update, contents: Contents) -> list[Problem]:
    """A directory of other workshops altogether: most likely it was named by mistake."""
    there = update.workshop_ids - {workshop.id for workshop in contents.workshops}
    if not there or there != update.workshop_ids:
        return []
    path = next(path for path in (workshop_path(""), WORKSHOPS_PATH) if path in update.old)
    message = f"the directory holds another workshop, {quoted(min(there))}"
    help = "name another directory, or run again with --force to replace that workshop"
    return [Problem("YS132", message, Place(path), help)]


def refuse_newer_format(update: Update) -> list[Problem]:
    """Lists that a newer yamlsync has written: it put there what nobody here can read."""
    problems = []
    for path, data in sorted(update.old.items()):
        shape = shape_of(path)
        if shape is None or "format" not in shape.keys:
            continue
        written = other_format(read(path, data, shape), data)
        if written is not None and is_newer(written):
            message = format_problem(written).message
            help = "install a newer yamlsync, or run again with --force to replace what it wrote"
            problems.append(Problem("YS110", message, Place(path), help))
    return problems


def refuse_edits(update: Update, record: Record, directory: str) -> tuple[list[Problem], frozenset[str]]:
    """Files that would change although neither the record nor Git holds what a person wrote into them.

    Beside the problems with them: the files that may change because Git alone holds them.
    """
    if not update.old:
        return [], frozenset()
    old = in_memory(update.old)
    unchanged = unchanged_since(old, record.files)
    # What export wrote itself is no loss, but for comments that it kept for their author.
    doubtful = old.paths - (unchanged - update.commented - update.unreadable)
    answer = git.committed(directory, old, doubtful)
    unheld = doubtful - answer.paths
    note = f" ({answer.note})" if answer.note else ""
    comments = refuse_unheld(
        unheld & update.commented, f"the file would be removed, and its comments with it{note}"
    )
    edits = refuse_unheld(unheld - update.commented, f"the file was edited since export wrote it{note}")
    return comments + edits, answer.paths - unchanged


def undone_edits(
    tree: Tree, held: frozenset[str], record: Record, artifact: Artifact | None
) -> tuple[str, ...]:
    """The files of `held` with an edit that `tree` shows, and that only Git shows after they were replaced.

    What the database said last, by its artifact and the record, is no edit, and neither is a comment.
    """
    if not held:
        return ()
    contents = read_tree(tree, with_state=False).contents
    known = bases(artifact, record.last)
    if contents is None or not known:
        # Nobody knows what they last said, but that export wrote something else.
        return tuple(sorted(held & record.files.keys()))
    parts = edited(digests_of(contents).parts, known)
    return tuple(sorted(path for part, path in _paths(contents).items() if part in parts and path in held))


def _paths(contents: Contents) -> dict[Part, str]:
    """The file of each part."""
    kinds = {WORKSHOP: "workshop", STEP: "step"}
    return {
        (kinds[shape], str(file.block.values()["id"])): file.path
        for file in to_files(contents, with_state=False)
        if (shape := shape_of(file.path)) in kinds
    }
