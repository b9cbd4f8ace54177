"""The hooks for pre-commit, installed by it into an author's repository (CHK-80 to CHK-84)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from attrs import frozen

from tests.acceptance.command import run
from tests.acceptance.network import skip_or_fail
from tests.acceptance.small_course import edit, write_course
from tests.conftest import ROOT

pytest.importorskip("pre_commit", reason="pre-commit is not installed")
# It came with pre-commit.
from filelock import FileLock
from packaging.requirements import Requirement

Hook = Mapping[str, object]

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
CHECK: Hook = {"id": "yamlsync-check"}
FMT: Hook = {"id": "yamlsync-fmt"}

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or not MANIFEST.exists(), reason="this is no checkout of the project"
)


def call(
    *command: object, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def own_environment(home: Path) -> dict[str, str]:
    """The environment without what a hook that these tests run in, or its user, has set."""
    gone = ("GIT_", "PRE_COMMIT", "SKIP", "VIRTUAL_ENV", "PYTHON", "COV_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(gone)}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}
    names = {
        f"GIT_{who}_{what}": "author@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return kept | settings | names | {"PRE_COMMIT_HOME": str(home)}


@frozen
class Hooks:
    """The project's repository as authors name it, and where pre-commit keeps what it installed."""

    repository: Path
    revision: str
    environment: dict[str, str]

    def config(self, *hooks: Hook) -> str:
        """A repository's configuration with some of the hooks."""
        entry = {"repo": str(self.repository), "rev": self.revision, "hooks": [dict(each) for each in hooks]}
        return yaml.safe_dump({"repos": [entry]})


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """Everything is cloned and installed once, by whichever of the test processes comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "pre-commit"
    shared.mkdir(exist_ok=True)
    environment = own_environment(shared / "home")
    with FileLock(shared / "lock"):
        revision = clone(shared / "yamlsync", environment)
        found = Hooks(shared / "yamlsync", revision, environment)
        install(found, shared / "first")
    return found


def clone(place: Path, environment: dict[str, str]) -> str:
    """Clones the project with what is not committed yet; gives the commit."""

    def git(*arguments: object, cwd: Path = place) -> str:
        done = call("git", *arguments, cwd=cwd, environment=environment)
        assert done.returncode == 0, done.stdout
        return done.stdout

    if not place.exists():
        git("clone", "--quiet", "--no-hardlinks", ROOT, place, cwd=ROOT)
        git("rm", "-r", "--quiet", "--cached", ".")
        for path in git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0"):
            if path and (ROOT / path).is_file():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, place / path)
                git("add", "--force", "--", path)
        git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "What is there")
    return git("rev-parse", "HEAD").strip()


def install(hooks: Hooks, place: Path) -> None:
    """Lets pre-commit install the hooks, which takes a while the first time."""
    if not place.exists():
        place.mkdir()
        call("git", "init", "--quiet", cwd=place, environment=hooks.environment)
    (place / ".pre-commit-config.yaml").write_text(hooks.config(CHECK, FMT), encoding="utf-8")
    done = call(sys.executable, "-m", "pre_commit", "install-hooks", cwd=place, environment=hooks.environment)
    if done.returncode:
        skip_or_fail(place, done.stdout)


@frozen
class Repository:
    """An author's repository, where `git commit` runs the hooks."""

    folder: Path
    environment: dict[str, str]

    def git(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return call("git", *arguments, cwd=self.folder, environment=self.environment)

    def commit(self, *paths: object) -> tuple[bool, str]:
        """Commits some files, or all; whether the hooks let it pass, and what they said."""
        added = self.git("add", "--all", "--", *paths)
        assert added.returncode == 0, added.stdout
        done = self.git("commit", "--message", "Change")
        return done.returncode == 0, done.stdout


Start = Callable[..., Repository]


@pytest.fixture
def start(hooks: Hooks, tmp_path: Path) -> Start:
    """Makes a repository with two good courses and some hooks, all committed."""

    def start(*used: Hook) -> Repository:
        folder = tmp_path / "repository"
        for name in ("first", "second"):
            write_course(folder / "courses" / name)
        assert run("import", "courses/first", "first.db", cwd=folder).returncode == 0
        (folder / "docs").mkdir()
        (folder / "docs" / "notes.yaml").write_text("a:   'note'\n", encoding="utf-8")
        (folder / ".pre-commit-config.yaml").write_text(hooks.config(*used), encoding="utf-8")
        repository = Repository(folder, hooks.environment)
        assert repository.git("init", "--quiet").returncode == 0
        installed = call(
            sys.executable, "-m", "pre_commit", "install", cwd=folder, environment=hooks.environment
        )
        assert installed.returncode == 0, installed.stdout
        passed, said = repository.commit(".")
        assert passed, said
        return repository

    return start


def database(*args: str) -> Hook:
    return {"id": "yamlsync-database", "args": list(args)}


FIRST = database("courses/first", "first.db")


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    environment = own_environment(tmp_path)
    command = (sys.executable, "-m", "pre_commit", "validate-manifest", MANIFEST)
    done = call(*command, cwd=tmp_path, environment=environment)
    assert (done.returncode, done.stdout) == (0, "")


def _needed(texts: list[str], system: dict[str, str]) -> set[str]:
    """The requirements that hold on a machine, without their markers."""
    asked = [Requirement(text) for text in texts]
    return {
        f"{each.name}{each.specifier}"
        for each in asked
        if each.marker is None or each.marker.evaluate(system)
    }


@pytest.mark.parametrize(
    ("machine", "python", "wheel"),
    [
        ("x86_64", "3.11", True),  # Linux and macOS
        ("aarch64", "3.13", True),
        ("arm64", "3.14", True),  # macOS
        ("AMD64", "3.13", True),  # Windows
        ("ARM64", "3.13", False),
        ("riscv64", "3.13", False),
        ("x86_64", "3.15", False),
    ],
)
def test_the_hook_brings_what_checks_conditions_where_there_are_wheels(
    machine: str, python: str, wheel: bool
) -> None:
    (hook,) = (each for each in yaml.safe_load(MANIFEST.read_text("utf-8")) if each["id"] == CHECK["id"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {
        f"{each.name}{each.specifier}" for each in map(Requirement, project["optional-dependencies"]["cel"])
    }
    system = {"platform_machine": machine, "python_version": python}
    found = _needed(hook["additional_dependencies"], system)
    assert found == (extra if wheel else {each for each in extra if "cel" not in each})


def test_a_wrong_condition_stops_the_commit(start: Start) -> None:
    repository = start(CHECK)
    condition = "navigation:\n  unlock_condition: merge\ngoss_spec:"
    edit(repository.folder / "courses" / "second" / "steps" / "two.yaml", "goss_spec:", condition)
    passed, said = repository.commit(".")
    assert not passed
    assert "courses/second/steps/two.yaml:5:21: YS402" in said


def test_good_courses_pass_all_hooks(start: Start) -> None:
    repository = start(FMT, CHECK, FIRST)
    edit(repository.folder / "courses" / "second" / "steps" / "two.yaml", "Make the", "Make this")
    passed, said = repository.commit(".")
    assert passed, said
    assert said.count("Passed") == 3


def test_a_mistake_in_any_course_stops_the_commit(start: Start) -> None:
    repository = start(CHECK)
    edit(
        repository.folder / "courses" / "second" / "steps" / "two.yaml",
        "goss_spec:",
        "navigation:\n  next: thre\ngoss_spec:",
    )
    passed, said = repository.commit(".")
    assert not passed
    assert "courses/second/steps/two.yaml:5:9: YS201" in said


def test_a_step_file_that_goes_alone_stops_the_commit(start: Start) -> None:
    repository = start(CHECK)
    (repository.folder / "courses" / "second" / "steps" / "two.yaml").unlink()
    passed, said = repository.commit(".")
    assert not passed
    assert "courses/second/workshop.yaml" in said
    edit(repository.folder / "courses" / "second" / "workshop.yaml", "  - two\n", "")
    passed, said = repository.commit(".")
    assert passed, said


def test_only_files_in_a_commit_are_looked_at_where_a_repository_wants_that(start: Start) -> None:
    repository = start({**CHECK, "always_run": False})
    (repository.folder / "docs" / "notes.yaml").write_text("b: 1\n", encoding="utf-8")
    passed, said = repository.commit(".")
    assert (passed, "Skipped" in said) == (True, True), said
    (repository.folder / "courses" / "second" / "workshop.yaml").write_text("", encoding="utf-8")
    passed, said = repository.commit(".")
    assert not passed, said


def test_arguments_say_where_to_look_and_how_severe_a_finding_must_be(start: Start) -> None:
    repository = start({**CHECK, "args": ["--fail-level=error", "courses/first"]})
    edit(
        repository.folder / "courses" / "first" / "steps" / "two.yaml",
        "title:",
        "# yamlsync: ignore YS999\ntitle:",
    )
    (repository.folder / "courses" / "second" / "workshop.yaml").write_text("", encoding="utf-8")
    passed, said = repository.commit(".")
    assert passed, said
    edit(repository.folder / "courses" / "first" / "steps" / "two.yaml", "title:", "titel:")
    passed, said = repository.commit(".")
    assert not passed, said


def test_files_that_are_formatted_stop_the_commit_once(start: Start) -> None:
    repository = start(FMT)
    paths = [
        repository.folder / "courses" / course / "steps" / f"{step}.yaml"
        for course in ("first", "second")
        for step in ("one", "two", "three")
    ]
    before = [path.read_bytes() for path in paths]
    for path in paths:
        edit(path, "title: ", "title:    ")
    passed, said = repository.commit(".")
    assert not passed
    assert "files were modified by this hook" in said
    assert [path.read_bytes() for path in paths] == before
    (repository.folder / "docs" / "notes.yaml").write_text("b:   'note'\n", encoding="utf-8")
    edit(paths[0], "Make the", "Make this")
    passed, said = repository.commit(".")
    assert passed, said
    assert (repository.folder / "docs" / "notes.yaml").read_text(encoding="utf-8") == "b:   'note'\n"


def test_a_file_that_cannot_be_formatted_stops_the_commit(start: Start) -> None:
    repository = start(FMT)
    edit(repository.folder / "courses" / "first" / "steps" / "two.yaml", "title: Step", "title: 'Step")
    passed, said = repository.commit(".")
    assert not passed
    assert "courses/first/steps/two.yaml:" in said
    assert "files were modified" not in said


def test_a_stale_database_stops_the_commit_until_it_is_built_again(start: Start) -> None:
    repository = start(FIRST)
    edit(repository.folder / "courses" / "first" / "steps" / "two.yaml", "title: Step", "title: The step")
    passed, said = repository.commit(".")
    assert not passed
    assert 'step "two"' in said
    assert "title" in said
    assert run("import", "courses/first", "first.db", cwd=repository.folder).returncode == 0
    passed, said = repository.commit(".")
    assert passed, said


def test_a_database_that_is_not_there_stops_the_commit(start: Start) -> None:
    repository = start(FIRST)
    (repository.folder / "first.db").unlink()
    passed, said = repository.commit(".")
    assert not passed
    assert "first.db" in said


def test_what_is_not_staged_is_not_judged(start: Start) -> None:
    repository = start(CHECK, FIRST)
    edit(repository.folder / "courses" / "first" / "workshop.yaml", "  - two\n", "")
    (repository.folder / "docs" / "notes.yaml").write_text("b: 1\n", encoding="utf-8")
    passed, said = repository.commit("docs")
    assert passed, said
    passed, said = repository.commit("courses")
    assert not passed, said


def test_the_hooks_of_a_new_course_run_from_a_folder_and_see_a_file_that_goes_alone(
    hooks: Hooks, tmp_path: Path
) -> None:
    folder = tmp_path / "course"
    repository = Repository(folder, hooks.environment)
    assert run("init", folder).returncode == 0
    edit(folder / ".pre-commit-config.yaml", '["yamlsync[cel]"]', f'["{hooks.repository}[cel]"]')
    assert repository.git("init", "--quiet").returncode == 0
    pre_commit = (sys.executable, "-m", "pre_commit")
    installed = call(*pre_commit, "install", "--install-hooks", cwd=folder, environment=hooks.environment)
    if installed.returncode:
        skip_or_fail(tmp_path, installed.stdout)
    passed, said = repository.commit(".")
    assert (passed, said.count("Passed")) == (True, 2), said
    (folder / "steps" / "hello.yaml").unlink()
    passed, said = repository.commit(".")
    assert (passed, "workshop.yaml" in said) == (False, True), said
    assert repository.git("reset", "--hard", "--quiet").returncode == 0
    edit(folder / "steps" / "wrap-up.yaml", 'steps["hello"].completed', "merge")
    passed, said = repository.commit(".")
    assert (passed, "YS402" in said) == (False, True), said
