"""`yamlsync check` as authors and CI run it (CHK-1 to CHK-57)."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.acceptance.command import run, snapshot
from tests.acceptance.small_course import write_course
from tests.conftest import ROOT
from yamlsync.reporters.report import FORMATS

ERROR = "course/steps/debugging.yaml:5:57: YS204 error: "
WARNING = "course/steps/services.yaml:6:3: YS301 warning: "
HINT = "course/steps/clean-up.yaml:8:3: YS734 hint: "
ALL = "10 steps: 1 error, 1 warning, 1 hint; yamlsync check --fix mends 1\n"

Course = Callable[..., Path]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The top of a repository, and the working directory; no CI around it."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def sample(here: Path) -> Course:
    """Copies the sample, with an error, a warning and a hint in it."""

    def sample(name: str = "course") -> Path:
        course = here / name
        shutil.copytree(ROOT / "sample-workshop", course, ignore=shutil.ignore_patterns(".yamlsync"))
        edit(course / "steps" / "debugging.yaml", 'steps["rollouts"]', 'steps["rolouts"]')
        next = "# Onwards.\nnavigation:\n  next: config-maps # as listed\nmetadata:"
        edit(course / "steps" / "services.yaml", "metadata:", next)
        edit(course / "steps" / "clean-up.yaml", "  difficulty:", "  dificulty:")
        return course

    return sample


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check(*arguments: object, **options: Any) -> tuple[int, list[str], str]:
    """The exit code, the findings as lines (their places, codes and severities), and stderr."""
    done = run("check", "--output-format", "concise", *arguments, **options)
    lines = [re.sub("(error|warning|hint): .*", r"\1: ", line) for line in done.stdout.splitlines()]
    return done.returncode, lines, done.stderr


# What is checked.


def test_a_good_workshop_has_nothing_to_find_fault_with() -> None:
    done = run("check", "sample-workshop", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "10 steps: nothing to find fault with\n"


def test_all_is_found_and_errors_and_warnings_fail(sample: Course) -> None:
    sample()
    assert check("course") == (1, [HINT, ERROR, WARNING], ALL)


def test_without_a_path_it_is_the_working_directory(sample: Course) -> None:
    code, lines, _ = check(cwd=sample())
    assert (code, [line.partition(":")[0] for line in lines]) == (
        1,
        ["steps/clean-up.yaml", "steps/debugging.yaml", "steps/services.yaml"],
    )


def test_places_are_seen_from_the_working_directory(sample: Course) -> None:
    course = sample()
    code, lines, _ = check("..", "--select", "YS204", cwd=course / "steps")
    assert (code, lines) == (1, ["debugging.yaml:5:57: YS204 error: "])
    code, lines, _ = check(course, "--select", "YS204")
    assert lines == [f"{course}/steps/debugging.yaml:5:57: YS204 error: "]


def test_a_file_is_checked_in_its_workshop_and_nothing_else_is_told(sample: Course) -> None:
    sample()
    assert check("course/steps/debugging.yaml") == (1, [ERROR], "1 step: 1 error\n")
    code, lines, _ = check("course/steps/services.yaml", "course/steps/clean-up.yaml")
    assert (code, lines) == (1, [HINT, WARNING])
    assert check("course/workshop.yaml") == (0, [], "0 steps: nothing to find fault with\n")


def test_the_folder_of_the_steps_is_all_steps(sample: Course) -> None:
    sample()
    assert check("course/steps") == (1, [HINT, ERROR, WARNING], ALL)


def test_a_folder_of_courses_is_all_of_them(sample: Course) -> None:
    sample("courses/a")
    sample("courses/b/deep")
    sample("courses/.drafts/c")
    code, lines, said = check("courses", "--select", "YS204")
    assert (code, said) == (1, "20 steps: 2 errors\n")
    assert lines == [
        "courses/a/steps/debugging.yaml:5:57: YS204 error: ",
        "courses/b/deep/steps/debugging.yaml:5:57: YS204 error: ",
    ]


def test_several_workshops_in_one_directory_know_of_each_other(here: Path) -> None:
    write_course(here / "all" / "workshops" / "a")
    write_course(here / "all" / "workshops" / "b")
    listing = "format: yamlsync/1\nworkshops:\n  - a\n  - b\n"
    (here / "all" / "workshops.yaml").write_text(listing, encoding="utf-8")
    for number, step in enumerate(("one", "two", "three")):
        path = here / "all" / "workshops" / "b" / "steps" / f"{step}.yaml"
        text = path.read_text(encoding="utf-8").replace(f"id: {step}", f"id: b-{step}")
        path.with_name(f"b-{step}.yaml").write_text(text, encoding="utf-8")
        path.unlink()
        edit(here / "all" / "workshops" / "b" / "workshop.yaml", f"- {step}", f"- b-{step}")
        if number:
            edit(
                path.with_name(f"b-{step}.yaml"),
                "goss_spec:",
                f'navigation:\n  unlock_condition: steps["{step}"].completed\ngoss_spec:',
            )
    everything = check("all", "--select", "YS204")
    assert everything == (0, [], "6 steps: nothing to find fault with\n")
    assert check("all/workshops/b", "--select", "YS204") == (0, [], "3 steps: nothing to find fault with\n")
    edit(
        here / "all" / "workshops" / "a" / "steps" / "one.yaml",
        "goss_spec:",
        'navigation:\n  unlock_condition: steps["x"].completed\ngoss_spec:',
    )
    assert check("all/workshops/b", "--select", "YS204")[0] == 0
    assert check("all/workshops/a", "--select", "YS204")[0] == 1


def test_a_database_is_checked_and_findings_name_its_cells(sample: Course) -> None:
    sample()
    assert run("import", "course", "course.db").returncode == 0
    code, lines, said = check("course.db")
    assert (code, said) == (1, "10 steps: 1 error, 1 hint\n")
    assert lines == [
        'course.db: table navigation, row step_id "debugging", column unlock_condition: YS204 error: ',
        'course.db: table step_metadata, row step_id "clean-up", key "dificulty", column key: YS734 hint: ',
    ]


def test_a_database_is_not_mended(sample: Course) -> None:
    sample()
    assert run("import", "course", "course.db").returncode == 0
    before = Path("course.db").read_bytes()
    code, lines, said = check("course.db", "--fix")
    assert (code, lines) == (2, [])
    assert "course.db is a database, and only files are mended" in said
    assert Path("course.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone",), "error: gone does not exist"),
        (("gone.db",), "gone.db"),
        (("empty",), "error: empty holds no workshop: there is no workshop.yaml in it or below it"),
        (("loose/steps/a.yaml",), "error: loose holds no workshop: there is no workshop.yaml in it"),
        (("notes.txt",), "error: notes.txt is no file of a workshop"),
        (("text.db",), "text.db"),
        (("--select", "YS999"), 'error: --select: there is no rule "YS999"'),
        (("--ignore", "nonsense"), 'error: --ignore: there is no rule "NONSENSE"'),
        (("--fail-level", "fatal"), "Invalid value for '--fail-level'"),
        (("--output-format", "xml"), "Invalid value for '--output-format'"),
    ],
)
def test_what_cannot_be_tried_ends_with_2(here: Path, arguments: tuple[str, ...], said: str) -> None:
    (here / "empty").mkdir()
    (here / "loose" / "steps").mkdir(parents=True)
    (here / "loose" / "steps" / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (here / "notes.txt").touch()
    (here / "text.db").write_text("no database", encoding="utf-8")
    done = run("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# What import refuses.


@pytest.mark.parametrize(
    "options", [(), ("--select", "YS204"), ("--ignore", "YS"), ("--fail-level", "error")]
)
def test_what_import_refuses_is_always_told(sample: Course, options: tuple[str, ...]) -> None:
    course = sample()
    Path("yamlsync.toml").write_text('[per-file-ignores]\n"*" = ["YS"]\n', encoding="utf-8")
    edit(course / "steps" / "probes.yaml", "title:", "# yamlsync: ignore YS107\ntitel:")
    code, lines, _ = check("course", *options)
    assert code == 1
    assert "course/steps/probes.yaml:3:1: YS107 error: " in lines


def test_rules_look_into_what_can_be_read_of_a_broken_workshop(sample: Course) -> None:
    course = sample()
    (course / "steps" / "welcome.yaml").write_text("id: welcome: x\n", encoding="utf-8")
    code, lines, said = check("course")
    assert code == 1
    assert lines[:2] == [HINT, ERROR]
    assert [line for line in lines if "welcome.yaml" in line] == [
        "course/steps/welcome.yaml:1:12: YS103 error: "
    ]
    assert said.startswith("9 of 10 steps could be looked into: ")


def test_how_many_steps_could_not_be_looked_into_is_said(sample: Course) -> None:
    course = sample()
    for name in ("welcome", "probes"):
        edit(course / "steps" / f"{name}.yaml", "title:", "titel:")
    (course / "steps" / "volumes.yml").write_text("", encoding="utf-8")
    said = check("course", "--select", "YS204")[2]
    assert said.startswith("8 of 10 steps could be looked into: ")
    assert check("course/steps/welcome.yaml")[2].startswith("0 of 1 step could be looked into: ")
    assert check("course/steps/debugging.yaml")[2] == "1 step: 1 error\n"
    edit(course / "workshop.yaml", "name:", "nam:")
    assert check("course")[2].startswith("0 of 10 steps could be looked into: ")


CANNOT = " cannot be ignored: "


@pytest.mark.parametrize(
    ("ignored", "told"),
    [
        ("YS201", ["YS201 cannot be ignored: import refuses what it finds"]),
        ("YS1,YS104", [f"{code}{CANNOT}import refuses what it finds" for code in ("YS1", "YS104")]),
        (
            "ys8,YS201",
            [f"YS8{CANNOT}export refuses what it finds", f"YS201{CANNOT}import refuses what it finds"],
        ),
        # These fit rules that can be ignored, too.
        ("YS,YS2,YS20,YS204,YS901,YS9", []),
    ],
)
def test_a_code_that_cannot_be_ignored_is_told(sample: Course, ignored: str, told: list[str]) -> None:
    sample("courses/a")
    sample("courses/b")
    done = run("-q", "check", "courses", "--ignore", ignored)
    assert done.stderr.splitlines() == [f"warning: {each}" for each in told]
    listed = ", ".join(f'"{code.upper()}"' for code in ignored.split(","))
    for setting in (f"ignore = [{listed}]", f'[per-file-ignores]\n"*.yaml" = [{listed}]\n"a" = [{listed}]'):
        Path("yamlsync.toml").write_text(f"{setting}\n", encoding="utf-8")
        done = run("-q", "check", "courses")
        assert done.stderr.splitlines() == [f"warning: {each}" for each in told]


def test_help_says_that_not_all_can_be_ignored() -> None:
    assert "What import refuses is told all the same." in " ".join(run("check", "-h").stdout.split())


@pytest.mark.parametrize(
    ("name", "right"), [("workshop.yml", "workshop.yaml"), ("workshops.YML", "workshops.yaml")]
)
def test_a_list_with_another_suffix_is_to_be_renamed(here: Path, name: str, right: str) -> None:
    (here / "a").mkdir()
    (here / "a" / name).write_text("", encoding="utf-8")
    found = os.path.join("a", name)
    for arguments in (("check", "a"), ("fmt", "a"), ("import", "a", "x.db"), ("step", "add", "a", "x")):
        done = run(*arguments)
        assert (done.returncode, "there is no workshop.yaml in it" in done.stderr) == (2, True)
        assert f"  = help: rename {found} to {right}\n" in done.stderr
    done = run("check", found)
    assert (done.returncode, f"  = help: rename it to {right}\n" in done.stderr) == (2, True)
    # Beside the right one it is a file like any other.
    write_course(here / "c")
    (here / "c" / name).write_text("", encoding="utf-8")
    assert check("c")[0] == 0


def test_a_file_that_a_broken_list_keeps_from_being_checked_does_not_pass(sample: Course) -> None:
    course = sample()
    edit(course / "workshop.yaml", "name:", "nam:")
    code, lines, _ = check("course/steps/debugging.yaml")
    assert code == 1
    assert {line.split(":")[0] for line in lines} == {"course/workshop.yaml"}
    edit(course / "workshop.yaml", "nam:", "name:")
    edit(course / "workshop.yaml", "  - welcome", "  - welcom")
    code, lines, _ = check("course/steps/debugging.yaml")
    assert (code, lines) == (1, [ERROR])


def test_a_file_behind_a_linked_folder_is_told_as_such(sample: Course) -> None:
    course = sample()
    (course / "steps").rename("elsewhere")
    os.symlink("../elsewhere", course / "steps")
    for path in ("course/steps/debugging.yaml", "course/steps"):
        code, lines, _ = check(path)
        assert (code, [line.split(" ", 1)[0] for line in lines]) == (1, ["course/steps:"])


def test_a_workshop_that_a_broken_list_hides_does_not_pass(here: Path) -> None:
    write_course(here / "all" / "workshops" / "a")
    (here / "all" / "workshops.yaml").write_text("workshops: x: y\n", encoding="utf-8")
    for path in ("all/workshops/a", "all/workshops/a/workshop.yaml", "all/workshops/a/steps"):
        code, lines, _ = check(path)
        assert (code, {line.partition(":")[0] for line in lines}) == (1, {"all/workshops.yaml"})


# Choosing rules.


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--select", "YS2"), [ERROR]),
        (("--select", "ys204,YS734"), [HINT, ERROR]),
        (("--select", "YS2", "--select", "YS3"), [ERROR, WARNING]),
        (("--ignore", "YS2"), [HINT, WARNING]),
        (("--select", "YS204", "--ignore", "YS2"), [ERROR]),
        (("--ignore", "YS204,YS301,YS734"), []),
    ],
)
def test_options_choose_the_rules(sample: Course, options: tuple[str, ...], found: list[str]) -> None:
    sample()
    code, lines, _ = check("course", *options)
    assert (code, lines) == (1 if found else 0, found)


@pytest.mark.parametrize(
    ("level", "ignore", "code"),
    [
        ("error", "YS204", 0),
        ("error", "YS301", 1),
        ("warning", "YS204", 1),
        ("warning", "YS204,YS301", 0),
        ("hint", "YS204,YS301", 1),
        ("hint", "YS204,YS301,YS734", 0),
    ],
)
def test_the_level_says_what_fails(sample: Course, level: str, ignore: str, code: int) -> None:
    sample()
    assert run("check", "course", "--fail-level", level, "--ignore", ignore).returncode == code


@pytest.mark.parametrize(("name", "table"), [("yamlsync.toml", ""), ("pyproject.toml", "[tool.yamlsync]\n")])
def test_settings_choose_too_and_options_go_before_them(sample: Course, name: str, table: str) -> None:
    sample()
    Path(name).write_text(f'{table}select = ["YS2", "YS3"]\nfail-level = "error"\n', encoding="utf-8")
    assert check("course")[:2] == (1, [ERROR, WARNING])
    assert check("course", "--ignore", "YS204")[:2] == (0, [WARNING])
    assert check("course", "--select", "YS7")[:2] == (0, [HINT])
    assert check("course", "--select", "YS7", "--fail-level", "hint")[:2] == (1, [HINT])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("yamlsync.toml", "select = [", "yamlsync.toml is not TOML: "),
        ("yamlsync.toml", 'selct = ["YS2"]', 'did you mean "select"?'),
        ("yamlsync.toml", 'select = ["YS999"]', 'select: there is no rule "YS999"'),
        ("pyproject.toml", "[tool.yamlsync]\nfail-level = 3", "fail-level is none of the levels"),
        ("pyproject.toml", "[tool]\nyamlsync = 3", "tool.yamlsync is not a table"),
    ],
)
def test_errors_in_settings_end_with_2(sample: Course, name: str, text: str, said: str) -> None:
    sample()
    Path(name).write_text(text, encoding="utf-8")
    done = run("check", "course")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_rules_can_be_ignored_for_some_files_and_databases(sample: Course) -> None:
    sample()
    Path("yamlsync.toml").write_text(
        '[per-file-ignores]\n"course/*/deb*" = ["YS2"]\n"services.yaml" = ["YS301"]\n"*.db" = ["YS204"]\n',
        encoding="utf-8",
    )
    assert check("course")[:2] == (0, [HINT])
    assert run("import", "course", "course.db").returncode == 0
    code, lines, _ = check("course.db")
    assert (code, [line.split(": ")[2] for line in lines]) == (0, ["YS734 hint"])


def test_excluded_workshops_are_left_out_unless_they_are_named(sample: Course) -> None:
    sample("courses/ready")
    sample("courses/drafts/new")
    Path("yamlsync.toml").write_text('exclude = ["drafts"]\n', encoding="utf-8")
    assert check("courses")[2] == ALL
    assert check("courses/drafts/new")[2] == ALL
    code, _, said = check("courses/drafts")
    assert code == 2
    assert "each workshop in courses/drafts is excluded by the settings" in said


# Comments.


@pytest.mark.parametrize(
    ("step", "old", "new", "rest"),
    [
        (
            "debugging",
            "navigation:",
            "# yamlsync: ignore YS204: it comes later\nnavigation:",
            [HINT, WARNING],
        ),
        (
            "debugging",
            "  unlock_condition:",
            "  # yamlsync: ignore YS204\n  unlock_condition:",
            [HINT, WARNING],
        ),
        ("services", "# as listed", "# yamlsync: ignore YS301", [HINT, ERROR]),
        ("clean-up", "metadata:", "# yamlsync: ignore YS734\nmetadata:", [ERROR, WARNING]),
    ],
)
def test_a_comment_silences_a_rule_where_it_stands(
    sample: Course, step: str, old: str, new: str, rest: list[str]
) -> None:
    edit(sample() / "steps" / f"{step}.yaml", old, new)
    assert check("course")[1] == rest


def test_comments_that_silence_nothing_are_told(sample: Course) -> None:
    course = sample()
    edit(course / "workshop.yaml", "  - probes", "  # yamlsync: ignore YS124\n  - probes")
    edit(course / "workshop.yaml", "  - rollouts", "  # yamlsync: ignore YS204\n  - rollouts")
    edit(course / "steps" / "probes.yaml", "title:", "# yamlsync: ignore YS2O4\ntitle:")
    assert check("course", "--ignore", "YS3,YS7")[1] == [
        ERROR,
        "course/steps/probes.yaml:2:1: YS902 warning: ",
        "course/workshop.yaml:17:3: YS902 warning: ",
        "course/workshop.yaml:19:3: YS901 warning: ",
    ]


# Mending.


def test_fix_mends_what_says_nothing_and_keeps_comments_and_records(sample: Course) -> None:
    course = sample()
    assert run("import", "course", "before.db").returncode == 0
    before = snapshot(course)
    code, lines, said = check("course", "--fix")
    assert (code, lines) == (1, [HINT, ERROR])
    assert said == "mended course/steps/services.yaml\n10 steps: 1 error, 1 hint\n"
    after = snapshot(course)
    assert [path for path in before if before[path] != after[path]] == ["steps/services.yaml"]
    text = after["steps/services.yaml"].decode()
    assert "navigation:" not in text
    assert "# Onwards.\n# as listed\nmetadata:\n" in text
    assert run("import", "course", "after.db").returncode == 0
    assert Path("before.db").read_bytes() == Path("after.db").read_bytes()
    assert check("course", "--fix")[:2] == (1, [HINT, ERROR])
    assert snapshot(course) == after


def test_fix_formats_the_file_that_it_mends(sample: Course) -> None:
    course = sample()
    edit(course / "steps" / "services.yaml", "title: Give", "title:    Give")
    edit(course / "steps" / "probes.yaml", "title: Tell", "title:    Tell")
    assert check("course", "--fix", "--select", "YS301")[:2] == (0, [])
    assert "title: Give" in (course / "steps" / "services.yaml").read_text(encoding="utf-8")
    assert "title:    Tell" in (course / "steps" / "probes.yaml").read_text(encoding="utf-8")


def test_fix_mends_only_what_was_named_and_asked_for(sample: Course) -> None:
    course = sample()
    before = snapshot(course)
    for arguments in (["course/steps/debugging.yaml"], ["course", "--ignore", "YS301"]):
        check("--fix", *arguments)
        assert snapshot(course) == before
    edit(course / "steps" / "services.yaml", "# as listed", "# yamlsync: ignore YS301")
    before = snapshot(course)
    check("--fix", "course")
    assert snapshot(course) == before


def test_fix_works_beside_files_that_cannot_be_read(sample: Course) -> None:
    course = sample()
    (course / "steps" / "welcome.yaml").write_text("id: welcome: x\n", encoding="utf-8")
    edit(course / "steps" / "probes.yaml", "group: operations", "group: yes")
    code, _, said = check("course", "--fix", "--select", "YS303")
    assert (code, said.splitlines()[0]) == (1, "mended course/steps/probes.yaml")
    assert 'group: "yes"' in (course / "steps" / "probes.yaml").read_text(encoding="utf-8")


def test_a_file_that_was_mended_keeps_its_permissions(sample: Course) -> None:
    path = sample() / "steps" / "services.yaml"
    path.chmod(0o640)
    check("course", "--fix")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# Formats.


def test_each_format_tells_the_same_findings(sample: Course) -> None:
    sample()
    told = {}
    for format in FORMATS:
        done = run("check", "course", "--output-format", format)
        assert (done.returncode, done.stderr) == (1, ALL)
        told[format] = sorted(set(re.findall(r"YS(?:204|301|734)\b", done.stdout)))
    assert told == {format: ["YS204", "YS301", "YS734"] for format in FORMATS}


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_a_document_too(format: str) -> None:
    done = run("check", "sample-workshop", "--output-format", format, cwd=ROOT)
    assert done.returncode == 0
    if format in ("json", "gitlab"):
        assert json.loads(done.stdout) == []
    elif format == "sarif":
        assert json.loads(done.stdout)["runs"][0]["results"] == []
    else:
        assert done.stdout == ""


def test_json_follows_the_schema_that_is_printed(sample: Course) -> None:
    sample()
    schema = json.loads(run("schema", "report").stdout)
    found = json.loads(run("check", "course", "--output-format", "json").stdout)
    Draft7Validator(schema).validate(found)
    assert [
        (each["path"], each["line"], each["column"], each["end_column"], each["fixable"]) for each in found
    ] == [
        ("course/steps/clean-up.yaml", 8, 3, 12, False),
        ("course/steps/debugging.yaml", 5, 57, 64, False),
        ("course/steps/services.yaml", 6, 3, 7, True),
    ]


def test_text_shows_the_line_and_says_how_bad_it_is(sample: Course) -> None:
    sample()
    lines = run("check", "course").stdout.splitlines()
    assert lines[0].startswith("course/steps/clean-up.yaml:8:3: YS734 hint: ")
    assert lines[5].startswith("course/steps/debugging.yaml:5:57: YS204 unlock condition names step")
    assert lines[7].startswith(' 5 |   unlock_condition: steps["probes"]')
    assert lines[9] == '   = help: did you mean "rollouts"?'
    assert lines[10].startswith("course/steps/services.yaml:6:3: YS301 warning: ")


@pytest.mark.parametrize("format", FORMATS)
def test_only_what_is_read_in_a_terminal_has_colours(sample: Course, format: str) -> None:
    sample()
    colored = run("--color", "always", "check", "course", "--output-format", format).stdout
    assert ("\x1b" in colored) is (format in ("text", "concise"))
    run("--color", "always", "check", "course", "--output-format", format, "-o", "report")
    assert b"\x1b" not in Path("report").read_bytes()


@pytest.mark.parametrize("format", ["json", "sarif", "gitlab", "github"])
def test_programs_get_utf_8_whatever_the_locale(sample: Course, format: str) -> None:
    course = sample("Übung 漢字")
    command = [sys.executable, "-m", "yamlsync", "check", str(course.name), "--output-format", format]
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert ("Übung 漢字" in text) is (format != "sarif")
    assert ("%C3%9Cbung%20" in text) is (format == "sarif")


@pytest.mark.skipif(sys.platform != "linux", reason="names need not be UTF-8 there alone")
@pytest.mark.parametrize("format", FORMATS)
def test_names_that_are_no_utf_8_break_no_format(sample: Course, here: Path, format: str) -> None:
    course = sample()
    os.rename(course, os.fsencode(here) + b"/c\xff\x1b\n,:%")
    command = [sys.executable, "-m", "yamlsync", "check", ".", "--output-format", format]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    text = done.stdout.decode()
    assert b"\x1b" not in done.stdout
    if format in ("json", "gitlab", "sarif"):
        assert json.loads(text)
    else:
        starts = {"github": "::", "concise": "c", "text": "c"}[format]
        assert len([line for line in text.splitlines() if line.startswith(starts)]) == 3


def test_in_github_actions_the_default_stays_text(sample: Course) -> None:
    sample()
    assert not run("check", "course", env={"GITHUB_ACTIONS": "true"}).stdout.startswith("::")


def test_github_gets_commands_and_a_summary(sample: Course, here: Path) -> None:
    sample()
    summary = here / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    done = run("check", "course", "--output-format", "github", env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == ["::error", "::warning", "::notice"]
    page = summary.read_text(encoding="utf-8")
    assert page.startswith("before\n\n### yamlsync check\n\n1 error, 1 warning, 1 hint\n")
    assert page.count("\n| YS") == 3


def test_other_formats_write_no_summary(sample: Course, here: Path) -> None:
    sample()
    run("check", "course", env={"GITHUB_STEP_SUMMARY": str(here / "summary.md")})
    assert not (here / "summary.md").exists()


def test_a_summary_that_cannot_be_written_is_a_warning(sample: Course, here: Path) -> None:
    sample()
    done = run("check", "course", "--output-format", "github", env={"GITHUB_STEP_SUMMARY": str(here)})
    assert done.returncode == 1
    assert done.stdout.startswith("::error")
    assert "warning: the summary cannot be written to " in done.stderr


@pytest.mark.parametrize(
    ("format", "variable"),
    [("github", "GITHUB_WORKSPACE"), ("sarif", "GITHUB_WORKSPACE"), ("gitlab", "CI_PROJECT_DIR")],
)
def test_ci_is_told_places_as_seen_from_its_repository(
    sample: Course, here: Path, format: str, variable: str
) -> None:
    course = sample("courses/k8s")
    for arguments, cwd in (
        ((), course),
        ((course,), here),
        (("courses",), here),
        (("..",), course / "steps"),
    ):
        done = run("check", *arguments, "--output-format", format, cwd=cwd, env={variable: str(here)})
        assert "courses/k8s/steps/debugging.yaml" in done.stdout
        assert str(here) not in done.stdout
    elsewhere = run("check", "--output-format", format, cwd=course, env={variable: str(here / "other")})
    assert "courses/k8s" not in elsewhere.stdout


# The file for the report.


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_goes_to_a_file_instead_of_stdout(sample: Course, format: str) -> None:
    sample()
    printed = run("check", "course", "--output-format", format).stdout
    done = run("check", "course", "--output-format", format, "-o", "report.txt")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", ALL)
    assert Path("report.txt").read_text(encoding="utf-8") == printed
    assert sorted(os.listdir()) == [".git", "course", "report.txt"]


def test_a_file_is_replaced_in_place_with_its_permissions_and_through_links(sample: Course) -> None:
    sample()
    Path("real.json").write_text("old", encoding="utf-8")
    Path("real.json").chmod(0o600)
    os.symlink("real.json", "link.json")
    assert run("check", "course", "--output-format", "json", "--output-file", "link.json").returncode == 1
    assert Path("link.json").is_symlink()
    assert len(json.loads(Path("real.json").read_text(encoding="utf-8"))) == 3
    assert stat.S_IMODE(Path("real.json").stat().st_mode) == 0o600


def test_nothing_found_empties_the_file(here: Path) -> None:
    Path("report.txt").write_text("old", encoding="utf-8")
    assert run("check", ROOT / "sample-workshop", "-o", "report.txt").returncode == 0
    assert Path("report.txt").read_bytes() == b""


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="there is no /dev/null")
def test_a_device_or_a_pipe_is_written_into_and_not_replaced(sample: Course, here: Path) -> None:
    sample()
    assert run("check", "course", "-o", "/dev/null").returncode == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        run("check", "course", "--output-format", "json", "-o", "pipe")
        assert reader.stdout is not None
        assert len(json.loads(reader.stdout.read())) == 3
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="there is no /dev/stdout")
def test_a_stream_that_leads_to_a_file_is_written_into(sample: Course, here: Path) -> None:
    sample()
    with open("log", "wb") as log:
        log.write(b"before\n")
        log.flush()
        command = [sys.executable, "-m", "yamlsync", "check", "course", "--output-format", "json"]
        subprocess.run([*command, "-o", "/dev/stdout"], stdout=log, stderr=subprocess.DEVNULL, check=False)
        log.write(b"after\n")
    text = Path("log").read_text(encoding="utf-8")
    assert text.startswith("before\n[")
    assert text.endswith("]\nafter\n")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("gone/report.json", "gone does not exist"),
        ("course", "course is a folder, not a file"),
        ("course/workshop.yaml", "course/workshop.yaml is part of a workshop, and no place for a report"),
        ("course/steps/probes.yaml", "is part of a workshop, and no place for a report"),
        ("course/steps/new.yaml", "is part of a workshop, and no place for a report"),
        ("course/workshops.yaml", "is part of a workshop, and no place for a report"),
        ("course/workshops", "is part of a workshop, and no place for a report"),
        ("course/.yamlsync/journal.json", "is part of a workshop, and no place for a report"),
        ("linked.json", "is part of a workshop, and no place for a report"),
        ("dangling.json", "is part of a workshop, and no place for a report"),
        ("folder/probes.yaml", "is part of a workshop, and no place for a report"),
        ("course.db", "course.db is part of a workshop, and no place for a report"),
        ("course/yamlsync.toml", "course/yamlsync.toml is for settings, and no place for a report"),
        ("workshop.yaml/report", "Not a directory"),
    ],
)
def test_a_report_that_cannot_be_written_ends_with_2(sample: Course, file: str, said: str) -> None:
    course = sample()
    assert run("import", "course", "course.db").returncode == 0
    database, files = Path("course.db").read_bytes(), snapshot(course)
    Path("workshop.yaml").touch()
    os.symlink("course/steps/probes.yaml", "linked.json")
    os.symlink("course/steps/new.yaml", "dangling.json")
    os.symlink("course/steps", "folder")
    done = run("check", "course", "--output-format", "json", "-o", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert (Path("course.db").read_bytes(), snapshot(course)) == (database, files)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_no_file_ends_with_2(sample: Course, here: Path) -> None:
    sample()
    (here / "closed").mkdir(mode=0o500)
    done = run("check", "course", "-o", "closed/report")
    assert done.returncode == 2
    assert "nothing can be written" in done.stderr


def test_a_file_that_mending_would_make_too_large_stays_as_it_is(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    step = course / "steps" / "two.yaml"
    lines = "x\\n" * ((16 * 1024 * 1024 - 200) // 3)
    text = f'id: two\ntitle: yes\nimage_tag: course:two\nmarkdown: "{lines}"\n'
    step.write_text(text, encoding="utf-8")
    done = run("check", "--fix", "--select", "YS303", course, "--output-format", "concise")
    assert done.returncode == 1, done.stderr
    assert "YS303" in done.stdout
    assert step.read_text(encoding="utf-8") == text


def test_a_file_whose_text_was_folded_is_told_and_not_mended(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    step = course / "steps" / "two.yaml"
    text = "id: two\ntitle: yes\nimage_tag: course:two\nmarkdown: >\n  # Two\n  Read on.\n"
    step.write_text(text, encoding="utf-8")
    done = run("check", "--fix", course, "--output-format", "concise")
    assert done.returncode == 1
    assert {"YS303", "YS304"} == {line.split()[1] for line in done.stdout.splitlines()}
    assert step.read_text(encoding="utf-8") == text
