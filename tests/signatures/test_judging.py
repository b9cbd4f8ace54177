"""Judging real signatures: each verdict by a real file, and never a GOOD one that ssh-keygen did not give."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signatures.conftest import (
    KINDS,
    STATEMENT,
    armor,
    certify,
    make_key,
    needs_keygen,
    plain_signature,
    public,
)
from yamlsync.errors import OperationError
from yamlsync.signatures.armor import parse_armored
from yamlsync.signatures.judging import Judgement, Verdict, judge
from yamlsync.signatures.keygen import sign
from yamlsync.signatures.wire import string

Allowed = Callable[..., str]
Answering = Callable[[Sequence[str]], str]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No agent signs in place of a key."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture(scope="module")
def signature(keys: dict[str, Path]) -> str:
    return plain_signature(keys["ed25519"])


@pytest.fixture
def ann(keys: dict[str, Path]) -> str:
    """The key that signed, as allowed signers name it."""
    return public(keys["ed25519"])


def fingerprint(signature: str) -> str:
    armored = parse_armored(signature)
    assert armored is not None
    return armored.fingerprint


def said(judgement: Judgement) -> tuple[Verdict, str, str | None]:
    """The verdict and its texts, with KEY for the fingerprint."""
    message = judgement.message.replace(judgement.fingerprint, "KEY") if judgement.fingerprint else ""
    return judgement.verdict, message or judgement.message, judgement.help


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [plain_signature, lambda key: sign(STATEMENT, str(key))])
def test_good(keys: dict[str, Path], kind: str, allowed: Allowed, make: Callable[[Path], str]) -> None:
    signature = make(keys[kind])
    file = allowed("# who may", f"zoe {public(keys['other'])}", f"ann@example.org {public(keys[kind])} Ann")
    key = fingerprint(signature)
    expected = Judgement(
        Verdict.GOOD,
        f"signed by ann@example.org with the key {key}",
        None,
        key,
        public(keys[kind]).split()[0],
        ("ann@example.org",),
    )
    assert judge(STATEMENT, signature, file, None) == expected
    assert judge(STATEMENT, signature, file, "ann@example.org") == expected


def test_all_principals_that_a_key_may_sign_for_are_named(signature: str, ann: str, allowed: Allowed) -> None:
    file = allowed(f"ann,*@example.org,!bob {ann}", f'git namespaces="git" {ann}', f"work {ann}")
    assert judge(STATEMENT, signature, file, None).principals == ("ann", "*@example.org", "work")
    assert judge(STATEMENT, signature, file, "bob@example.org").principals == ("bob@example.org",)
    assert judge(STATEMENT, signature, file, "bob").verdict == Verdict.NOT_THIS_IDENTITY


def test_a_line_that_cannot_count_does_not_hide_one_that_does(
    signature: str, ann: str, allowed: Allowed
) -> None:
    lines = [
        f'old valid-before="20200101" {ann}',
        f'git namespaces="git" {ann}',
        f"nonsense x {ann}",
        f"now {ann}",
    ]
    assert judge(STATEMENT, signature, allowed(*lines), None).principals == ("now",)
    assert judge(STATEMENT, signature, allowed(*reversed(lines)), None).principals == ("now",)


def test_unvouched(signature: str) -> None:
    judgement = judge(STATEMENT, signature, None, "ann")
    assert said(judgement) == (
        Verdict.UNVOUCHED,
        "the signature fits, but nobody vouches for its key KEY",
        "name a file of allowed signers",
    )
    assert (judgement.key_type, judgement.principals) == ("ssh-ed25519", ())


@pytest.mark.parametrize(
    "text", ["", "garbage", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n"]
)
def test_malformed(text: str, ann: str, allowed: Allowed) -> None:
    expected = Judgement(
        Verdict.MALFORMED,
        "this is no SSH signature",
        "name a file that ssh-keygen -Y sign -n yamlsync has made",
    )
    assert judge(STATEMENT, text, allowed(f"ann {ann}"), None) == expected


def test_broken(keys: dict[str, Path], signature: str, ann: str, allowed: Allowed) -> None:
    expected = (
        Verdict.BROKEN,
        "the signature does not fit: it was made of something else, or was changed",
        "make sure that both belong together, or ask the signer for a new signature",
    )
    file = allowed(f"ann {ann}")
    assert said(judge(STATEMENT + b"\n", signature, file, "ann")) == expected
    assert said(judge(b"", signature, None, None)) == expected
    # The signature of one key with the name of another.
    other = parse_armored(plain_signature(keys["other"]))
    mine = parse_armored(signature)
    assert other is not None
    assert mine is not None
    blob = other.blob.replace(other.public_key, mine.public_key)
    forged = armor(blob)
    assert said(judge(STATEMENT, forged, file, "ann")) == expected


def test_wrong_namespace(keys: dict[str, Path], ann: str, allowed: Allowed) -> None:
    for namespace, shown in (("git", "git"), ("yamlsync ", "yamlsync "), ("\x1b[1mé", "\\x1b[1mé")):
        assert said(
            judge(STATEMENT, plain_signature(keys["ed25519"], namespace), allowed(f"ann {ann}"), None)
        ) == (
            Verdict.WRONG_NAMESPACE,
            f'the signature was made for the namespace "{shown}", and not for "yamlsync"',
            "ask the signer for one of the namespace yamlsync",
        )


def test_unknown_signer(keys: dict[str, Path], signature: str, allowed: Allowed) -> None:
    expected = (
        Verdict.UNKNOWN_SIGNER,
        "the key KEY is not among the allowed signers",
        "ask the signer for the key, make sure that it is theirs, and add a line with it",
    )
    for lines in ([], [f"ann {public(keys['other'])}"], [f"ann cert-authority {public(keys['ed25519'])}"]):
        for identity in (None, "ann"):
            assert said(judge(STATEMENT, signature, allowed(*lines), identity)) == expected


@pytest.mark.parametrize(
    ("lines", "said_of_them"),
    [
        (["# ours", "", "KEY"], "; line 3 could not be read"),
        (["ann", "OTHER", "bob KEY"], "; lines 1 and 3 could not be read"),
        (["x"] * 5, "; lines 1, 2, 3, 4 and 5 could not be read"),
        (["x"] * 9, "; lines 1, 2, 3, 4 and 5 more could not be read"),
    ],
)
def test_an_unknown_signer_may_stand_in_a_line_that_could_not_be_read(
    lines: list[str], said_of_them: str, keys: dict[str, Path], signature: str, allowed: Allowed
) -> None:
    mine, other = public(keys["ed25519"]), public(keys["other"])
    # Without its kind, a key is none.
    words = {"KEY": mine, "bob KEY": f"bob {mine.split()[1]}", "OTHER": f"bob {other}"}
    file = allowed(*(words.get(line, line) for line in lines))
    assert said(judge(STATEMENT, signature, file, None)) == (
        Verdict.UNKNOWN_SIGNER,
        f"the key KEY is not among the allowed signers{said_of_them}",
        (
            "ask the signer for the key, make sure that it is theirs, and add a line with it; "
            "a line has a name, the kind of the key and the key: ann@example.org ssh-ed25519 AAAA..."
        ),
    )


def test_not_this_identity(signature: str, ann: str, allowed: Allowed) -> None:
    file = allowed(f"ann@example.org,*@example.com {ann}", f"ann {ann}")
    for identity in ("zoe", "Ann", "", "*", "-I", "ann@example.org,ann"):
        assert said(judge(STATEMENT, signature, file, identity)) == (
            Verdict.NOT_THIS_IDENTITY,
            f'the key KEY may sign for ann@example.org, *@example.com, ann, and not for "{identity}"',
            "ask for another identity, or add this one to the line of the key if it is theirs",
        )


def test_many_names_are_not_all_listed(signature: str, ann: str, allowed: Allowed) -> None:
    file = allowed(",".join(f"a{number}" for number in range(30)) + f" {ann}")
    message = said(judge(STATEMENT, signature, file, "zoe"))[1]
    assert message == 'the key KEY may sign for a0, a1, a2, a3, a4, 25 more, and not for "zoe"'


@pytest.mark.parametrize("identity", [None, "ann"])
def test_expired(signature: str, ann: str, allowed: Allowed, identity: str | None) -> None:
    help = "ask the signer for a new signature, with a key that is valid now"
    for stamp, date in (("20260101", "2026-01-01"), ("202001020304Z", "2020-01-02 03:04 UTC")):
        file = allowed(f'ann valid-before="{stamp}" {ann}')
        expected = (Verdict.EXPIRED, f"the key KEY may sign only until {date}", help)
        assert said(judge(STATEMENT, signature, file, identity)) == expected


@pytest.mark.parametrize("identity", [None, "ann"])
def test_not_yet_valid(signature: str, ann: str, allowed: Allowed, identity: str | None) -> None:
    assert said(judge(STATEMENT, signature, allowed(f'ann valid-after="20990101" {ann}'), identity)) == (
        Verdict.NOT_YET_VALID,
        "the key KEY may sign only from 2099-01-01 on",
        "ask the signer for a new signature, with a key that is valid now",
    )


@pytest.mark.parametrize("identity", [None, "ann"])
def test_not_for_namespace(signature: str, ann: str, allowed: Allowed, identity: str | None) -> None:
    file = allowed("", f'ann namespaces="git,file" {ann}')
    assert said(judge(STATEMENT, signature, file, identity)) == (
        Verdict.NOT_FOR_NAMESPACE,
        'the key KEY may sign only in the namespaces git, file, and not in "yamlsync"',
        "add yamlsync to the namespaces in line 2 of the allowed signers if the key is meant for it",
    )
    assert judge(STATEMENT, signature, allowed(f'ann namespaces="git,yaml*" {ann}'), identity).principals == (
        "ann",
    )


def test_of_several_lines_the_nearest_says_why(signature: str, ann: str, allowed: Allowed) -> None:
    lines = [f'ann namespaces="git" {ann}', f"ann nonsense {ann}", f'ann valid-before="20200101Z" {ann}']
    assert judge(STATEMENT, signature, allowed(*lines), "ann").verdict == Verdict.EXPIRED
    assert judge(STATEMENT, signature, allowed(*lines[:2]), "ann").verdict == Verdict.NOT_FOR_NAMESPACE
    assert judge(STATEMENT, signature, allowed(*lines[1:2]), "ann").verdict == Verdict.REFUSED


@pytest.mark.parametrize("identity", [None, "ann"])
def test_refused_for_options_that_are_none(
    signature: str, ann: str, allowed: Allowed, identity: str | None
) -> None:
    assert said(judge(STATEMENT, signature, allowed(f"ann namespaces=git {ann}"), identity)) == (
        Verdict.REFUSED,
        "ssh-keygen refused the key KEY: allowed_signers:1: bad options: missing start quote",
        "see line 1 of the allowed signers, and man ssh-keygen, ALLOWED SIGNERS",
    )


def test_refused_for_a_kind_of_key_that_ssh_keygen_does_not_know(signature: str) -> None:
    mine = parse_armored(signature)
    assert mine is not None
    for old, new in (
        (string(b"ssh-ed25519") + mine.public_key[15:], string(b"ssh-secret7") + mine.public_key[15:]),
        (string(b"sha512"), string(b"sha384")),
    ):
        blob = mine.blob.replace(old, new)
        assert blob != mine.blob
        judgement = judge(STATEMENT, armor(blob), None, None)
        assert judgement.verdict == Verdict.REFUSED
        assert judgement.message.startswith("ssh-keygen refused the signature of a key of type ssh-")


@pytest.fixture(scope="module")
def certificate(keys: dict[str, Path]) -> str:
    """A signature with a certificate for two principals."""
    return plain_signature(certify(keys["rsa"], keys["authority"], "judging", "-n", "ann,bob@example.org"))


def test_a_certificate_of_an_allowed_authority_is_good(
    keys: dict[str, Path], certificate: str, allowed: Allowed
) -> None:
    authority = public(keys["authority"])
    for principals, named in (("*", ("ann", "bob@example.org")), ("*@example.org", ("bob@example.org",))):
        file = allowed(f"{principals} cert-authority {authority}")
        judgement = judge(STATEMENT, certificate, file, None)
        assert (judgement.verdict, judgement.principals) == (Verdict.GOOD, named)
        assert judgement.key_type == "ssh-rsa-cert-v01@openssh.com"
        assert judge(STATEMENT, certificate, file, "bob@example.org").principals == ("bob@example.org",)


def test_a_certificate_for_somebody_else(keys: dict[str, Path], certificate: str, allowed: Allowed) -> None:
    help = "ask the signer for a certificate with the right principal"
    names = "the certificate of the key KEY is for ann, bob@example.org"
    authority = public(keys["authority"])
    assert said(judge(STATEMENT, certificate, allowed(f"* cert-authority {authority}"), "zoe")) == (
        Verdict.NOT_THIS_IDENTITY,
        f'{names}, and not for "zoe"',
        help,
    )
    assert said(judge(STATEMENT, certificate, allowed(f"zoe cert-authority {authority}"), None)) == (
        Verdict.NOT_THIS_IDENTITY,
        f"{names}, and the allowed signers take its authority for zoe only",
        help,
    )


def test_a_certificate_of_nobody_that_is_allowed(
    keys: dict[str, Path], certificate: str, allowed: Allowed
) -> None:
    message = "no allowed signer vouches for the certificate of the key KEY"
    authority = public(keys["authority"])
    for line, help in (
        (
            f"ann {authority}",
            "add a line with cert-authority and the key of the authority that made the certificate",
        ),
        (
            f"ann {public(keys['rsa'])}",
            "ask the signer to sign with the key itself, which is allowed, and not with its certificate",
        ),
    ):
        for identity in (None, "ann"):
            judgement = judge(STATEMENT, certificate, allowed(line), identity)
            assert said(judgement) == (Verdict.UNKNOWN_SIGNER, message, help)


@pytest.mark.parametrize("identity", [None, "ann"])
def test_certificates_out_of_time_and_for_hosts(
    keys: dict[str, Path], allowed: Allowed, identity: str | None, tmp_path: Path
) -> None:
    file = allowed(f"ann cert-authority {public(keys['authority'])}")
    key = make_key(tmp_path, "k")
    help = "ask the signer for a new signature, with a key that is valid now"
    subject = "the certificate of the key KEY may sign only"
    for name, options, expected in (
        (
            "past",
            ("-V", "20200101Z:20210101Z"),
            (Verdict.EXPIRED, f"{subject} until 2021-01-01 00:00 UTC", help),
        ),
        (
            "future",
            ("-V", "20980101Z:20990101Z"),
            (Verdict.NOT_YET_VALID, f"{subject} from 2098-01-01 00:00 UTC on", help),
        ),
    ):
        signature = plain_signature(certify(key, keys["authority"], name, "-n", "ann", *options))
        assert said(judge(STATEMENT, signature, file, identity)) == expected
    host = plain_signature(certify(key, keys["authority"], "host", "-h", "-n", "ann"))
    judgement = judge(STATEMENT, host, file, identity)
    assert (judgement.verdict, judgement.principals) == (Verdict.REFUSED, ())
    assert judgement.message.startswith(
        f"ssh-keygen refused the key {judgement.fingerprint}: allowed_signers:1: "
    )


def test_texts_from_outside_are_printable(signature: str, ann: str, tmp_path: Path) -> None:
    file = tmp_path / "signers"
    file.write_bytes(b"\x1b[31mann\xff " + ann.encode() + b"\n")
    judgement = judge(STATEMENT, signature, str(file), None)
    assert (judgement.verdict, judgement.principals) == (Verdict.GOOD, ("\\x1b[31mann\\udcff",))
    other = judge(STATEMENT, signature, str(file), "z\x07")
    assert other.verdict == Verdict.NOT_THIS_IDENTITY
    for text in (judgement.message, other.message, other.help):
        assert (text or "").isprintable()


def test_line_ends_of_windows_do_not_count_in_allowed_signers(
    signature: str, ann: str, tmp_path: Path
) -> None:
    file = tmp_path / "signers"
    file.write_bytes(f"ann {ann}\r\n".encode())
    assert judge(STATEMENT, signature, str(file), "ann").verdict == Verdict.GOOD


@pytest.mark.parametrize(
    "change", [lambda text: f" {text}", lambda text: f"\n{text}", lambda text: text.replace("\n", "\r\n")]
)
def test_a_signature_that_ssh_keygen_would_not_take_is_malformed(
    signature: str, ann: str, allowed: Allowed, change: Callable[[str], str]
) -> None:
    file = allowed(f"ann {ann}")
    assert judge(STATEMENT, change(signature), file, "ann").verdict == Verdict.MALFORMED


@pytest.mark.parametrize(
    ("count", "who"),
    [
        (5, "u0, u1, u2, u3, u4"),
        (6, "u0, u1, u2, u3, u4, 1 more"),
        (8, "u0, u1, u2, u3, u4, 3 more"),
        (9, "u0, u1, u2, u3, u4, at least 3 more"),
    ],
)
def test_of_many_who_may_sign_with_a_key_five_are_named(
    signature: str, ann: str, allowed: Allowed, count: int, who: str
) -> None:
    judgement = judge(STATEMENT, signature, allowed(*(f"u{number} {ann}" for number in range(count))), None)
    assert said(judgement) == (Verdict.GOOD, f"signed by {who} with the key KEY", None)
    assert judgement.principals == tuple(f"u{number}" for number in range(min(count, 8)))


def test_allowed_signers_of_ten_thousand_lines_very_long_ones_and_nul(
    keys: dict[str, Path], signature: str, ann: str, tmp_path: Path
) -> None:
    file = tmp_path / "signers"
    other = public(keys["other"])
    noise = [f"p{number} {other} {number}" for number in range(10_000)]
    noise[5000:5000] = [f"{'a' * 1_000_000} {ann}", f"n\0ul {ann}", f"x \0 {ann}", "\0" * 1000]
    file.write_text("\n".join(noise))
    start = time.monotonic()
    judgement = judge(STATEMENT, signature, str(file), "zoe")
    assert judgement.verdict == Verdict.UNKNOWN_SIGNER
    file.write_text("\n".join([*noise, f"ann {ann}", ""]))
    assert judge(STATEMENT, signature, str(file), "ann").principals == ("ann",)
    assert judge(STATEMENT, signature, str(file), "zoe").verdict == Verdict.NOT_THIS_IDENTITY
    file.write_text("\n".join(f'p{number} namespaces="git" {ann}' for number in range(10_000)))
    assert judge(STATEMENT, signature, str(file), None).verdict == Verdict.NOT_FOR_NAMESPACE
    assert time.monotonic() - start < 120


def test_a_pattern_that_takes_long_to_match_is_no_hang(signature: str, ann: str, allowed: Allowed) -> None:
    file = allowed(f"{'*a' * 12}*b {ann}")
    judgement = judge(STATEMENT, signature, file, "a" * 30)
    assert judgement.verdict == Verdict.NOT_THIS_IDENTITY


def test_allowed_signers_may_come_through_a_pipe(signature: str, ann: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"ann {ann}\n".encode())
    os.close(writing)
    try:
        assert judge(STATEMENT, signature, f"/dev/fd/{reading}", "ann").verdict == Verdict.GOOD
    finally:
        os.close(reading)


def test_allowed_signers_may_come_slowly(signature: str, ann: str) -> None:
    writer = ["sh", "-c", f"echo '# who'; sleep 0.3; echo 'ann {ann}'"]
    with subprocess.Popen(writer, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        path = f"/dev/fd/{process.stdout.fileno()}"
        assert judge(STATEMENT, signature, path, "ann").verdict == Verdict.GOOD


@pytest.mark.parametrize("is_written", [False, True])
def test_a_pipe_that_does_not_end_is_left(
    signature: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_written: bool
) -> None:
    monkeypatch.setattr("yamlsync.signatures.reading._PATIENCE", 0.2)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    kept_open = os.open(pipe, os.O_RDWR) if is_written else None
    try:
        if kept_open is not None:
            os.write(kept_open, b"# who\n")
        with pytest.raises(OperationError) as caught:
            judge(STATEMENT, signature, str(pipe), None)
    finally:
        if kept_open is not None:
            os.close(kept_open)
    assert caught.value.message == (
        f"the allowed signers in {pipe} cannot be read: nobody wrote it to its end within 0.2 seconds"
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [("none", "No such file or directory"), (".", "Is a directory"), ("a\0b", "no file has such a name")],
)
def test_allowed_signers_that_cannot_be_read(tmp_path: Path, name: str, why: str) -> None:
    path = f"{tmp_path}/{name}"
    with pytest.raises(OperationError) as caught:
        judge(STATEMENT, "no signature", path, None)
    shown = path.replace("\0", "\\x00")
    assert caught.value.message == f"the allowed signers in {shown} cannot be read: {why}"
    assert caught.value.help == "name a file of allowed signers"


def test_allowed_signers_without_end(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="has more than 16 MiB of allowed signers"):
        judge(STATEMENT, "", "/dev/zero", None)


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (["exit 255"], Verdict.REFUSED),
        (["case $2 in verify) exit 255;; *) echo ann;; esac"], Verdict.REFUSED),
        (["echo 'Good \"yamlsync\" signature for ann'", "exit 255"], Verdict.REFUSED),
        (["case $2 in find-principals) exit 255;; esac"], Verdict.GOOD),
    ],
)
def test_only_the_exit_code_of_verify_counts(
    signature: str,
    ann: str,
    allowed: Allowed,
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    lines: list[str],
    verdict: Verdict,
) -> None:
    monkeypatch.setenv("PATH", answering(lines))
    assert judge(STATEMENT, signature, allowed(f"ann {ann}"), None).verdict == verdict


def test_too_old_an_ssh_keygen_is_no_verdict(
    signature: str, ann: str, allowed: Allowed, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", answering(["case $2 in find-principals) exit 1;; esac"]))
    with pytest.raises(OperationError, match="too old: it does not know -Y find-principals"):
        judge(STATEMENT, signature, allowed(f"ann {ann}"), None)


@needs_keygen
@settings(max_examples=40)
@given(at=st.integers(0, 170), noise=st.binary(min_size=1, max_size=4))
def test_a_changed_signature_is_never_good(
    at: int, noise: bytes, keys: dict[str, Path], signature: str, ann: str, allowed: Allowed
) -> None:
    mine = parse_armored(signature)
    assert mine is not None
    blob = mine.blob[:at] + noise + mine.blob[at + len(noise) :]
    text = armor(blob)
    judgement = judge(STATEMENT, text, allowed(f"ann {ann}"), "ann")
    assert (judgement.verdict == Verdict.GOOD) == (blob == mine.blob)
    assert judgement.message.isprintable()
