"""The action for pull requests, its steps run in order as GitHub's runner does (CHK-85 to CHK-89)."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.actions_runner import Command, Ran, Runner, load
from tests.acceptance.command import run, snapshot
from tests.acceptance.network import skip_or_fail
from tests.acceptance.small_course import edit, write_course
from tests.conftest import ROOT
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of

ACTION = ROOT / ".github" / "actions" / "yamlsync"
STEPS = ("check", "format", "build", "compare", "Report")

pytestmark = [
    pytest.mark.skipif(not ACTION.exists(), reason="the action is not part of a source distribution"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
]

# Stands in for the Python of setup-python, and for that of a fresh environment; pip installs nothing.
PYTHON = f"""#!/bin/sh
case "$*" in
  "-I -m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  "-I -m pip "*) printf '%s\\n' "$*" >>"$PIP_LOG" ;;
  *) {{MORE}}
     exec '{sys.executable}' "$@" ;;
esac
"""

Act = Callable[..., Ran]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout with a good course."""
    return write_course(tmp_path / "workspace" / "course").parent


@pytest.fixture
def act(workspace: Path, tmp_path: Path) -> Act:
    """Runs the action on the course, without an installation."""

    def act(more: str = ":", environment: dict[str, str] | None = None, **inputs: str) -> Ran:
        python = tmp_path / "python"
        python.write_text(PYTHON.replace("{MORE}", more), encoding="utf-8")
        python.chmod(0o755)
        runner = Runner(
            workspace,
            tmp_path / "temporary",
            {
                "PATH": os.environ["PATH"],
                "PIP_LOG": str(tmp_path / "pip.log"),
                "PYTHONDONTWRITEBYTECODE": "1",
                **(environment or {}),
            },
            {"python": {"python-path": str(python)}},
        )
        return runner.run(ACTION, **({"directory": "course"} | inputs))

    return act


def outcomes(ran: Ran) -> list[str]:
    return [ran.outcomes[step] for step in STEPS]


def annotated(ran: Ran) -> list[Command]:
    return ran.commands("error", "warning", "notice")


def test_a_good_course_passes_and_its_database_is_handed_on(
    act: Act, workspace: Path, tmp_path: Path
) -> None:
    before = snapshot(workspace)
    ran = act()
    assert ran.succeeded, ran.log
    assert outcomes(ran) == ["success", "success", "success", "skipped", "success"]
    assert annotated(ran) == []
    built = Path(ran.outputs["database"])
    assert built.name == "workshop.db"
    assert not built.is_relative_to(workspace)
    assert ran.outputs["sha256"] == hashlib.sha256(built.read_bytes()).hexdigest()
    assert ran.outputs["current"] == ""
    contents = read_database(str(built)).contents
    assert contents is not None
    assert len(contents.workshops[0].steps) == 3
    assert "### yamlsync: `course`" in ran.summary
    digest = ran.outputs["content-digest"]
    assert f"| database | built, SHA-256 `{ran.outputs['sha256']}`, content `{digest}` |" in ran.summary
    assert digest == digests_of(contents).content
    assert "committed" not in ran.summary
    assert snapshot(workspace) == before
    assert ran.exports == ""
    pip = (tmp_path / "pip.log").read_text(encoding="utf-8").split()
    folder, _, extra = pip[-1].partition("[")
    assert (Path(folder).resolve(), extra) == (ROOT, "cel]")
    assert pip[-2] == "--"


@pytest.mark.usefixtures("workspace")
def test_the_commit_is_kept_where_it_is_named(act: Act) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    ran = act(source_commit=commit)
    assert ran.succeeded, ran.log
    artifact = read_database(ran.outputs["database"]).artifact
    assert artifact is not None
    assert artifact.source_commit == commit


@pytest.mark.usefixtures("workspace")
def test_a_platform_that_knows_schema_1_alone_gets_that(act: Act) -> None:
    ran = act(schema="1")
    assert ran.succeeded, ran.log
    assert read_database(ran.outputs["database"]).schema == 1


def test_another_version_is_installed_where_one_is_named(act: Act, tmp_path: Path) -> None:
    act(requirement="yamlsync==0.1.0; touch pwned")
    pip = (tmp_path / "pip.log").read_text(encoding="utf-8")
    assert pip.endswith(" -- yamlsync==0.1.0; touch pwned\n")


