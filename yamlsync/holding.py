"""Which files an export may replace or remove: those in which nobody's work is lost (LAY-74 to LAY-81)."""

from __future__ import annotations

from attrs import frozen

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
from yamlsync.synchrony import Part, Parts, bases, edited
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
    others = unheld - update.commented
    ours = others & record.files.keys()
    edits = refuse_unheld(ours, f"the file was edited since export wrote it{note}")
    edits += refuse_unheld(others - ours, f"nobody else holds this file as it stands{note}")
    return comments + edits, answer.paths - unchanged


@frozen
class Undone:
    """The files with an edit that an export undoes, and that Git keeps.

    They are `known` by what both sides said last; else it is told only that export once wrote something else.
    """

    paths: tuple[str, ...] = ()
    known: bool = False


def undone_edits(
    tree: Tree, held: frozenset[str], record: Record, artifact: Artifact | None, database: Contents
) -> Undone:
    """The files of `held` with an edit that `tree` shows, and that is gone from it once they are replaced.

    What both said last, by the artifact and the record, is no edit; nor is a comment, nor what
    `database` says as well.
    """
    if not held:
        return Undone()
    contents = read_tree(tree, with_state=False).contents
    known = bases(artifact, record.last)
    if contents is None or not known:
        return Undone(tuple(sorted(held & record.files.keys())))
    there, wanted = digests_of(contents).parts, digests_of(database).parts
    parts = {part for part in edited(there, known) if there[part] != wanted.get(part)}
    paths = {path for part, path in _paths(contents).items() if part in parts}
    # A step that was removed is an edit of its workshop, but a whole workshop is one of their list.
    if any(_was_removed(part, there, known) for part in wanted if part[0] == "workshop"):
        paths |= {WORKSHOPS_PATH, workshop_path("")}
    return Undone(tuple(sorted(paths & held)), known=True)


def _was_removed(part: Part, yaml: Parts, bases: tuple[Parts, ...]) -> bool:
    """Whether the YAML has a part no more that it had when both sides last said the same."""
    return part not in yaml and all(part in base for base in bases)


def refuse_undoing(undone: Undone) -> list[Problem]:
    """The problems with files in which an export would undo an edit (LAY-81)."""
    if not undone.known:
        return []
    message = "the YAML was edited since the database and it last said the same, which an export would undo"
    help = (
        "how to bring both together, says: yamlsync status DB DIR; to undo the edit, which Git keeps: --force"
    )
    return [Problem("YS133", message, Place(path), help) for path in undone.paths]


def _paths(contents: Contents) -> dict[Part, str]:
    """The file of each part."""
    kinds = {WORKSHOP: "workshop", STEP: "step"}
    return {
        (kinds[shape], str(file.block.values()["id"])): file.path
        for file in to_files(contents, with_state=False)
        if (shape := shape_of(file.path)) in kinds
    }
