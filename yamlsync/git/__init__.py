"""What Git holds: of a directory in a worktree, and in any revision. The only package that runs git (GIT)."""

from yamlsync.git.naming import path_from_top, shown_path, split_revision
from yamlsync.git.objects import Repository, open_repository
from yamlsync.git.revisions import (
    LinkError,
    RevisionFile,
    RevisionTree,
    commit_of,
    find,
    read_at,
    revision_tree,
)
from yamlsync.git.running import ask, run, top_of
from yamlsync.git.worktree import (
    Committed,
    below_top,
    committed,
    has_commit,
    is_blob,
    is_inside,
    tracks,
    unlike,
)

__all__ = [
    "Committed",
    "LinkError",
    "Repository",
    "RevisionFile",
    "RevisionTree",
    "ask",
    "below_top",
    "commit_of",
    "committed",
    "find",
    "has_commit",
    "is_blob",
    "is_inside",
    "open_repository",
    "path_from_top",
    "read_at",
    "revision_tree",
    "run",
    "shown_path",
    "split_revision",
    "top_of",
    "tracks",
    "unlike",
]