def test_a_mistake_is_annotated_and_the_other_steps_still_run(act: Act, workspace: Path) -> None:
    edit(workspace / "course" / "steps" / "two.yaml", "goss_spec:", "navigation:\n  next: thre\ngoss_spec:")
    ran = act()
    assert not ran.succeeded
    assert outcomes(ran) == ["failure", "success", "failure", "skipped", "failure"]
    [found] = annotated(ran)
    assert found.name == "error"
    assert found.properties["file"] == "course/steps/two.yaml"
    assert found.properties["line"] == "5"
    assert 'did you mean "three"?' in found.text
    assert "| check | failed |" in ran.summary
    assert "| database | failed |" in ran.summary
    assert "yamlsync check" in ran.summary
    assert (ran.outputs["database"], ran.outputs["sha256"]) == ("", "")


def test_a_file_that_is_no_yaml_fails_in_each_step(act: Act, workspace: Path) -> None:
    edit(workspace / "course" / "steps" / "two.yaml", "title: Step", "title: 'Step")
    ran = act(database="course.db")
    assert outcomes(ran) == ["failure", "failure", "failure", "skipped", "failure"]
    assert {each.properties["file"] for each in annotated(ran)} == {"course/steps/two.yaml"}
    assert "| committed `course.db` | not done |" in ran.summary


def test_findings_fail_from_the_level_on_that_is_asked_for(act: Act, workspace: Path) -> None:
    edit(workspace / "course" / "steps" / "two.yaml", "title:", "# yamlsync: ignore YS999\ntitle:")
    ran = act(fail_level="error")
    assert ran.succeeded, ran.log
    assert [each.name for each in annotated(ran)] == ["warning"]


def test_a_warning_fails_where_no_level_is_asked_for(act: Act, workspace: Path) -> None:
    edit(workspace / "course" / "steps" / "two.yaml", "title:", "# yamlsync: ignore YS999\ntitle:")
    ran = act()
    assert not ran.succeeded
    assert outcomes(ran) == ["failure", "success", "success", "skipped", "failure"]
    assert "failed: check" in ran.log


def test_a_file_that_is_not_in_canonical_spelling_fails_with_the_difference(
    act: Act, workspace: Path
) -> None:
    edit(workspace / "course" / "steps" / "two.yaml", "id: two", "id:   'two'")
    ran = act()
    assert not ran.succeeded
    assert outcomes(ran) == ["success", "failure", "success", "skipped", "failure"]
    assert "-id:   'two'\n+id: two\n" in ran.log
    assert "| spelling | failed |" in ran.summary
    assert Path(ran.outputs["database"]).exists()


def test_a_committed_database_that_is_up_to_date_passes(act: Act, workspace: Path) -> None:
    assert run("import", "course", "my course.db", cwd=workspace).returncode == 0
    ran = act(database="my course.db")
    assert ran.succeeded, ran.log
    assert outcomes(ran) == ["success"] * 5
    assert ran.outputs["current"] == "true"
    assert Path(ran.outputs["database"]).name == "my course.db"
    assert "| committed `my course.db` | passed |" in ran.summary


@pytest.fixture
def stale(workspace: Path) -> Path:
    """A checkout whose YAML went on after its database was committed."""
    assert run("import", "course", "course.db", cwd=workspace).returncode == 0
    edit(workspace / "course" / "workshop.yaml", "name: ", "name: New ")
    return workspace


def test_a_stale_database_fails_and_is_left_as_it_is(act: Act, stale: Path) -> None:
    before = snapshot(stale)
    ran = act(database="course.db")
    assert not ran.succeeded
    assert outcomes(ran) == ["success", "success", "success", "failure", "failure"]
    [found] = annotated(ran)
    assert (found.name, found.properties) == ("error", {"title": "stale database"})
    assert found.text.endswith("Rebuild it: yamlsync import course course.db")
    assert ran.outputs["current"] == "false"
    assert "| committed `course.db` | failed |" in ran.summary
    assert snapshot(stale) == before


def test_a_stale_database_is_but_a_warning_where_that_is_wanted(act: Act, stale: Path) -> None:
    ran = act(database="course.db", fail_on_stale="false")
    assert ran.succeeded, ran.log
    assert [each.name for each in annotated(ran)] == ["warning"]
    assert ran.outputs["current"] == "false"
    assert "| committed `course.db` | stale |" in ran.summary


def test_a_database_that_is_not_there_fails_all_the_same(act: Act) -> None:
    ran = act(database="missing.db", fail_on_stale="false")
    assert not ran.succeeded
    assert outcomes(ran) == ["success", "success", "success", "failure", "failure"]
    assert ran.outputs["current"] == ""


def test_a_directory_that_is_not_there_fails(act: Act) -> None:
    ran = act(directory="courses")
    assert not ran.succeeded
    assert outcomes(ran) == ["failure", "failure", "failure", "skipped", "failure"]


