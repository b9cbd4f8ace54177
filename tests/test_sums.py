"""SHA256SUMS, held against the real sha256sum (SIG-30 to SIG-34)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.acceptance.command import killed_at
from yamlsync.errors import OperationError
from yamlsync.sums import Listed, Sum, check_sums, parse_sums, render_sum, update_sums, with_sum

needs_sha256sum = pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")

HASH = hashlib.sha256(b"content").hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()

UGLY = st.sampled_from([b"\n", b"\\", b"\r", b" ", b"\t", b"-", b"*", b"#", b"(", b")", b"=", b"'", b"\xff"])
LETTER = st.sampled_from([b"a", b"n", b"r", "é".encode(), b".db"])
NAMES = st.lists(UGLY | LETTER, min_size=1, max_size=8).map(b"".join)
"""Names of files; none of them has a slash."""

NOTE = b"Ask Ann.\n"

DIGESTS = st.sampled_from([HASH, OTHER, HASH.upper()])
LINES = st.one_of(
    st.builds(lambda digest, name: render_sum(digest, name)[:-1], DIGESTS, NAMES),
    st.builds(lambda digest, name: b"%s *%s" % (digest.encode(), name), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"\\%s  %s" % (digest.encode(), name), DIGESTS, NAMES),
    st.builds(lambda digest, name: b" \t%s\t %s\r" % (digest.encode(), name), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"%s %s" % (digest.encode(), name), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"SHA256 (%s) = %s" % (name, digest.encode()), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"\\SHA256(%s)= %s" % (name, digest.encode()), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"#%s  %s" % (digest.encode(), name), DIGESTS, NAMES),
    st.builds(lambda digest, name: b"%s  %s" % (digest.encode()[1:], name), DIGESTS, NAMES),
    st.just(b"") | NAMES,
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a file in it that has `content`."""
    (tmp_path / "course.db").write_bytes(b"content")
    return tmp_path


def checked(folder: Path | str, data: bytes) -> list[bytes]:
    """The names that sha256sum reads from lines, none of which is the name of a file."""
    sums = os.path.join(folder, "SUMS")
    Path(sums).write_bytes(data)
    done = subprocess.run(
        ["sha256sum", "-c", "SUMS"], cwd=folder, input=b"", capture_output=True, check=False
    )
    found = re.findall(rb"(\\?)(.*): FAILED(?: open or read)?\n", done.stdout)
    escapes = {b"\\n": b"\n", b"\\\\": b"\\", b"\\r": b"\r"}
    return [
        re.sub(rb"\\.", lambda match: escapes[match[0]], name)
        if escaped and b"\\n" in name
        else escaped + name
        for escaped, name in found
    ]


def verified(folder: Path) -> tuple[int, bytes]:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    return done.returncode, done.stderr


@needs_sha256sum
@settings(max_examples=60)
@given(lines=st.lists(LINES, max_size=6), last=st.sampled_from([b"", b"\n"]))
@example(lines=[b"%s a" % HASH.encode(), b"%s  b" % HASH.encode()], last=b"")
@example(lines=[b"%s  a" % HASH.encode(), b"%s b" % HASH.encode()], last=b"")
@example(lines=[b"%s  " % HASH.encode(), b"%s  b" % HASH.encode()], last=b"")
@example(lines=[b"SHA256 (a) = b) = %s" % HASH.encode(), b"%s  b" % HASH.encode()], last=b"")
def test_what_is_read_is_what_sha256sum_reads(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], last: bytes
) -> None:
    data = b"\n".join(lines) + last
    assert [line.name for line in parse_sums(data)] == checked(tmp_path_factory.getbasetemp(), data)


@given(digest=st.sampled_from([HASH, OTHER]), name=NAMES)
@example(digest=HASH, name=HASH.encode())
def test_what_is_rendered_is_read_back(digest: str, name: bytes) -> None:
    line = render_sum(digest, name)
    assert line.count(b"\n") == 1
    start = 1 if line.startswith(b"\\") else 0
    assert parse_sums(line) == (Sum(digest, b"./-" if name == b"-" else name, start),)


