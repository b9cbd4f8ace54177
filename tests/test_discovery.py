"""Which workshops paths mean (CHK-1 to CHK-7), and which settings hold in them (CHK-30, CHK-34)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from yamlsync.discovery import (
    Target,
    configuration_of,
    is_part_of_workshop,
    prefix_of,
    root_of,
    targets,
)
from yamlsync.errors import OperationError
from yamlsync.publish.regular import is_database


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are relative to a folder that is the top of a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def course(folder: str, *steps: str) -> None:
    """A workshop's directory; what stands in its files does not matter."""
    write(f"{folder}/workshop.yaml")
    for step in steps:
        write(f"{folder}/steps/{step}.yaml")


def several(folder: str, *names: str) -> None:
    write(f"{folder}/workshops.yaml")
    for name in names:
        course(f"{folder}/workshops/{name}", "a", "b")


def write(path: str, text: str = "") -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def of(*paths: str) -> dict[str, set[str] | None]:
    """The targets of some paths, by root."""
    return {each.root: None if each.only is None else set(each.only) for each in targets(paths)}


def test_a_directory_means_its_workshop() -> None:
    course("k8s", "a")
    assert targets(["k8s"]) == (Target("k8s"),)


def test_a_folder_means_all_workshops_below_it_in_order() -> None:
    for name in ("c", "a", "b/deep"):
        course(f"courses/{name}", "x")
    assert list(of("courses")) == ["courses/a", "courses/b/deep", "courses/c"]


def test_hidden_folders_packages_and_links_are_not_looked_into() -> None:
    course("courses/a")
    course("courses/.hidden")
    course("courses/node_modules/x")
    course("elsewhere")
    os.symlink("../elsewhere", "courses/link")
    assert list(of("courses")) == ["courses/a"]
    assert list(of("courses/link")) == ["courses/link"]


def test_a_file_means_itself_in_its_workshop() -> None:
    course("k8s", "a", "b")
    assert of("k8s/steps/a.yaml") == {"k8s": {"steps/a.yaml"}}
    assert of("k8s/workshop.yaml") == {"k8s": {"workshop.yaml"}}


def test_files_of_one_workshop_are_one_target_and_its_directory_is_more_than_they() -> None:
    course("k8s", "a", "b")
    one, other = "k8s/steps/a.yaml", "k8s/steps/b.yaml"
    assert of(one, other) == {"k8s": {"steps/a.yaml", "steps/b.yaml"}}
    assert of(one, "k8s", other) == {"k8s": None}


def test_a_folder_in_a_workshop_means_the_files_of_ours_in_it() -> None:
    course("k8s", "a", "b")
    write("k8s/steps/notes.txt")
    assert of("k8s/steps") == {"k8s": {"steps/a.yaml", "steps/b.yaml"}}


def test_names_of_the_same_directory_are_one_target(tmp_path: Path) -> None:
    course("k8s", "a")
    os.symlink("k8s", "link")
    assert of("k8s", "k8s/", "./k8s", "link", str(tmp_path / "k8s")) == {"k8s": None}


def test_several_workshops_in_one_directory_are_one_target() -> None:
    several("all", "x", "y")
    assert of("all") == {"all": None}


def test_one_of_several_is_a_part_of_what_lists_it() -> None:
    several("all", "x", "y")
    part = {"workshops/x/workshop.yaml", "workshops/x/steps/a.yaml", "workshops/x/steps/b.yaml"}
    assert of("all/workshops/x") == {"all": part}
    assert of("all/workshops/x/steps") == {"all": part - {"workshops/x/workshop.yaml"}}
    assert of("all/workshops/x/steps/a.yaml") == {"all": {"workshops/x/steps/a.yaml"}}
    assert len(of("all/workshops")["all"] or ()) == 6


def test_a_path_may_be_absolute_and_so_are_its_roots_then(tmp_path: Path) -> None:
    course("k8s", "a")
    assert of(str(tmp_path / "k8s" / "steps" / "a.yaml")) == {str(tmp_path / "k8s"): {"steps/a.yaml"}}


