"""Full disks and closed folders: a clear error, nothing lost, nothing left behind (PUB)."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import course, run, snapshot

MakeDatabase = Callable[..., str]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for very little."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk(small_disk: Path, make_database: MakeDatabase, tmp_path: Path) -> None:
    small, large = make_database(course(2), name="small.db"), make_database(course(200), name="large.db")
    assert run("export", small, small_disk / "tree").returncode == 0
    assert run("import", small_disk / "tree", small_disk / "course.db").returncode == 0
    assert run("export", large, tmp_path / "large").returncode == 0
    before = everything(small_disk)
    for command in [
        ("export", large, small_disk / "fresh"),
        ("export", large, small_disk / "tree"),
        ("import", tmp_path / "large", small_disk / "course.db"),
        ("import", tmp_path / "large", small_disk / "fresh.db"),
    ]:
        done = run(*command)
        assert done.returncode == 2, done.stderr
        assert "full" in done.stderr or "No space left on device" in done.stderr
        assert everything(small_disk) == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["course.db", "tree"]


def test_a_limit_on_the_size_of_files(make_database: MakeDatabase, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    run("export", make_database(course(20)), tree)
    place = tmp_path / "place"
    place.mkdir()
    done = run(
        "import", tree, place / "course.db",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert list(place.iterdir()) == []


@pytest.fixture
def as_somebody() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs yamlsync as a user whom permissions bind, which they do not bind root."""
    if os.geteuid():
        return run
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if shutil.which("setpriv") is None or subprocess.run([*bound, "true"], check=False).returncode:
        pytest.skip("root cannot give its power over permissions away here")

    def run_bound(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*bound, sys.executable, "-m", "yamlsync", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run_bound


def test_a_read_only_folder(
    as_somebody: Callable[..., subprocess.CompletedProcess[str]], make_database: MakeDatabase, tmp_path: Path
) -> None:
    database, other = make_database(course()), make_database(course(word="two"), name="other.db")
    tree = tmp_path / "tree"
    run("export", database, tree)
    shutil.rmtree(tree / ".yamlsync")
    for path in [*tree.rglob("*"), tree, tmp_path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = snapshot(tree)
    try:
        for command, code, said in [
            (("export", other, tree), 1, "YS131"),
            (("export", "--force", other, tree), 2, "Permission denied"),
            (("export", other, tmp_path / "fresh"), 2, "Permission denied"),
            (("import", tree, tmp_path / "fresh.db"), 2, "Permission denied"),
            (("import", "--check", "--schema", 1, tree, database), 0, ""),
            (("export", "--check", database, tree), 0, ""),
            (("export", database, tree), 0, ""),
        ]:
            done = as_somebody(*command)
            assert (done.returncode, said in done.stderr) == (code, True), (command, done.stderr)
            assert "Traceback" not in done.stderr
        (tree / "steps" / "step-1.yaml").chmod(0)
        done = as_somebody("import", tree, "/tmp/none.db")
        assert (done.returncode, "step-1.yaml cannot be read: Permission denied" in done.stderr) == (2, True)
    finally:
        for path in [tmp_path, tree, tree / "steps"]:
            path.chmod(0o755)
    (tree / "steps" / "step-1.yaml").chmod(0o444)
    assert snapshot(tree) == before
