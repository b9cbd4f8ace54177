"""Directories in revisions, read from real repositories (GIT-4 to GIT-12, GIT-20, GIT-24, GIT-30)."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.git.repository import Made, course, make, run_git, step
from yamlsync import git
from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError
from yamlsync.git import objects
from yamlsync.git.trees import entries_of
from yamlsync.problems import Place, Problem
from yamlsync.publish.directory import directory_tree
from yamlsync.tree import Tree


@pytest.fixture(params=["sha1", "sha256"])
def made(tmp_path: Path, request: pytest.FixtureRequest) -> Made:
    return make(tmp_path / "top", "--object-format", request.param)


@pytest.fixture
def plain(tmp_path: Path) -> Made:
    return make(tmp_path / "top")


def bytes_of(tree: Tree) -> dict[str, bytes]:
    return {path: tree.read(path) for path in tree.paths}


def read(folder: Path, revision: str, path: str = "") -> dict[str, bytes]:
    with git.open_repository(str(folder)) as repository:
        return bytes_of(git.revision_tree(repository, revision, path).tree)


def refused(folder: Path, revision: str, path: str = "") -> tuple[str, str | None]:
    """What is said of a path in a revision that cannot be read."""
    with git.open_repository(str(folder)) as repository, pytest.raises(OperationError) as raised:
        git.revision_tree(repository, revision, path)
    return raised.value.message, raised.value.help


def test_a_directory_is_read_from_the_commit_and_not_from_the_worktree(made: Made) -> None:
    files = course("")
    first = made.commit({f"course/{path}": data for path, data in files.items()})
    (made.top / "course" / "steps" / "a.yaml").write_bytes(b"edited\n")
    made.git("add", "-A")
    (made.top / "course" / "workshop.yaml").unlink()
    assert read(made.top, "HEAD", "course") == files
    with git.open_repository(str(made.top)) as repository:
        found = git.revision_tree(repository, "HEAD", "course")
    assert found.commit == first
    assert found.name == made.git("rev-parse", "HEAD:course")
    assert found.names == {path: made.git("rev-parse", f"HEAD:course/{path}") for path in files}


def test_every_way_to_name_a_commit_is_gits(made: Made) -> None:
    first = made.commit(course())
    made.git("tag", "-a", "-m", "x", "v1.0")
    made.git("tag", "-a", "-m", "x", "v1.0-again", "v1.0")
    made.commit(course(a="New"), "fix: second")
    with git.open_repository(str(made.top)) as repository:
        for revision in ("main~1", "HEAD^", "v1.0", "v1.0-again", first, first[:12], "HEAD@{1}", "main@{1}"):
            assert git.commit_of(repository, revision) == first
        assert git.commit_of(repository, "HEAD^{/fix: second}") == git.commit_of(repository, "@")


def test_only_files_of_ours_are_there_as_in_a_directory(plain: Made) -> None:
    foreign = {
        "README.md": b"x",
        "steps/.hidden.yaml": b"x",
        "steps/notes.txt": b"x",
        "steps/deep/a.yaml": b"x",
        "workshops/.hidden/workshop.yaml": b"x",
        "other/workshop.yaml": b"x",
        "workshops/x/steps/b.yaml": step("b"),
        "state/ann.yaml": b"x",
    }
    plain.commit(course("") | foreign)
    tree = directory_tree(str(plain.top))
    assert read(plain.top, "HEAD") == bytes_of(tree)
    assert "state/ann.yaml" in tree.paths
    assert "other/workshop.yaml" not in tree.paths


@pytest.mark.parametrize("place", ["course/steps/a.yaml", "course/steps", "course/workshop.yaml"])
def test_links_submodules_and_folders_where_a_file_should_be_are_problems(plain: Made, place: str) -> None:
    plain.commit(course())
    (plain.top / "target").mkdir()
    plain.git("rm", "-r", "-q", place)
    (plain.top / "course").mkdir(exist_ok=True)
    (plain.top / place).parent.mkdir(exist_ok=True)
    (plain.top / place).symlink_to(plain.top / "target")
    plain.commit({})
    path = place.removeprefix("course/")
    help = "put the file or folder itself there"
    expected = Problem("YS128", "this is a link, and links are not followed", Place(path), help)
    with git.open_repository(str(plain.top)) as repository:
        found = git.revision_tree(repository, "HEAD", "course").tree
    assert found.problems == (expected,)
    assert found == directory_tree(str(plain.top / "course"))
    plain.git("rm", "-q", "--cached", place)
    plain.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{place}")
    plain.git("commit", "-q", "-m", "submodule")
    with git.open_repository(str(plain.top)) as repository:
        found = git.revision_tree(repository, "HEAD", "course").tree
    said = "this is a submodule, whose files are in another repository"
    assert found.problems == (Problem("YS128", said, Place(path), help),)


def test_a_folder_named_like_a_file_of_ours_is_a_problem(plain: Made) -> None:
    plain.commit({"workshop.yaml/x": b"", "steps/a.yaml": step("a")})
    with git.open_repository(str(plain.top)) as repository:
        assert git.revision_tree(repository, "HEAD").tree == directory_tree(str(plain.top))


UGLY = [
    "kürs",
    "with blanks",
    "line\nbreak",
    "-dash",
    "\udcff\udcfe",
    '"quoted"',
    "tab\there",
    "*?[a]",
    ":x",
    "a\\b",
]


@pytest.mark.parametrize("folder", UGLY)
@pytest.mark.parametrize("quoted", ["true", "false"])
def test_folders_of_any_name_are_found(plain: Made, folder: str, quoted: str) -> None:
    plain.git("config", "core.quotePath", quoted)
    plain.commit(course(f"{folder}/"))
    assert read(plain.top, "HEAD", folder) == course("")
    assert "no é\n in HEAD" in refused(plain.top, "HEAD", "é\n")[0]


def test_files_of_any_name_are_read(plain: Made) -> None:
    names = [name for name in UGLY if "\\" not in name and ":" not in name]
    files = {f"steps/{name}.yaml": step("a", f"{index}") for index, name in enumerate(names)}
    plain.commit(files)
    assert read(plain.top, "HEAD") == files == bytes_of(directory_tree(str(plain.top)))


@given(
    st.dictionaries(
        st.sampled_from(
            ["workshop.yaml", "steps/a.yaml", "steps/b.yaml", "workshops/x/steps/a.yaml", "state/a.yaml"]
        ),
        st.binary(max_size=30) | st.binary(max_size=3).map(lambda data: data * 40_000),
    ),
    st.dictionaries(
        st.sampled_from(["workshop.yaml", "steps/a.yaml", "steps/c.yaml"]), st.binary(max_size=2)
    ),
)
@settings(max_examples=15)
def test_a_revision_has_the_bytes_of_its_directory_and_equal_names_are_equal_bytes(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    made = make(tmp_path_factory.mktemp("law"))
    made.commit(first)
    made.commit(second)
    with git.open_repository(str(made.top)) as repository:
        old, new = (git.revision_tree(repository, each) for each in ("HEAD~", "HEAD"))
        assert (bytes_of(old.tree), bytes_of(new.tree)) == (first, first | second)
        assert bytes_of(new.tree) == bytes_of(directory_tree(str(made.top)))
        for path, name in old.names.items():
            assert (name == new.names[path]) == (first[path] == (first | second)[path])
            assert git.is_blob(first[path], name)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commands of git that are started from here on."""
    seen: list[tuple[str, ...]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **options: object) -> None:
            seen.append(
                tuple(command[command.index("--work-tree") + 2 :]) if "--work-tree" in command else ()
            )
            super().__init__(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return seen


def test_two_revisions_take_one_process_and_only_what_differs_is_read(
    plain: Made, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.commit({f"steps/s-{number}.yaml": step(f"s-{number}") for number in range(300)})
    plain.commit({f"steps/s-{number}.yaml": step(f"s-{number}", "New") for number in range(3)})
    started.clear()
    asked: list[str] = []
    real = objects.Repository._ask

    def counting(self: objects.Repository, expression: str) -> tuple[str, str, int] | None:
        asked.append(expression)
        return real(self, expression)

    monkeypatch.setattr(objects.Repository, "_ask", counting)
    with git.open_repository(str(plain.top)) as repository:
        old, new = (git.revision_tree(repository, each) for each in ("HEAD~", "HEAD"))
        # A commit, the top and steps/, each twice.
        assert len(asked) == 6
        changed = {path for path, name in new.names.items() if old.names[path] != name}
        assert changed == {f"steps/s-{number}.yaml" for number in range(3)}
        assert {new.tree.read(path) for path in changed} == {step(f"s-{n}", "New") for n in range(3)}
    assert len(asked) == 9
    assert started == [("cat-file", "--batch")]


def test_git_has_ended_afterwards_whatever_happened(plain: Made) -> None:
    plain.commit(course())
    process = None
    for error in (KeyboardInterrupt, OperationError("x"), None):
        with suppress(KeyboardInterrupt, OperationError), git.open_repository(str(plain.top)) as repository:
            git.commit_of(repository, "HEAD")
            process = repository._process
            assert process is not None
            assert process.poll() is None
            if error is not None:
                raise error
        assert process is not None
        assert process.poll() is not None
        with pytest.raises(ValueError, match="the repository was closed"):
            repository.look_up("HEAD")


def test_git_that_dies_in_between_is_started_again(plain: Made) -> None:
    plain.commit(course())
    with git.open_repository(str(plain.top)) as repository:
        found = git.revision_tree(repository, "HEAD", "course")
        assert repository._process is not None
        repository._process.kill()
        repository._process.wait()
        with pytest.raises(OperationError, match="an object is missing or broken"):
            found.tree.read("workshop.yaml")
        assert found.tree.read("workshop.yaml") == course("")["workshop.yaml"]


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1, MAX_BYTES + 2, 3 * MAX_BYTES])
def test_of_a_large_file_a_little_more_than_the_limit_is_read(plain: Made, size: int) -> None:
    plain.commit({"steps/a.yaml": b"x" * size, "steps/b.yaml": b"y"})
    with git.open_repository(str(plain.top)) as repository:
        found = git.revision_tree(repository, "HEAD").tree
        assert len(found.read("steps/a.yaml")) == min(size, MAX_BYTES + 1)
        assert found.read("steps/b.yaml") == b"y"