def test_the_file_of_a_step_that_is_called_workshop_belongs_to_its_workshop() -> None:
    course("k8s", "workshop")
    assert root_of("k8s/steps/workshop.yaml") == ("k8s", "steps/workshop.yaml")


def test_a_workshop_may_stand_in_a_directory_that_is_called_steps() -> None:
    course("steps", "a")
    assert root_of("steps/workshop.yaml") == ("steps", "workshop.yaml")
    assert root_of("steps/steps/a.yaml") == ("steps", "steps/a.yaml")


def test_a_file_belongs_by_its_place_also_where_nothing_is_there() -> None:
    assert root_of("steps/a.yaml") == (".", "steps/a.yaml")
    assert root_of("k8s/workshop.yaml") == ("k8s", "workshop.yaml")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone", "gone does not exist"),
        ("empty", "empty holds no workshop"),
        ("notes.txt", "notes.txt is no file of a workshop"),
        ("k8s/README.md", "k8s/README.md is no file of a workshop"),
    ],
)
def test_a_path_that_means_no_workshop_is_refused(path: str, said: str) -> None:
    os.mkdir("empty")
    course("k8s")
    write("notes.txt")
    write("k8s/README.md")
    with pytest.raises(OperationError, match=said) as raised:
        targets([path])
    assert raised.value.help


def test_a_database_is_told_by_its_first_bytes_or_its_name() -> None:
    with closing(sqlite3.connect("data.sqlite")) as connection:
        connection.execute("CREATE TABLE t (x)")
    write("text.db", "no database")
    write("text.yaml")
    os.mkdir("folder.db")
    os.mkfifo("pipe")
    answers = {name: is_database(name) for name in ("data.sqlite", "text.db", "gone.db")}
    assert answers == dict.fromkeys(answers, True)
    answers = {name: is_database(name) for name in ("text.yaml", "folder.db", "pipe", "gone", ".")}
    assert answers == dict.fromkeys(answers, False)


def test_a_file_is_part_of_a_workshop_only_where_one_is() -> None:
    course("k8s", "a")
    write("loose/steps/a.yaml")
    assert is_part_of_workshop("k8s/steps/a.yaml")
    assert is_part_of_workshop("k8s/workshop.yaml")
    assert not is_part_of_workshop("k8s/report.json")
    assert not is_part_of_workshop("loose/steps/a.yaml")


def test_the_nearest_settings_hold_and_those_above_the_repository_do_not(tmp_path: Path) -> None:
    course("repo/courses/k8s", "a")
    write("yamlsync.toml", 'ignore = ["YS2"]')
    assert configuration_of("repo/courses/k8s").settings.ignore == ("YS2",)
    os.mkdir("repo/.git")
    assert configuration_of("repo/courses/k8s").folder is None
    write("repo/pyproject.toml", '[tool.yamlsync]\nignore = ["YS3"]')
    found = configuration_of("repo/courses/k8s")
    assert (found.settings.ignore, found.folder) == (("YS3",), str(tmp_path / "repo"))
    assert prefix_of("repo/courses/k8s", found) == "courses/k8s/"
    write("repo/courses/pyproject.toml", '[project]\nname = "x"\ndescription = "yamlsync"')
    assert configuration_of("repo/courses/k8s").settings.ignore == ("YS3",)
    write("repo/courses/k8s/yamlsync.toml", "")
    assert configuration_of("repo/courses/k8s").settings.ignore == ()


def test_yamlsync_toml_goes_before_pyproject_toml_beside_it() -> None:
    write("pyproject.toml", '[tool.yamlsync]\nignore = ["YS3"]')
    write("yamlsync.toml", 'ignore = ["YS2"]')
    assert configuration_of(".").settings.ignore == ("YS2",)


def test_settings_that_are_no_text_are_refused() -> None:
    Path("yamlsync.toml").write_bytes(b"\xff")
    with pytest.raises(OperationError, match="it is not UTF-8"):
        configuration_of(".")


