"""Directories and files in revisions: a tree whose files have Git's names (GIT-4 to GIT-9)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from yamlsync.errors import OperationError
from yamlsync.git.explaining import missing_path, unknown_revision
from yamlsync.git.objects import Repository
from yamlsync.git.trees import Entry, entries_of, is_blob_mode, tree_below
from yamlsync.tree import Tree

_MOST = 64 * 1024 * 1024
"""Bytes of a commit, or of a folder's list."""


@frozen
class RevisionTree:
    """A directory in a revision.

    `names` has Git's name of the bytes at each path of the tree: of two files in one repository they are
    equal where the bytes are, so that equal files need not be read. `commit` is the whole name of the
    commit, and `name` that of the directory in it with all that it holds. Files can be read as long as the
    repository is open.
    """

    tree: Tree
    names: Mapping[str, str] = field(eq=False)
    commit: str
    name: str


class LinkError(OSError):
    """What was to be read is a link."""


@frozen
class RevisionFile:
    """A file in a revision: Git's name of its bytes, and the whole name of the commit."""

    name: str
    commit: str


def commit_of(repository: Repository, revision: str) -> str:
    """The whole name of the commit that a revision names, through tags.

    Raises OperationError where it names none, and says what may be meant.
    """
    return _commit(repository, revision)[0]


def find(repository: Repository, revision: str, path: str) -> RevisionTree | RevisionFile:
    """What a revision has at a path from the top of the repository; "" is the top itself.

    Raises OperationError where it has nothing there, or what cannot be read here: a link, a submodule.
    """
    commit, root = _commit(repository, revision)
    shown = f"{revision}:{path}"
    entry = Entry("", "40000", root)
    walked: list[str] = []
    for part in path.split("/") if path else []:
        if entry.mode != "40000":
            break
        listed = {each.name: each for each in _entries(repository, entry.object, shown)}
        if part not in listed:
            raise missing_path(repository, revision, path, walked, listed)
        entry = listed[part]
        walked.append(part)
    here = "/".join(walked)
    if entry.mode in _UNREADABLE:
        raise OperationError(
            f"{here} is {_UNREADABLE[entry.mode][0]} in {revision}", _UNREADABLE[entry.mode][1]
        )
    if is_blob_mode(entry.mode):
        if here != path:
            raise OperationError(
                f"{here} is a file in {revision}, not a folder", f"name it: {revision}:{here}"
            )
        return RevisionFile(entry.object, commit)
    tree, names = tree_below(
        lambda name: _entries(repository, name, shown),
        entry.object,
        lambda name, below: repository.read(
            name, f"{shown.removesuffix('/')}/{below}" if path else shown + below
        ),
    )
    return RevisionTree(tree, names, commit, entry.object)


_UNREADABLE = {
    "120000": ("a link", "name what it leads to: links are not followed"),
    "160000": ("a submodule", "run in its folder: its files are in a repository of its own"),
}


def read_at(repository: Repository, commit: str, path: str, limit: int) -> bytes:
    """The bytes of the file that a commit has at a path from the top, or a little more than `limit` of them.

    Raises FileNotFoundError where it has none there, LinkError for a link.
    """
    entry = Entry("", "40000", _commit(repository, commit)[1])
    for part in path.split("/"):
        listed = _entries(repository, entry.object, commit) if entry.mode == "40000" else []
        found = next((each for each in listed if each.name == part), None)
        if found is None:
            raise FileNotFoundError(path)
        entry = found
    if entry.mode == "120000":
        raise LinkError(path)
    if not is_blob_mode(entry.mode):
        raise FileNotFoundError(path)
    return repository.read(entry.object, f"{commit[:7]}:{path}", limit)


def revision_tree(repository: Repository, revision: str, path: str = "") -> RevisionTree:
    """The directory that a revision has at a path, as `find` does. Raises OperationError also for a file."""
    found = find(repository, revision, path)
    if isinstance(found, RevisionFile):
        raise OperationError(f"{revision}:{path} is a file, not a folder", "name the folder of a workshop")
    return found


def _commit(repository: Repository, revision: str) -> tuple[str, str]:
    """The names of a commit and of its top folder."""
    # Git would take an option from there, and no name of its own begins so.
    found = (
        None
        if revision.startswith("-") or not revision
        else repository.look_up(f"{revision}^{{commit}}", _MOST)
    )
    if found is None:
        raise unknown_revision(repository, revision)
    head, _, _ = found.data.partition(b"\n")
    word, _, root = head.decode("ascii", "replace").partition(" ")
    if word != "tree":
        raise repository.lacking(f"the commit {revision}")
    return found.name, root


def _entries(repository: Repository, name: str, shown: str) -> list[Entry]:
    found = repository.look_up(name, _MOST)
    if found is None or found.kind != "tree" or len(found.data) > _MOST:
        raise repository.lacking(shown)
    entries = entries_of(found.data, len(name) // 2)
    if entries is None:
        raise repository.lacking(shown)
    return entries