def test_a_linked_worktree_a_submodule_and_an_alternate_are_read(plain: Made, tmp_path: Path) -> None:
    plain.commit(course())
    plain.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    assert read(tmp_path / "linked", "HEAD", "course") == course("")
    around = make(tmp_path / "around")
    around.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(plain.top), "sub")
    around.commit({})
    assert read(around.top / "sub", "HEAD", "course") == course("")
    assert refused(around.top, "HEAD", "sub/course") == (
        "sub is a submodule in HEAD",
        "run in its folder: its files are in a repository of its own",
    )
    run_git(tmp_path, "clone", "-q", "--shared", str(plain.top), str(tmp_path / "shared"))
    assert read(tmp_path / "shared", "HEAD", "course") == course("")
    plain.git("pack-refs", "--all")
    plain.git("gc", "-q")
    assert read(plain.top, "main", "course") == course("")


def test_a_bare_repository_is_not_read_and_that_is_said(plain: Made, tmp_path: Path) -> None:
    plain.commit(course())
    run_git(tmp_path, "clone", "-q", "--bare", str(plain.top), str(tmp_path / "bare.git"))
    for folder in (tmp_path / "bare.git", tmp_path / "bare.git" / "objects"):
        with (
            pytest.raises(OperationError, match="is a bare repository") as raised,
            git.open_repository(str(folder)),
        ):
            pass
        assert raised.value.help is not None
        assert "worktree add" in raised.value.help
    (tmp_path / "none").mkdir()
    with (
        pytest.raises(OperationError, match="there is no Git repository around"),
        git.open_repository(str(tmp_path / "none")),
    ):
        pass