@pytest.mark.parametrize(
    "pattern", ["drafts", "drafts/", "drafts/*", "draft?", "courses/drafts", "*/drafts/k8s"]
)
def test_excluded_folders_are_left_out_with_all_that_is_in_them(pattern: str) -> None:
    write("yamlsync.toml", f'exclude = ["{pattern}"]')
    course("courses/drafts/k8s")
    course("courses/ready")
    expected = ["courses/drafts/k8s", "courses/ready"] if pattern == "drafts/*" else ["courses/ready"]
    assert list(of("courses")) == expected


def test_what_is_excluded_is_looked_into_where_it_is_named() -> None:
    write("yamlsync.toml", 'exclude = ["drafts"]')
    course("drafts/k8s", "a")
    assert of("drafts/k8s") == {"drafts/k8s": None}
    assert of("drafts/k8s/steps/a.yaml") == {"drafts/k8s": {"steps/a.yaml"}}
    with pytest.raises(OperationError, match="each workshop in drafts is excluded by the settings"):
        targets(["drafts"])


def test_a_list_of_another_kind_hides_no_workshop() -> None:
    course("two/a", "x")
    os.makedirs("two/b/folder")
    os.symlink("folder", "two/b/workshop.yaml")
    os.makedirs("two/c/workshop.yaml")
    assert list(of("two")) == ["two/a", "two/b", "two/c"]


def test_a_workshop_below_another_is_one_as_well() -> None:
    course("top", "x")
    course("top/courses/inner", "y")
    course("top/steps/no", "z")
    assert list(of("top")) == ["top", "top/courses/inner"]


@pytest.mark.skipif(os.name == "nt", reason="paths are not as long there")
def test_folders_may_be_nested_deeper_than_calls() -> None:
    deep = "/".join(["d"] * 1500)
    os.makedirs("deep")
    here = os.getcwd()
    try:
        for folder in ["deep", *deep.split("/")]:
            os.makedirs(folder, exist_ok=True)
            os.chdir(folder)
    finally:
        os.chdir(here)
    try:
        with pytest.raises(OperationError, match="holds no workshop"):
            targets(["deep"])
    finally:
        # Python's own ways of removing folders call themselves for each one.
        subprocess.run(["rm", "-rf", "deep"], check=True)


@pytest.mark.parametrize("kind", ["link", "dangling", "folder"])
def test_settings_that_are_no_file_are_refused(kind: str) -> None:
    course("k8s", "a")
    write("outside.toml", 'select = ["YS1"]')
    if kind == "folder":
        os.mkdir("k8s/yamlsync.toml")
    else:
        os.symlink("../outside.toml" if kind == "link" else "gone.toml", "k8s/yamlsync.toml")
    with pytest.raises(OperationError, match=r"yamlsync\.toml cannot be read"):
        configuration_of("k8s")


def test_settings_that_are_too_large_are_refused_and_not_cut_off() -> None:
    course("k8s", "a")
    write("k8s/yamlsync.toml", "#\n" * (1 << 20))
    with pytest.raises(OperationError, match="has more than"):
        configuration_of("k8s")


def test_a_byte_order_mark_is_no_part_of_settings() -> None:
    course("k8s", "a")
    write("k8s/yamlsync.toml", '\ufeffignore = ["ys3"]')
    assert configuration_of("k8s").settings.ignore == ("YS3",)


@pytest.mark.parametrize("name", ["report.json", "out/steps/a.yaml"])
def test_what_is_elsewhere_is_no_part_of_a_workshop(name: str) -> None:
    course("k8s", "a")
    assert not is_part_of_workshop(f"k8s/{name}")


@pytest.mark.parametrize(
    "name", ["steps/new.yaml", "workshops.yaml", "workshops", "steps", ".yamlsync/journal.json"]
)
def test_the_places_of_a_workshop_are_part_of_it(name: str) -> None:
    course("k8s", "a")
    assert is_part_of_workshop(f"k8s/{name}")
