"""Fresh keys of each kind, and signatures made by plain ssh-keygen."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

STATEMENT = b"yamlsync 1\nworkshop sha256:1234\n"
KINDS = ("ed25519", "ecdsa", "rsa")
PASSPHRASE = "open sesame"

needs_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(arguments, input=given, capture_output=True, check=False)


def make_key(folder: Path, name: str, kind: str = "ed25519", passphrase: str = "") -> Path:
    path = folder / name
    done = run("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", f"{name} key", "-f", str(path))
    assert done.returncode == 0, done.stderr
    return path


def public(key: Path) -> str:
    """The kind and the bytes of a key, as a line of allowed signers has them."""
    text = key.read_text() if key.suffix == ".pub" else Path(f"{key}.pub").read_text()
    return " ".join(text.split()[:2])


def plain_signature(key: Path, namespace: str = "yamlsync", statement: bytes = STATEMENT) -> str:
    done = run("ssh-keygen", "-Y", "sign", "-f", str(key), "-n", namespace, given=statement)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def armor(blob: bytes) -> str:
    """A signature of these bytes, spelled as ssh-keygen spells one."""
    data = base64.b64encode(blob).decode()
    lines = "".join(f"{data[at : at + 70]}\n" for at in range(0, len(data), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n"


def certify(key: Path, authority: Path, name: str, *options: str) -> Path:
    """A certificate for a key, in a folder of its own; the private key lies beside it."""
    folder = key.parent / name
    folder.mkdir()
    for suffix in ("", ".pub"):
        shutil.copy2(f"{key}{suffix}", folder / f"{key.name}{suffix}")
    done = run(
        "ssh-keygen", "-q", "-s", str(authority), "-I", name, *options, str(folder / f"{key.name}.pub")
    )
    assert done.returncode == 0, done.stderr
    return folder / f"{key.name}-cert.pub"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One key of each kind, another one, an authority, and a locked one."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    folder = tmp_path_factory.mktemp("keys")
    made = {kind: make_key(folder, kind, kind) for kind in KINDS}
    made |= {name: make_key(folder, name) for name in ("other", "authority")}
    return made | {"locked": make_key(folder, "locked", passphrase=PASSPHRASE)}


@pytest.fixture
def allowed(tmp_path: Path) -> Callable[..., str]:
    """Writes a file of allowed signers; gives its path."""

    def write(*lines: str) -> str:
        path = tmp_path / "allowed signers"
        path.write_text("".join(f"{line}\n" for line in lines))
        return str(path)

    return write


@pytest.fixture
def agent(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An ssh-agent that holds no key yet."""
    if shutil.which("ssh-agent") is None or shutil.which("ssh-add") is None:
        pytest.skip("ssh-agent is not installed")
    socket = tmp_path_factory.mktemp("agent") / "s"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()  # It listens by now.
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def answering(tmp_path: Path) -> Callable[[Sequence[str]], str]:
    """Puts a script in place of ssh-keygen; gives the folder that it stands in."""

    def write(lines: Sequence[str]) -> str:
        folder = tmp_path / "bin"
        folder.mkdir()
        script = folder / "ssh-keygen"
        script.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        script.chmod(0o755)
        return f"{folder}{os.pathsep}{os.environ['PATH']}"

    return write