def test_what_is_no_revision_is_told_with_what_may_be_meant(plain: Made) -> None:
    assert refused(plain.top, "HEAD") == ("there is no commit yet", "commit the workshop first")
    plain.commit(course())
    plain.git("tag", "v1.0")
    plain.git("update-ref", "refs/remotes/origin/release", "HEAD")
    blob, tree = plain.git("rev-parse", "HEAD:course/workshop.yaml"), plain.git("rev-parse", "HEAD:course")
    plain.git("tag", "-a", "-m", "x", "of-a-blob", blob)
    what = "name a branch, a tag or a commit"
    lists = "git branch -a and git tag list them"
    expected = {
        "mian": ('there is no revision "mian"', 'did you mean "main"?'),
        "v1.1": ('there is no revision "v1.1"', 'did you mean "v1.0"?'),
        "release": ('there is no revision "release"', 'did you mean "origin/release"?'),
        "HEDA": ('there is no revision "HEDA"', 'did you mean "HEAD"?'),
        "nothing-like-it": ('there is no revision "nothing-like-it"', lists),
        "deadbeef": ('there is no revision "deadbeef"', "fetch it, or name another"),
        "main~3": (
            'there is no revision "main~3": the history of main does not have it',
            "see: git log --oneline main",
        ),
        "main@{99}": (
            'there is no revision "main@{99}": the history of main does not have it',
            "see: git log --oneline main",
        ),
        "": (
            "no revision stands before the colon: what is staged cannot be named here",
            "commit it first, or name a revision: HEAD:PATH",
        ),
        "-x": ('"-x" is no revision: it begins with -', what),
        "--output=x": ('"--output=x" is no revision: it begins with -', what),
        "a\nb": ('there is no revision "a\\nb"', lists),
        blob: (f'"{blob}" names a blob, and no commit', what),
        tree: (f'"{tree}" names a tree, and no commit', what),
        "HEAD^{tree}": ('"HEAD^{tree}" names a tree, and no commit', what),
        "of-a-blob": ('"of-a-blob" is the tag of something else than a commit', what),
    }
    assert {revision: refused(plain.top, revision) for revision in expected} == expected


