"""Reading SSH signatures: those of ssh-keygen, and any text at all."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signatures.conftest import KINDS, armor, certify, plain_signature, public, run
from yamlsync.signatures.armor import Armored, parse_armored
from yamlsync.signatures.wire import string

# The same bytes everywhere: a signature needs no right key to be read.
KEY = string(b"ssh-ed25519") + string(b"k" * 32)
BLOB = (
    b"SSHSIG\0\0\0\1"
    + string(KEY)
    + string(b"yamlsync")
    + string(b"")
    + string(b"sha512")
    + string(string(b"ssh-ed25519") + string(b"s" * 64))
)
SAMPLE = Armored(KEY, "yamlsync", "sha512", "ssh-ed25519", "ssh-ed25519", BLOB)


def test_a_signature_says_who_made_it_and_for_what() -> None:
    assert parse_armored(armor(BLOB)) == SAMPLE


@pytest.mark.parametrize("kind", KINDS)
def test_signatures_of_ssh_keygen_are_read_and_written_alike(keys: dict[str, Path], kind: str) -> None:
    text = plain_signature(keys[kind], "a name")
    armored = parse_armored(text)
    assert armored is not None
    assert armored.text == text
    named, data = public(keys[kind]).split()
    assert (armored.key_type, armored.public_key) == (named, base64.b64decode(data))
    assert (armored.namespace, armored.hash_algorithm, armored.certificate) == ("a name", "sha512", None)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fingerprint_is_that_of_ssh_keygen(keys: dict[str, Path], kind: str) -> None:
    armored = parse_armored(plain_signature(keys[kind]))
    assert armored is not None
    assert armored.fingerprint == run("ssh-keygen", "-l", "-f", str(keys[kind])).stdout.decode().split()[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_is_read_and_has_the_fingerprint_of_its_key(
    keys: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    options = ("-n", "ann,bob@example.org", "-V", "20200101Z:20300101Z")
    file = certify(keys[kind], keys["authority"], f"armor-{kind}", *options)
    armored = parse_armored(plain_signature(file))
    assert armored is not None
    assert armored.fingerprint == run("ssh-keygen", "-l", "-f", str(file)).stdout.decode().split()[1]
    certificate = armored.certificate
    assert certificate is not None
    assert certificate.key == base64.b64decode(public(keys[kind]).split()[1])
    assert certificate.authority == base64.b64decode(public(keys["authority"]).split()[1])
    assert (certificate.for_user, certificate.principals) == (True, ("ann", "bob@example.org"))
    assert (certificate.valid_after, certificate.valid_before) == (1577836800, 1893456000)


def with_trailing_bits(text: str) -> str:
    """The same bytes, for a reader that does not look at the bits behind the last one."""
    assert "cw==" in text
    return text.replace("cw==", "cx==")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f" {text}",
        lambda text: f"\n{text}",
        lambda text: f"{text}\n",
        lambda text: f"{text}\t \n",
        str.strip,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\nMjU", "MjU").replace("tra2\n", "tra2"),
        lambda text: text.replace("=", ""),
        lambda text: text.replace("-----END", "=\n-----END"),
        lambda text: text.replace("U1", "U1 "),
        with_trailing_bits,
    ],
)
def test_one_that_is_spelled_otherwise_is_none(change: Callable[[str], str]) -> None:
    text = armor(BLOB)
    assert parse_armored(text) is not None
    changed = change(text)
    assert changed != text
    assert parse_armored(changed) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature",
        armor(b""),
        armor(BLOB[:-1]),
        armor(BLOB + b"x"),
        armor(b"SSHSIH" + BLOB[6:]),
        armor(BLOB[:9] + b"\2" + BLOB[10:]),
        armor(BLOB.replace(string(b"yamlsync"), string(b""))),
        armor(BLOB.replace(string(b"yamlsync"), string(b"yaml\0ync"))),
        armor(BLOB.replace(b"ssh-ed25519", b"ssh ed25519")),
        armor(BLOB).replace("BEGIN SSH", "BEGIN PGP"),
        armor(BLOB).replace("\nU1", "\nU1!"),
        armor(BLOB).replace("\nU1", "\nU1é"),
        f"Signed-off-by: x\n{armor(BLOB)}",
        f"{armor(BLOB)}{armor(BLOB)}",
        armor(BLOB + string(b"x" * 60_000)),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert parse_armored(text) is None


def test_a_signature_of_more_than_64_kib_is_none() -> None:
    long = BLOB.replace(string(b"yamlsync"), string(b"y" * 40_000))
    assert parse_armored(armor(long)) is not None
    assert parse_armored(armor(BLOB.replace(string(b"yamlsync"), string(b"y" * 50_000)))) is None


@given(st.text(st.characters()) | st.binary().map(armor))
def test_any_text_is_read_as_it_is_written_or_not_at_all(text: str) -> None:
    armored = parse_armored(text)
    assert armored is None or armored.text == text


@given(st.data())
def test_a_changed_signature_is_read_as_what_it_says_or_not_at_all(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(BLOB) - 1))
    end = data.draw(st.integers(at, min(len(BLOB), at + 8)))
    changed = BLOB[:at] + data.draw(st.binary(max_size=8)) + BLOB[end:]
    armored = parse_armored(armor(changed))
    if armored is not None:
        assert parse_armored(armored.text) == armored
        assert armored.blob == changed
        assert armored.fingerprint.startswith("SHA256:")


@given(st.binary(max_size=80), st.integers(0, 400))
def test_a_changed_certificate_is_told_or_not_without_an_exception(noise: bytes, at: int) -> None:
    kind = b"ssh-ed25519-cert-v01@openssh.com"
    whole = (
        string(kind)
        + string(b"n" * 32)
        + string(b"k" * 32)
        + bytes(8)
        + b"\0\0\0\1"
        + string(b"id")
        + string(string(b"ann"))
        + bytes(8)
        + b"\xff" * 8
        + string(b"") * 3
        + string(KEY)
    )
    blob = BLOB.replace(string(KEY), string(whole[:at] + noise + whole[at + len(noise) :]))
    armored = parse_armored(armor(blob))
    if armored is not None:
        assert armored.certificate is None or armored.certificate.key.startswith(string(b"ssh-ed25519"))
        assert len(armored.fingerprint) == len("SHA256:") + 43
