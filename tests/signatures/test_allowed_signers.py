"""Reading the allowed signers: as ssh-keygen does, and without an exception whatever they say."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signatures.conftest import needs_keygen, plain_signature, public, run
from yamlsync.signatures.allowed_signers import Entry, matches, read_allowed_signers, unreadable_lines
from yamlsync.signatures.moments import Moment, moment_of, parse_moment
from yamlsync.signatures.wire import string

BLOB = string(b"ssh-ed25519") + string(b"k" * 32)
KEY = f"ssh-ed25519 {base64.b64encode(BLOB).decode()}"
PLAIN = Entry(1, ("ann",), "ssh-ed25519", BLOB)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (f"ann {KEY}", PLAIN),
        (f"  \tann \t {KEY} a comment, with words\r", PLAIN),
        (f'"ann" {KEY}', PLAIN),
        # A quote ends the principals, and `n` is no option.
        (f'a"n"n {KEY}', Entry(1, ("an",), "ssh-ed25519", BLOB, faulty=True)),
        (f'"ann b",bob {KEY}', Entry(1, ("ann b",), "ssh-ed25519", BLOB, faulty=True)),
        (f'"ann b" {KEY}', Entry(1, ("ann b",), "ssh-ed25519", BLOB)),
        (f"*@example.org,!x {KEY}", Entry(1, ("*@example.org", "!x"), "ssh-ed25519", BLOB)),
        (f"ann Cert-Authority {KEY}", Entry(1, ("ann",), "ssh-ed25519", BLOB, cert_authority=True)),
        (f'ann namespaces="a,b*" {KEY}', Entry(1, ("ann",), "ssh-ed25519", BLOB, namespaces=("a", "b*"))),
        (f'ann namespaces="a b" {KEY}', Entry(1, ("ann",), "ssh-ed25519", BLOB, namespaces=("a b",))),
        (f'ann namespaces="a\\"b" {KEY}', Entry(1, ("ann",), "ssh-ed25519", BLOB, namespaces=('a"b',))),
        (
            f'ann valid-before="20200101Z",valid-after="197001020000Z" {KEY}',
            Entry(
                1,
                ("ann",),
                "ssh-ed25519",
                BLOB,
                valid_after=Moment(86400, "1970-01-02 00:00 UTC"),
                valid_before=Moment(1577836800, "2020-01-01 UTC"),
            ),
        ),
        *[
            (f"ann {options} {KEY}", Entry(1, ("ann",), "ssh-ed25519", BLOB, faulty=True))
            for options in [
                "nonsense",
                "namespaces=a",
                'namespaces="a",namespaces="b"',
                'namespaces="a",',
                'namespaces="a"x',
                'valid-before="soon"',
                'valid-before="19700101Z"',
                'valid-before="20201301Z"',
                'valid-after="99991231235960Z"',
                'valid-after="20200102Z",valid-before="20200101Z"',
            ]
        ],
        *[
            (line, None)
            for line in [
                "",
                "#ann",
                f"  # ann {KEY}",
                "ann",
                f'"ann {KEY}',
                "ann ssh-ed25519",
                "ann ssh-ed25519 !!!",
                "ann ssh-rsa " + KEY.split()[1],
                f"ann\0 {KEY}",
                f'ann namespaces="a" namespaces="b" {KEY}',
                f'ann namespaces="a {KEY}',
                f"{'a' * 70_000} {KEY}",
            ]
        ],
    ],
)
def test_a_line_is_an_entry_or_none(line: str, entry: Entry | None) -> None:
    assert read_allowed_signers(line) == (() if entry is None else (entry,))


def test_lines_are_counted_from_one() -> None:
    text = f"# who may\n\nann {KEY}\nnonsense\nbob {KEY}"
    assert [(e.line, e.principals) for e in read_allowed_signers(text)] == [(3, ("ann",)), (5, ("bob",))]


def test_lines_in_which_no_key_can_be_read_are_known_by_their_numbers() -> None:
    lines = ["# who", "", " \t\r", KEY, f"ann {KEY}", "ann", f"bob nonsense {KEY}", "\0 ann", "a" * 70_000]
    assert unreadable_lines("\n".join(lines)) == (4, 6, 9)
    assert unreadable_lines("") == ()


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("ann", ("ann",), True),
        ("ann", ("bob", "a?n"), True),
        ("ann", ("Ann",), False),
        ("ann", ("*", "!ann"), False),
        ("ann", ("!bob",), False),
        ("ann@example.org", ("*@example.org",), True),
        ("ann@example.organ", ("*@example.org",), False),
        ("", ("",), True),
        ("", ("*",), True),
        ("", ("?",), False),
        ("a[b]", ("a[b]",), True),
        ("b", ("[b]",), False),
        ("a" * 2000, ("a*" * 400 + "b",), False),
        ("ann", ("ann" + "*" * 2000,), False),
    ],
)
def test_patterns(text: str, patterns: tuple[str, ...], expected: bool) -> None:
    assert matches(text, patterns) == expected


def test_a_moment_without_z_is_in_the_time_zone_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-2")
    time.tzset()
    try:
        assert parse_moment("20200101") == Moment(1577836800 - 7200, "2020-01-01")
        assert parse_moment("20200101020304") == Moment(1577836800 + 184, "2020-01-01 02:03:04")
        assert parse_moment("202001010203Z") == Moment(1577836800 + 7380, "2020-01-01 02:03 UTC")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_day_beyond_the_end_of_a_month_belongs_to_the_next() -> None:
    assert parse_moment("20210231Z") == Moment(1614729600, "2021-02-31 UTC")


def test_the_last_moment_of_a_certificate_can_be_said() -> None:
    assert [str(moment_of(1577836800)), str(moment_of(2**63))] == [
        "2020-01-01 00:00 UTC",
        "second 9223372036854775808",
    ]


PIECES = [
    *["ann", "*", "!", ",", " ", "\t", '"', '\\"', "\\", "\0", "\n", "\r", "#", "=", KEY, KEY[:30]],
    *["cert-authority", 'namespaces="', 'valid-before="', 'valid-after="', "20200101", "Z", "99999999"],
]


@given(st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=5)).map("".join))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read = [entry.line for entry in read_allowed_signers(text)]
    assert not set(read) & set(unreadable_lines(text))
    for entry in read_allowed_signers(text):
        assert f"\n{text}".split("\n")[entry.line].count(entry.key_type) > 0
        assert matches("ann", entry.principals) in (True, False)


@given(st.text("0123456789Z"))
def test_any_moment_is_read_without_an_exception(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or moment.seconds > 0


NAMES = st.text("abc*?@.!", min_size=1, max_size=6)
OPTIONS = st.sampled_from(
    [
        *["", "cert-authority", 'namespaces="yamlsync"', 'NAMESPACES="git,x"', "nonsense", "namespaces=git"],
        *['valid-before="20200101"', 'valid-after="20200101Z"', 'valid-before="21000101"'],
        *['valid-before="20990101Z",valid-after="21000101Z"', 'valid-after="20990101"'],
        *['namespaces="git",valid-before="20990101Z"', 'valid-before="2"'],
    ]
)
LINES = st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=3), OPTIONS, st.booleans()), max_size=4)


@needs_keygen
@settings(max_examples=60)
@given(lines=LINES, identity=NAMES, quotes=st.booleans())
def test_ssh_keygen_finds_and_verifies_what_our_reading_says(
    lines: list[tuple[list[str], str, bool]], identity: str, quotes: bool, keys: dict[str, Path]
) -> None:
    """Which line has the key, for whom, when and for which namespace: our reading and ssh-keygen agree."""
    folder = keys["other"].parent
    signature = folder / "agreement.sig"
    if not signature.exists():
        signature.write_text(plain_signature(keys["other"], statement=b"x"))
    text = "".join(
        f"{chr(34) * quotes}{','.join(names)}{chr(34) * quotes} {options} "
        f"{public(keys['other' if ours else 'ed25519'])}\n"
        for names, options, ours in lines
    )
    file = folder / "agreement"
    file.write_text(text)
    key = base64.b64decode(public(keys["other"]).split()[1])
    now = time.time()
    valid = [
        entry
        for entry in read_allowed_signers(text)
        if (entry.key, entry.cert_authority, entry.faulty) == (key, False, False)
        and (entry.valid_after is None or entry.valid_after.seconds <= now)
        and (entry.valid_before is None or now <= entry.valid_before.seconds)
    ]
    found = run("ssh-keygen", "-Y", "find-principals", "-s", str(signature), "-f", str(file))
    assert found.stdout.decode().split() == (list(valid[0].principals) if valid else [])
    expected = any(
        matches(identity, entry.principals)
        and (entry.namespaces is None or matches("yamlsync", entry.namespaces))
        for entry in valid
    )
    options = ("-n", "yamlsync", "-s", str(signature), "-f", str(file), "-I", identity)
    assert (run("ssh-keygen", "-Y", "verify", *options, given=b"x").returncode == 0) == expected


def test_ten_thousand_lines_are_read_soon() -> None:
    start = time.process_time()
    assert len(read_allowed_signers(f'"ann",bob namespaces="a,b" {KEY}\nann {KEY}\n' * 10_000)) >= 10_000
    assert time.process_time() - start < 5
