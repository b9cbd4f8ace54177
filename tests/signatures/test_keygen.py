"""Signing with real keys, and what is said where there is no signature."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.signatures.conftest import (
    KINDS,
    PASSPHRASE,
    STATEMENT,
    certify,
    make_key,
    plain_signature,
    public,
    run,
)
from yamlsync.errors import OperationError
from yamlsync.signatures.armor import parse_armored
from yamlsync.signatures.keygen import ask, private_folder, sign

KEY_HELP = "name the file of a private key, or the .pub file of a key that ssh-agent holds"

Allowed = Callable[..., str]
Answering = Callable[[Sequence[str]], str]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No agent, and nobody to ask, unless a test says so."""
    for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def refusal(key: Path | str) -> tuple[str, str | None]:
    with pytest.raises(OperationError) as caught:
        sign(STATEMENT, str(key))
    return caught.value.message, caught.value.help


def sign_elsewhere(key: Path, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Signs in a session of its own: there is no terminal in it."""
    code = (
        "import sys\n"
        "from yamlsync.errors import OperationError\n"
        "from yamlsync.signatures.keygen import sign\n"
        "try:\n"
        "    sys.stdout.write(sign(sys.argv[2].encode(), sys.argv[1]))\n"
        "except OperationError as error:\n"
        "    sys.stdout.write(f'{error.message}\\n{error.help}\\n')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(key), STATEMENT.decode()],
        input=given,
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=30,
        check=True,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_plain_ssh_keygen_verifies_our_signatures(keys: dict[str, Path], kind: str, allowed: Allowed) -> None:
    signature = Path(allowed(f"ann {public(keys[kind])}")).with_name("s.sig")
    signature.write_text(sign(STATEMENT, str(keys[kind])))
    options = (
        "-n",
        "yamlsync",
        "-s",
        str(signature),
        "-f",
        allowed(f"ann {public(keys[kind])}"),
        "-I",
        "ann",
    )
    assert run("ssh-keygen", "-Y", "verify", *options, given=STATEMENT).returncode == 0
    assert run("ssh-keygen", "-Y", "verify", *options, given=STATEMENT + b"x").returncode == 255


def test_a_signature_is_the_one_that_ssh_keygen_makes(keys: dict[str, Path]) -> None:
    assert sign(STATEMENT, str(keys["ed25519"])) == plain_signature(keys["ed25519"])


def test_a_public_key_signs_by_the_agent(tmp_path: Path, agent: None) -> None:
    key = make_key(tmp_path, "k")
    assert run("ssh-add", "-q", str(key)).returncode == 0
    expected = plain_signature(key)
    key.unlink()
    assert sign(STATEMENT, f"{key}.pub") == expected


def test_a_locked_key_in_the_agent_needs_no_passphrase(tmp_path: Path, agent: None) -> None:
    key = make_key(tmp_path, "k")
    assert run("ssh-add", "-q", str(key)).returncode == 0
    assert run("ssh-keygen", "-q", "-p", "-P", "", "-N", PASSPHRASE, "-f", str(key)).returncode == 0
    armored = parse_armored(sign(STATEMENT, str(key)))
    assert armored is not None
    assert armored.key_type == "ssh-ed25519"


def test_a_key_that_the_agent_does_not_hold_is_named(tmp_path: Path, agent: None) -> None:
    key = make_key(tmp_path, "k")
    key.unlink()
    lacking = f'No private key found for public key "{key}.pub"'
    assert refusal(f"{key}.pub") == (
        f"ssh-agent did not sign with the private key of {key}.pub: {lacking}",
        "add it with ssh-add (ssh-add -l lists what is there), or name the private key",
    )


def test_a_public_key_without_an_agent(tmp_path: Path) -> None:
    key = make_key(tmp_path, "k")
    key.unlink()
    lacking = f'No private key found for public key "{key}.pub"'
    assert refusal(f"{key}.pub") == (
        f"no ssh-agent is running that could hold the private key of {key}.pub: {lacking}",
        "start ssh-agent, and add the key with ssh-add; or name the private key",
    )


def test_a_certificate_signs_by_the_private_key_beside_it(keys: dict[str, Path]) -> None:
    certificate = certify(keys["ed25519"], keys["authority"], "signing", "-n", "ann")
    assert sign(STATEMENT, str(certificate)) == plain_signature(certificate)


def test_a_key_that_looks_like_an_option_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = make_key(tmp_path, "k").rename(tmp_path / "-y")
    monkeypatch.chdir(tmp_path)
    assert sign(STATEMENT, "-y") == plain_signature(key)
    assert refusal("-k") == ("there is no key file -k", KEY_HELP)


def test_a_missing_key_a_folder_and_a_name_that_cannot_be(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == (f"there is no key file {tmp_path}/none", KEY_HELP)
    assert refusal(tmp_path) == (f"{tmp_path} is a folder, and no key", KEY_HELP)
    assert refusal("a\0b") == ("there is no key file a\\x00b", KEY_HELP)
    assert refusal("") == ("there is no key file ", KEY_HELP)
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == (f"there is no key file {tmp_path}/pipe", KEY_HELP)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_key(tmp_path: Path) -> None:
    key = make_key(tmp_path, "k")
    key.chmod(0)
    assert refusal(key) == (f"the key {key} cannot be read: Permission denied", KEY_HELP)


@pytest.mark.parametrize("content", ["", "garbage\n", "ssh-ed25519 AAAA\n", "\0\xff"])
def test_a_file_that_is_no_key(tmp_path: Path, content: str) -> None:
    key = tmp_path / "k"
    key.write_text(content)
    key.chmod(0o600)
    message, help = refusal(key)
    assert (message.partition(": ")[0], help) == (f"{key} is no SSH key", KEY_HELP)


def test_a_key_that_others_may_read(tmp_path: Path) -> None:
    key = make_key(tmp_path, "k")
    key.chmod(0o640)
    for named in (key, f"{key}.pub"):
        message, help = refusal(named)
        assert message.startswith(f"others may read {key}, and ssh-keygen uses no such private key: ")
        assert help == f"run: chmod 600 {key}"


def test_what_is_to_be_run_is_quoted_for_a_shell(tmp_path: Path) -> None:
    key = make_key(tmp_path, "my key\x1b")
    key.chmod(0o640)
    assert refusal(key)[1] == f"run: chmod 600 $'{tmp_path}/my key\\033'"


def test_a_damaged_private_key(tmp_path: Path) -> None:
    key = make_key(tmp_path, "k")
    key.write_bytes(key.read_bytes()[:150])
    message, help = refusal(key)
    assert message.startswith(f"the private key {key} could not be unlocked: ")
    assert help == "give its passphrase on the terminal or by SSH_ASKPASS, or add the key with ssh-add"


def test_a_locked_key_without_anybody_to_ask_ends(keys: dict[str, Path]) -> None:
    message, help = sign_elsewhere(keys["locked"]).stdout.splitlines()
    assert message.startswith(f"the private key {keys['locked']} could not be unlocked: ")
    assert help == "give its passphrase on the terminal or by SSH_ASKPASS, or add the key with ssh-add"


def test_the_statement_is_never_taken_for_a_passphrase(tmp_path: Path) -> None:
    key = make_key(tmp_path, "k", passphrase=STATEMENT.decode().split("\n")[0])
    assert "could not be unlocked" in sign_elsewhere(key).stdout


def test_what_comes_by_standard_input_is_left_alone(keys: dict[str, Path]) -> None:
    assert "could not be unlocked" in sign_elsewhere(keys["locked"], f"{PASSPHRASE}\n").stdout


@pytest.mark.parametrize("environment", [{"SSH_ASKPASS_REQUIRE": "force"}, {"DISPLAY": ":0"}])
def test_a_locked_key_is_unlocked_by_ssh_askpass(
    keys: dict[str, Path], tmp_path: Path, environment: dict[str, str]
) -> None:
    program = tmp_path / "askpass"
    program.write_text(f"#!/bin/sh\necho '{PASSPHRASE}'\n")
    program.chmod(0o755)
    done = sign_elsewhere(keys["locked"], SSH_ASKPASS=str(program), **environment)
    armored = parse_armored(done.stdout)
    assert armored is not None
    assert armored.key_type == "ssh-ed25519"


def test_a_locked_key_is_unlocked_on_the_terminal(keys: dict[str, Path]) -> None:
    code = (
        "import fcntl, sys, termios\n"
        "from yamlsync.signatures.keygen import sign\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "print(sign(b'x', sys.argv[1]).count('SSH SIGNATURE'), 'ends')\n"
    )
    terminal, inner = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(keys["locked"])],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
    )
    os.close(inner)
    seen, asked, deadline = b"", False, time.monotonic() + 30
    while time.monotonic() < deadline and select.select([terminal], [], [], 30)[0]:
        try:
            data = os.read(terminal, 1000)
        except OSError:
            break  # The other side has ended.
        if not data:
            break
        seen += data
        if b"passphrase" in seen and not asked:
            asked = True
            os.write(terminal, PASSPHRASE.encode() + b"\n")
    os.close(terminal)
    assert (child.wait(30), asked) == (0, True)
    assert seen.decode().split()[-2:] == ["2", "ends"]


def test_no_ssh_keygen(keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert refusal(keys["ed25519"]) == ("ssh-keygen is not installed", "install OpenSSH, 8.2 or later")


@pytest.mark.parametrize("entry", ["", ".", "bin"])
def test_an_ssh_keygen_of_the_current_folder_is_never_run(
    keys: dict[str, Path], answering: Answering, monkeypatch: pytest.MonkeyPatch, entry: str, tmp_path: Path
) -> None:
    answering(["touch pwned", "exit 0"])
    expected = plain_signature(keys["ed25519"])
    monkeypatch.chdir(tmp_path / ("" if entry == "bin" else "bin"))
    monkeypatch.setenv("PATH", f"{entry}{os.pathsep}{os.environ['PATH']}")
    assert sign(STATEMENT, str(keys["ed25519"])) == expected
    monkeypatch.setenv("PATH", f"{entry}{os.pathsep}")
    assert refusal(keys["ed25519"])[0] == "ssh-keygen is not installed"
    assert list(tmp_path.rglob("pwned")) == []


def test_an_ssh_keygen_that_is_too_old(
    keys: dict[str, Path], answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", answering(["echo 'unknown option -- Y' >&2", "exit 1"]))
    too_old = "this ssh-keygen is too old: it does not know -Y "
    assert refusal(keys["ed25519"]) == (f"{too_old}sign", "install OpenSSH, 8.2 or later")
    with pytest.raises(OperationError) as caught:
        ask(str(tmp_path), "-Y", "find-principals", "-s", "s")
    assert caught.value.message == f"{too_old}find-principals"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["kill -9 $$"], "ssh-keygen failed, with exit code -9"),
        (["exit 127"], "ssh-keygen failed, with exit code 127"),
    ],
)
def test_an_ssh_keygen_that_fails(
    keys: dict[str, Path],
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    lines: list[str],
    message: str,
) -> None:
    monkeypatch.setenv("PATH", answering(lines))
    assert refusal(keys["ed25519"]) == (message, "install OpenSSH, 8.2 or later")


@pytest.mark.parametrize("lines", [["exit 0"], ["while test $# -gt 1; do shift; done", "echo x > $1.sig"]])
def test_an_ssh_keygen_that_makes_nothing_is_no_success(
    keys: dict[str, Path], answering: Answering, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    monkeypatch.setenv("PATH", answering(lines))
    message = f"ssh-keygen could not sign with {keys['ed25519']}"
    assert refusal(keys["ed25519"]) == (message, "try it by hand: ssh-keygen -Y sign")


def test_an_ssh_keygen_that_says_no_after_signing_is_no_success(
    keys: dict[str, Path], answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", answering([f'{shutil.which("ssh-keygen")} "$@" || exit 255', "exit 254"]))
    assert refusal(keys["ed25519"])[1] is not None


def test_an_ssh_keygen_that_does_not_answer_is_left(
    answering: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("yamlsync.signatures.keygen._PATIENCE", 0.2)
    monkeypatch.setenv("PATH", answering(["exec sleep 30"]))
    with pytest.raises(OperationError, match=r"gave no answer within 0\.2 seconds"):
        ask(str(tmp_path), "-Y", "verify")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_program_takes(tmp_path: Path, name: str, keys: dict[str, Path]) -> None:
    with pytest.raises(OperationError, match="characters that no program takes"):
        ask(str(tmp_path), "-Y", "verify", "-I", name)


def test_the_private_folder_is_private_and_goes_away() -> None:
    with private_folder({"a": b"x"}) as folder:
        assert os.stat(folder).st_mode & 0o777 == 0o700
        assert Path(folder, "a").read_bytes() == b"x"
    assert not Path(folder).exists()


def test_no_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    written = private_folder({})
    with pytest.raises(OperationError, match=r"no temporary files could be written.*: No such file"):
        written.__enter__()


def test_nothing_is_left_behind(
    keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    key = tmp_path / "k"
    shutil.copy2(keys["ed25519"], key)
    sign(STATEMENT, str(key))
    key.chmod(0o644)
    refusal(key)
    assert [path.name for path in tmp_path.iterdir()] == ["k"]