def test_a_short_name_of_several_commits_is_told_as_ambiguous(plain: Made) -> None:
    plain.commit({})
    names: list[str] = []
    tree = plain.git("rev-parse", "HEAD^{tree}")
    while len(names) == len({name[:4] for name in names}):
        names.append(plain.git("commit-tree", "-m", f"{len(names)}", tree))
    short = next(name[:4] for name in names if sum(each[:4] == name[:4] for each in names) > 1)
    assert refused(plain.top, short) == (
        f'"{short}" is ambiguous: several objects have names that begin so',
        "write more of its digits",
    )


def test_a_path_that_is_not_there_is_told_with_where_it_is(plain: Made) -> None:
    plain.commit(course("sub/course/"))
    plain.commit(course("later/"))
    (plain.top / "drafts").mkdir()
    top, sub = plain.top, plain.top / "sub"
    assert refused(top, "HEAD", "sub/cuorse") == (
        "there is no sub/cuorse in HEAD",
        "did you mean HEAD:sub/course?",
    )
    assert refused(top, "HEAD~", "later") == (
        "there is no later in HEAD~",
        "it is in HEAD: it was added or renamed in another commit",
    )
    assert refused(top, "HEAD", "drafts")[1] == "it is in the worktree: commit it first"
    assert refused(top, "HEAD~", "drafts")[1] == "it is in the worktree"
    assert refused(top, "HEAD", "nothing/of/it") == (
        "there is no nothing/of/it in HEAD",
        "see: git ls-tree -r --name-only HEAD",
    )
    assert refused(sub, "HEAD", "course") == (
        "there is no course in HEAD",
        "a path starts at the top of the repository: name HEAD:./course",
    )
    assert refused(top, "HEAD", "sub/course/workshop.yaml/x") == (
        "sub/course/workshop.yaml is a file in HEAD, not a folder",
        "name it: HEAD:sub/course/workshop.yaml",
    )
    assert refused(top, "HEAD", "later/workshop.yaml") == (
        "HEAD:later/workshop.yaml is a file, not a folder",
        "name the folder of a workshop",
    )
    (top / "link").symlink_to("later")
    plain.commit({})
    assert refused(top, "HEAD", "link/steps") == (
        "link is a link in HEAD",
        "name what it leads to: links are not followed",
    )