@needs_sha256sum
@settings(max_examples=60)
@given(names=st.lists(NAMES.filter(lambda name: name not in (b".", b"..", b"SUMS")), max_size=5, unique=True))
@example(names=[b"-", b"-x", b"two\nlines", b"back\\slash", b"a b", b"end\r", b" a", b"\\n", b"*a"])
def test_sha256sum_agrees_for_files_of_any_name(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_bytes(b"%d" % number)
        update_sums(str(folder / "SHA256SUMS"), str(folder / os.fsdecode(name)))
    if names:
        assert verified(folder) == (0, b"")
        paths = [os.path.join(".", os.fsdecode(name)) for name in names]
        made = subprocess.run(["sha256sum", *paths], cwd=folder, capture_output=True, check=True).stdout
        assert [(line.digest, line.name.removeprefix(b"./")) for line in parse_sums(made)] == [
            (hashlib.sha256(b"%d" % number).hexdigest(), name) for number, name in enumerate(names)
        ]
        assert [
            check_sums(str(folder / "SHA256SUMS"), str(folder / os.fsdecode(name))) for name in names
        ] == [Listed.RIGHT] * len(names)


@settings(max_examples=80)
@given(lines=st.lists(LINES, max_size=6), name=NAMES, last=st.sampled_from([b"", b"\n"]))
def test_all_other_lines_are_kept_byte_for_byte(lines: list[bytes], name: bytes, last: bytes) -> None:
    data = b"\n".join(lines) + last
    wanted = hashlib.sha256(b"new").hexdigest()
    before = parse_sums(data)
    try:
        after = with_sum(data, wanted, name)
    except ValueError:
        # Lines of the reversed form, which no line of the usual one can follow.
        assert re.search(rb"[0-9a-fA-F]{64}[ \t]", data)
        return
    meant = b"./-" if name == b"-" else name
    changed = [line for line in before if line.name == meant]
    if changed:
        assert len(after) == len(data)
        spans = {at for line in changed for at in range(line.start, line.start + 64)}
        assert all(after[at] == data[at] for at in range(len(data)) if at not in spans)
        assert [(line.digest, line.name) for line in parse_sums(after)] == [
            (wanted if line.name == meant else line.digest, line.name) for line in before
        ]
    else:
        assert after == data + (b"\n" if data and not data.endswith(b"\n") else b"") + render_sum(
            wanted, name
        )
        assert parse_sums(after)[:-1] == before
    assert with_sum(after, wanted, name) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "{hash}  course.db\n"),
        ("{other}  a.db\n", "{other}  a.db\n{hash}  course.db\n"),
        ("{other}  a.db", "{other}  a.db\n{hash}  course.db\n"),
        ("# ours\n{other}  course.db\nnonsense\n", "# ours\n{hash}  course.db\nnonsense\n"),
        ("{other} *course.db\r\n{other} *b.db\r\n", "{hash} *course.db\r\n{other} *b.db\r\n"),
        ("{other}  ./course.db\n", "{hash}  ./course.db\n"),
        ("{other}  x/../course.db\n{other}  course.db\n", "{hash}  x/../course.db\n{hash}  course.db\n"),
        ("SHA256 (course.db) = {other}\n", "SHA256 (course.db) = {hash}\n"),
        ("{other} course.db\n", "{hash} course.db\n"),
        ("{other}  x/course.db\n", "{other}  x/course.db\n{hash}  course.db\n"),
    ],
)
def test_the_line_of_a_file_is_set(here: Path, before: str, after: str) -> None:
    sums = here / "SHA256SUMS"
    (here / "x").mkdir()
    (here / "x" / "course.db").write_bytes(b"another")
    sums.write_bytes(before.format(other=OTHER).encode())
    assert update_sums(str(sums), str(here / "course.db")) is True
    assert sums.read_bytes().decode() == after.format(hash=HASH, other=OTHER)
    status = sums.stat()
    assert update_sums(str(sums), str(here / "course.db")) is False
    assert (sums.stat().st_ino, sums.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert check_sums(str(sums), str(here / "course.db")) is Listed.RIGHT


def test_a_new_file_of_sums_is_made_and_nothing_else(here: Path) -> None:
    assert update_sums(str(here / "SHA256SUMS"), str(here / "course.db")) is True
    assert (here / "SHA256SUMS").read_bytes() == f"{HASH}  course.db\n".encode()
    assert sorted(path.name for path in here.iterdir()) == ["SHA256SUMS", "course.db"]


@needs_sha256sum
def test_names_are_those_that_sha256sum_needs_in_the_folder_of_the_sums(here: Path) -> None:
    (here / "out" / "deep").mkdir(parents=True)
    (here / "linked").symlink_to(here / "out" / "deep")
    (here / "out" / "b.db").write_bytes(b"b")
    for path in ("course.db", "out/b.db"):
        # By way of a link to the folder, `..` means the folder above the one that is linked.
        update_sums(str(here / "linked" / "SHA256SUMS"), str(here / path))
    assert [line.name for line in parse_sums((here / "out" / "deep" / "SHA256SUMS").read_bytes())] == [
        b"../../course.db",
        b"../b.db",
    ]
    assert verified(here / "out" / "deep") == (0, b"")


@needs_sha256sum
def test_a_line_of_the_standard_input_is_none_of_a_file(here: Path) -> None:
    (here / "-").write_bytes(b"content")
    sums = here / "SHA256SUMS"
    sums.write_text(f"{OTHER}  -\n")
    assert check_sums(str(sums), str(here / "-")) is Listed.MISSING
    update_sums(str(sums), str(here / "-"))
    assert sums.read_text() == f"{OTHER}  -\n{HASH}  ./-\n"
    assert check_sums(str(sums), str(here / "-")) is Listed.RIGHT


def test_a_file_that_is_named_by_a_link_keeps_the_line_it_has(here: Path) -> None:
    (here / "latest.db").symlink_to("course.db")
    sums = here / "SHA256SUMS"
    sums.write_text(f"{OTHER}  course.db\n")
    update_sums(str(sums), str(here / "latest.db"))
    assert sums.read_text() == f"{HASH}  course.db\n"


def test_sums_that_are_a_link_are_written_where_they_lie(here: Path) -> None:
    (here / "sums").mkdir()
    (here / "SHA256SUMS").symlink_to("sums/all")
    update_sums(str(here / "SHA256SUMS"), str(here / "course.db"))
    assert (here / "sums" / "all").read_text() == f"{HASH}  course.db\n"
    assert (here / "SHA256SUMS").is_symlink()


def test_sums_keep_their_mode(here: Path) -> None:
    sums = here / "SHA256SUMS"
    sums.write_text("")
    sums.chmod(0o640)
    update_sums(str(sums), str(here / "course.db"))
    assert stat.S_IMODE(sums.stat().st_mode) == 0o640


def test_sums_say_of_a_file_that_it_is_right_another_or_missing(here: Path) -> None:
    sums, file = here / "SHA256SUMS", str(here / "course.db")
    found = []
    for text in ("", f"{HASH}  course.db\n", f"{OTHER}  course.db\n", f"{HASH}  a/course.db\n",
                 f"{HASH}  course.db\n{OTHER}  ./course.db\n", f"{HASH.upper()} *course.db\r\n"):  # fmt: skip
        sums.write_bytes(text.encode())
        found.append(check_sums(str(sums), file))
    assert found == [Listed.MISSING, Listed.RIGHT, Listed.OTHER, Listed.MISSING, Listed.OTHER, Listed.RIGHT]


@pytest.mark.parametrize(
    ("sums", "file", "said"),
    [
        ("folder", "course.db", "folder"),
        ("course.db", "course.db", "course.db is the file itself"),
        ("none/SHA256SUMS", "course.db", "the folder {here}/none does not exist"),
        ("SHA256SUMS", "none.db", "none.db: No such file or directory"),
        ("pipe", "course.db", "cannot be read: it is no file"),
        ("reversed", "course.db", "no line can be added to {here}/reversed: its lines have another form"),
        ("note", "course.db", "{here}/note is no file of sums: it has no line that sha256sum -c reads"),
    ],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(
    here: Path, sums: str, file: str, said: str
) -> None:
    (here / "folder").mkdir()
    os.mkfifo(here / "pipe")
    (here / "reversed").write_text(f"{OTHER} a.db\n")
    (here / "note").write_bytes(NOTE)
    before = sorted(path.name for path in here.iterdir())
    with pytest.raises(OperationError) as caught:
        update_sums(str(here / sums), str(here / file))
    assert said.format(here=here) in caught.value.message
    assert sorted(path.name for path in here.iterdir()) == before
    assert (here / "course.db").read_bytes() == b"content"
    assert (here / "reversed").read_text() == f"{OTHER} a.db\n"
    assert (here / "note").read_bytes() == NOTE


@pytest.mark.parametrize("text", ["# sums\n", f"{HASH[1:]}  course.db\n", f"{HASH}course.db\n", "\0"])
def test_a_file_without_a_line_of_sums_is_none_and_stays_what_it_is(here: Path, text: str) -> None:
    sums = here / "SHA256SUMS"
    sums.write_text(text)
    for ask in (check_sums, update_sums):
        with pytest.raises(OperationError, match="SHA256SUMS is no file of sums") as caught:
            ask(str(sums), str(here / "course.db"))
        assert caught.value.help == "name one, such as SHA256SUMS, or a file that is not there yet"
    assert sums.read_text() == text
    for empty in ("", "\n", " \n\t\r\n"):
        sums.write_text(empty)
        assert check_sums(str(sums), str(here / "course.db")) is Listed.MISSING
        assert update_sums(str(sums), str(here / "course.db"))


def test_sums_that_are_not_there_cannot_be_asked(here: Path) -> None:
    with pytest.raises(OperationError, match="SHA256SUMS does not exist"):
        check_sums(str(here / "SHA256SUMS"), str(here / "course.db"))


def test_builds_that_run_side_by_side_all_get_their_lines(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.db" for number in range(24)]
    for file in files:
        file.write_bytes(file.name.encode())
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda file: update_sums(str(tmp_path / "SHA256SUMS"), str(file)), files))
    assert sorted(parse_sums((tmp_path / "SHA256SUMS").read_bytes()), key=lambda line: line.start) == [
        Sum(hashlib.sha256(line.name).hexdigest(), line.name, line.start)
        for line in parse_sums((tmp_path / "SHA256SUMS").read_bytes())
    ]
    assert {line.name for line in parse_sums((tmp_path / "SHA256SUMS").read_bytes())} == {
        file.name.encode() for file in files
    }


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)
@pytest.mark.parametrize("old", [None, f"{OTHER}  course.db\n# kept\n"])
def test_killed_at_any_moment_old_or_new_sums_are_there(here: Path, old: str | None) -> None:
    sums = here / "SHA256SUMS"
    new = old.replace(OTHER, HASH) if old else f"{HASH}  course.db\n"
    number = 0
    while True:
        number += 1
        sums.unlink(missing_ok=True)
        if old is not None:
            sums.write_text(old)
        done = not killed_at(number, here, lambda: update_sums(str(sums), str(here / "course.db")))
        # Where there was none, an empty file may be left: it says as much.
        assert (sums.read_text() if sums.exists() else "") in (old or "", new)
        update_sums(str(sums), str(here / "course.db"))
        assert sums.read_text() == new
        if done:
            break
    sums.unlink()
    update_sums(str(sums), str(here / "course.db"))
    assert sorted(path.name for path in here.iterdir()) == ["SHA256SUMS", "course.db"]
    assert number > 5