def test_builds_that_differ_fail(act: Act) -> None:
    # After each build, the process's number goes into bytes of the header that SQLite leaves unused.
    differ = f"""case "$*" in
       *" import -- "*) for last; do :; done
         '{sys.executable}' "$@" && printf '%8d' $$ | dd of="$last" bs=1 seek=76 conv=notrunc 2>/dev/null
         exit ;;
     esac"""
    ran = act(differ)
    assert not ran.succeeded
    assert outcomes(ran) == ["success", "success", "failure", "skipped", "failure"]
    assert "differ" in ran.log
    assert ran.outputs["database"] == ""


def test_what_an_author_writes_commands_neither_the_runner_nor_the_shell(
    act: Act, workspace: Path, tmp_path: Path
) -> None:
    folder = "a `touch pwned` $(touch pwned) | ; ' \" & ::add-mask::a ##[add-mask]b"
    (workspace / "course").rename(workspace / folder)
    step = workspace / folder / "steps" / "two.yaml"
    lines = "  ::add-mask::c\n  ##[add-mask]d\n  ::set-output name=x::y\n"
    # What is not spelled as it should be is shown with the lines around it.
    edit(step, "markdown: |\n", f"markdown:   |\n{lines}")
    (workspace / folder / "yamlsync.toml").write_text('"##[add-mask]g" = 1\n')
    shutil.copytree(workspace / folder, workspace / "old")
    edit(workspace / "old" / "workshop.yaml", "name: ", "name: '##[add-mask]e' #")
    database = "$(touch pwned) ##[add-mask]f.db"
    assert run("import", "old", database, cwd=workspace).returncode == 0
    ran = act(directory=folder, database=database)
    assert outcomes(ran) == ["failure", "failure", "success", "failure", "failure"], ran.log
    assert "  ::add-mask::c" in ran.log
    assert all(f"##[add-mask]{letter}" in ran.log for letter in "bdefg")
    assert [each.name for each in ran.commands("add-mask", "set-output", "error", "warning")] == ["error"]
    assert list(tmp_path.rglob("pwned")) == []
    headings = [line for line in ran.summary.splitlines() if line.startswith("### yamlsync:")]
    assert headings == [f"### yamlsync: `{folder.replace('`', '?').replace('|', '?')}`"]


def test_nothing_of_the_repository_is_executed(act: Act, workspace: Path, tmp_path: Path) -> None:
    for name in ("yamlsync", "click", "attrs", "venv", "pip", "hashlib", "sitecustomize", "usercustomize"):
        (workspace / f"{name}.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'w')\n")
    for name in ("od", "tr", "cmp", "mktemp", "yamlsync", "shared.sh"):
        (workspace / name).write_text(f"#!/bin/sh\ntouch '{tmp_path / 'executed'}'\n")
        (workspace / name).chmod(0o755)
    ran = act(environment={"PYTHONPATH": str(workspace), "PYTHONSTARTUP": str(workspace / "click.py")})
    assert ran.succeeded, ran.log
    assert not (tmp_path / "executed").exists()


def test_pip_installs_what_the_action_is_a_part_of(workspace: Path, tmp_path: Path) -> None:
    names = ("PATH", "HOME", "PIP_", "SSL_", "HTTP", "http", "NO_PROXY", "no_proxy", "ALL_PROXY")
    environment = {key: value for key, value in os.environ.items() if key.startswith(names)}
    used = {"python": {"python-path": sys.executable}}
    ran = Runner(workspace, tmp_path / "temporary", environment, used).run(ACTION, directory="course")
    if ran.outcomes["install"] == "failure":
        skip_or_fail(tmp_path, ran.log)
    assert ran.succeeded, ran.log
    assert Path(ran.outputs["database"]).exists()


def test_scripts_take_values_from_the_environment_alone() -> None:
    steps = load(ACTION)["runs"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    scripts = {path.name: path.read_text(encoding="utf-8") for path in ACTION.glob("*.sh")}
    assert all("${{" not in text for text in [*runs, *scripts.values()])
    called = re.findall(r"\$GITHUB_ACTION_PATH/([a-z]+\.sh)", "\n".join([*runs, *scripts.values()]))
    assert set(called) == set(scripts)
    for text in [*(each for each in runs if "\n" in each), *scripts.values()]:
        sourced = text is scripts["shared.sh"]
        assert sourced or "set -euo pipefail" in text.splitlines()[:3]
    assert [step["uses"] for step in steps if "uses" in step] == ["actions/setup-python@v6"]
    assert not re.search(r"secrets|token\b|github\.", (ACTION / "action.yml").read_text(encoding="utf-8"))


def test_the_action_is_what_the_schema_of_actions_asks_for() -> None:
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, ACTION / "action.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    scripts = sorted(ACTION.glob("*.sh"))
    command = ["shellcheck", "--external-sources", "--source-path", str(ACTION), *map(str, scripts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