def test_a_shallow_clone_says_so(plain: Made, tmp_path: Path) -> None:
    first = plain.commit(course())
    plain.commit(course(a="New"))
    url = f"file://{plain.top}"
    run_git(tmp_path, "clone", "-q", "--depth=1", url, str(tmp_path / "clone"))
    assert read(tmp_path / "clone", "HEAD", "course") == course("", a="New")
    fetch = "fetch the rest: git fetch --unshallow; in GitHub Actions, give actions/checkout: fetch-depth: 0"
    for revision in ("HEAD~1", "main~1", first, "v1"):
        assert refused(tmp_path / "clone", revision, "course") == (
            f'there is no revision "{revision}" in this clone, which is shallow',
            fetch,
        )


def test_a_partial_clone_fetches_nothing_and_says_so(plain: Made, tmp_path: Path) -> None:
    plain.commit(course())
    plain.git("config", "uploadpack.allowFilter", "true")
    plain.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    options = ("--filter=blob:none", "--no-checkout")
    run_git(tmp_path, "clone", "-q", *options, f"file://{plain.top}", str(clone))
    with git.open_repository(str(clone)) as repository:
        found = git.revision_tree(repository, "HEAD", "course")
        assert found.tree.paths == course("").keys()
        with pytest.raises(OperationError) as raised:
            found.tree.read("workshop.yaml")
        with pytest.raises(OperationError, match="which is a partial one"):
            git.commit_of(repository, "1" * 40)
    assert raised.value.message == (
        "HEAD:course/workshop.yaml is not in this clone, which is a partial one, and nothing is fetched here"
    )
    # It is there as soon as somebody asked git for it.
    run_git(clone, "checkout", "-q", "HEAD")
    assert read(clone, "HEAD", "course") == course("")


def test_no_protocol_is_allowed_whatever_the_configuration_says_of_one(plain: Made, tmp_path: Path) -> None:
    """A git that knows no GIT_NO_LAZY_FETCH would fetch what a partial clone lacks."""
    mark = tmp_path / "run"
    plain.git("config", "protocol.ext.allow", "always")

    done = git.run(str(plain.top), "ls-remote", f"ext::/usr/bin/touch {mark}")

    assert b"not allowed" in done.stderr
    assert not mark.exists()


