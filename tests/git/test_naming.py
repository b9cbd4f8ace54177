"""How REV:PATH is told from a path, on every system alike (GIT-1 to GIT-3)."""

from __future__ import annotations

import pytest

from yamlsync.errors import OperationError
from yamlsync.git.naming import path_from_top, shown_path, split_revision

NAMED = {
    "HEAD:course": ("HEAD", "course"),
    "main~3:workshops/k8s": ("main~3", "workshops/k8s"),
    "v1.0:course.db": ("v1.0", "course.db"),
    "HEAD:": ("HEAD", ""),
    "HEAD:.": ("HEAD", "."),
    "HEAD:a:b": ("HEAD", "a:b"),
    "feature/x:dir": ("feature/x", "dir"),
    "c:dir": ("c", "dir"),
    "HEAD@{2026-01-15 10:30}:dir": ("HEAD@{2026-01-15 10:30}", "dir"),
    "HEAD^{/fix: a}:dir": ("HEAD^{/fix: a}", "dir"),
    "a}b:dir": ("a}b", "dir"),
    ":course": ("", "course"),
    "-x:y": ("-x", "y"),
}
PATHS = [
    *["C:\\courses\\k8s", "C:/courses/k8s", "c:/x", "\\\\server\\share:x", "courses\\a:b", "\\\\?\\C:\\x"],
    *[
        "./HEAD:x",
        "../HEAD:x",
        "/srv/HEAD:x",
        "https://example.org/x",
        "ssh://a:1/b",
        "course",
        "course.db",
        "",
    ],
    "HEAD@{10:30",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_revision_ends_at_the_first_colon_that_no_braces_are_around(text: str) -> None:
    assert split_revision(text) == NAMED[text]


@pytest.mark.parametrize("text", PATHS)
def test_drives_folders_and_addresses_are_no_revisions(text: str) -> None:
    assert split_revision(text) is None


@pytest.mark.parametrize(
    ("path", "below", "expected"),
    [
        ("", "sub", ""),
        (".", "sub", ""),
        ("dir", "sub", "dir"),
        ("dir/", ".", "dir"),
        ("a//b/./c", "sub", "a/b/c"),
        ("./dir", "sub/deep", "sub/deep/dir"),
        ("./", "sub", "sub"),
        ("./", ".", ""),
        ("../dir", "sub/deep", "sub/dir"),
        ("..", "sub", ""),
        ("../..", "sub/deep", ""),
        ("a/../b", ".", "b"),
    ],
)
def test_a_path_starts_at_the_top_or_with_dots_where_one_works(path: str, below: str, expected: str) -> None:
    assert path_from_top(path, below) == expected


@pytest.mark.parametrize(
    ("path", "below"), [("..", "."), ("../x", "."), ("../../x", "sub"), ("a/../../x", "sub"), ("/etc", ".")]
)
def test_a_path_that_leads_out_of_the_repository_is_refused(path: str, below: str) -> None:
    with pytest.raises(OperationError, match="leads out of the repository"):
        path_from_top(path, below)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("", "HEAD:a.yaml"),
        (".", "HEAD:a.yaml"),
        ("dir", "HEAD:dir/a.yaml"),
        ("dir/", "HEAD:dir/a.yaml"),
        ("./dir", "HEAD:./dir/a.yaml"),
        ("./", "HEAD:./a.yaml"),
        ("..", "HEAD:../a.yaml"),
    ],
)
def test_a_file_is_shown_as_git_show_takes_it(folder: str, expected: str) -> None:
    assert shown_path("HEAD", folder, "a.yaml") == expected