def test_folders_that_repeat_themselves_without_end_are_not_walked(
    plain: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.commit({f"workshops/{name}/steps/{step}.yaml": b"" for name in "abcdef" for step in "123456"})
    assert len(read(plain.top, "HEAD")) == 36
    monkeypatch.setattr("yamlsync.git.trees._MOST_ENTRIES", 40)

    assert refused(plain.top, "HEAD") == (
        "more than 40 files and folders are where those of a workshop would be",
        "name the folder of one workshop",
    )


def test_a_file_with_other_line_ends_is_the_same_only_where_a_checkout_could_have_made_it(
    plain: Made,
) -> None:
    plain.commit({"a": b"x\ny\n", "b": b"x\r\n"})
    names = {path: plain.git("rev-parse", f"HEAD:{path}") for path in "ab"}

    assert git.is_blob(b"x\r\ny\r\n", names["a"])
    assert git.is_blob(b"x\r\n", names["b"])
    assert not git.is_blob(b"x\r\r\n", names["b"])


def test_git_that_is_not_installed_is_told(plain: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(plain.top, "HEAD") == ("git is not installed", "install git")


def test_a_broken_object_is_told(plain: Made) -> None:
    plain.commit(course())
    name = plain.git("rev-parse", "HEAD:course/workshop.yaml")
    (plain.top / ".git" / "objects" / name[:2] / name[2:]).unlink()
    with git.open_repository(str(plain.top)) as repository:
        found = git.revision_tree(repository, "HEAD", "course")
        with pytest.raises(OperationError) as raised:
            found.tree.read("workshop.yaml")
    assert raised.value.message == "HEAD:course/workshop.yaml cannot be read: an object is missing or broken"
    assert raised.value.help == f"see: git -C {plain.top} fsck"


@given(st.binary(max_size=200))
def test_a_list_of_any_bytes_is_read_or_broken(data: bytes) -> None:
    found = entries_of(data, 20)
    assert found is None or all("/" not in entry.name and len(entry.object) == 40 for entry in found)


def test_a_name_with_a_slash_is_no_file(plain: Made) -> None:
    blob = run_git(plain.top, "hash-object", "-w", "--stdin", input=b"x")
    entry = b"100644 steps/a.yaml\0" + bytes.fromhex(blob)
    tree = run_git(plain.top, "hash-object", "-w", "-t", "tree", "--literally", "--stdin", input=entry)
    commit = plain.git("commit-tree", "-m", "x", tree)
    assert read(plain.top, commit) == {}


# What would lead git astray.


def test_variables_of_git_lead_nowhere_else(
    plain: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.commit(course())
    other = make(tmp_path / "other")
    other.commit(course(a="Other"))
    hostile = {
        "GIT_DIR": str(other.top / ".git"),
        "GIT_WORK_TREE": str(other.top),
        "GIT_COMMON_DIR": str(other.top / ".git"),
        "GIT_OBJECT_DIRECTORY": str(other.top / ".git" / "objects"),
        "GIT_INDEX_FILE": str(other.top / ".git" / "index"),
        "GIT_NAMESPACE": "other",
        "GIT_CEILING_DIRECTORIES": str(plain.top),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(other.top),
        "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
        "GIT_EXEC_PATH": str(tmp_path),
        "GIT_TRACE": "1",
    }
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    assert read(plain.top, "HEAD", "course") == course("")


def test_replacements_and_grafts_stand_in_for_nothing(plain: Made) -> None:
    first = plain.commit(course())
    second = plain.commit(course(a="Second"))
    third = plain.commit(course(a="Third"))
    plain.git("replace", second, first)
    blob, other = (plain.git("rev-parse", f"{each}:course/steps/a.yaml") for each in (first, third))
    plain.git("replace", blob, other)
    (plain.top / ".git" / "info").mkdir(exist_ok=True)
    (plain.top / ".git" / "info" / "grafts").write_text(f"{third} {first}\n", encoding="ascii")
    # They do show: this is what git itself says.
    assert plain.git("show", "main~1:course/steps/a.yaml").splitlines()[1] == "title: Third"
    assert read(plain.top, "main~1", "course") == course("", a="Second")
    assert read(plain.top, "main~2", "course") == course("")


def test_no_program_and_no_filter_of_the_configuration_is_run(plain: Made, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", encoding="ascii")
    trap.chmod(0o755)
    plain.commit({**course(), ".gitattributes": b"* filter=x diff=x text eol=crlf\n"})
    for name in (
        *(
            "core.fsmonitor",
            "core.pager",
            "core.sshCommand",
            "core.editor",
            "diff.external",
            "pager.cat-file",
        ),
        *("filter.x.smudge", "filter.x.clean", "filter.x.process", "diff.x.textconv", "alias.cat-file"),
    ):
        plain.git("config", name, str(trap))
    plain.git("config", "alias.rev-parse", f"!{trap}")
    assert read(plain.top, "HEAD", "course") == course("")
    assert refused(plain.top, "HEAD~9")[0].startswith('there is no revision "HEAD~9"')
    assert not (tmp_path / "sprung").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_another_user_is_told_as_git_tells_it(
    plain: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.commit(course())
    monkeypatch.setenv("HOME", str(tmp_path))
    for place in (plain.top, plain.top / ".git"):
        os.chown(place, 12_345, 12_345)
    message, help = refused(plain.top, "HEAD", "course")
    assert message.startswith("git said: fatal: detected dubious ownership")
    assert help == f"if you trust whose it is: git config --global --add safe.directory {plain.top}"
    (tmp_path / ".gitconfig").write_text(f"[safe]\n\tdirectory = {plain.top}\n", encoding="utf-8")
    assert read(plain.top, "HEAD", "course") == course("")
