"""ssh-keygen, run here alone: it signs, and answers questions by its exit code (SIG-3, SIG-4)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from attrs import frozen

from yamlsync.errors import OperationError, describe
from yamlsync.printable import printable, shell, shortened
from yamlsync.programs import find_program
from yamlsync.signatures.armor import NAMESPACE, parse_armored

_PATIENCE = 60
_MOST_WORDS = 200
_USAGE = 1
"""The exit code of an ssh-keygen that does not know what it was asked; where it says no, it is 255 or so."""

_INSTALL = "install OpenSSH, 8.2 or later"
_BY_HAND = "try it by hand: ssh-keygen -Y sign"
_KEY_HELP = "name the file of a private key, or the .pub file of a key that ssh-agent holds"


@frozen
class Answer:
    """Whether ssh-keygen said yes, what it printed, and the last line of its complaints."""

    yes: bool
    output: str
    words: str


@frozen
class _KeyFile:
    """What can be seen of a key's file."""

    path: str
    name: str
    data: bytes
    open_to_others: bool

    @property
    def private(self) -> bool:
        return b"PRIVATE KEY-----" in self.data.partition(b"\n")[0]


def sign(statement: bytes, key: str) -> str:
    """The armored signature of `statement` by the key in the file `key` (SIG-3).

    That is a private key, or a public one whose private half ssh-agent holds or lies beside it. ssh-keygen
    may talk to the user meanwhile: it asks for a passphrase on the terminal, and for a touch of a hardware
    key. Raises OperationError where there is no signature in the end.
    """
    seen = _look_at(key)
    with private_folder({"statement": statement}) as folder:
        path = os.path.join(folder, "statement")
        # Not by standard input: without a terminal, ssh-keygen would look for the passphrase there.
        code, _, complaints = _run("-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, path)
        try:
            with open(f"{path}.sig", encoding="ascii", errors="replace", newline="") as file:
                signature = file.read()
        except OSError:
            signature = ""
        armored = parse_armored(signature)
        if code or armored is None or armored.namespace != NAMESPACE:
            words = _last_line(complaints)
            raise _unsigned(seen, f": {words}" if words else "", folder)
    return signature


def ask(folder: str, *arguments: str, statement: bytes = b"") -> Answer:
    """What ssh-keygen answers, run in `folder` with `statement` to read; it asks nobody anything.

    Raises OperationError where it is missing, too old, or gave no answer.
    """
    code, output, complaints = _run(*arguments, statement=statement, folder=folder)
    words = _last_line(complaints) or _last_line(output) or f"exit code {code}"
    return Answer(code == 0, output, words)


@contextmanager
def private_folder(files: Mapping[str, bytes]) -> Iterator[str]:
    """A folder that nobody else may read, with these files; it is gone afterwards."""
    # Imported late: most runs sign nothing.
    import tempfile

    try:
        temporary = tempfile.TemporaryDirectory(prefix="yamlsync-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_folder(error) from error
    with temporary as folder:
        try:
            for name, data in files.items():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(data)
        except OSError as error:
            raise _no_folder(error) from error
        yield folder


def _no_folder(error: OSError) -> OperationError:
    return OperationError(
        f"no temporary files could be written for ssh-keygen: {describe(error)}",
        "see to the folder for temporary files (TMPDIR)",
    )


def _look_at(path: str) -> _KeyFile:
    name = printable(path)
    if os.path.isdir(path):
        raise OperationError(f"{name} is a folder, and no key", _KEY_HELP)
    if not os.path.isfile(path):
        raise OperationError(f"there is no key file {name}", _KEY_HELP)
    try:
        with open(path, "rb") as file:
            data = file.read(1 << 20)
            status = os.fstat(file.fileno())
    except OSError as error:
        raise OperationError(f"the key {name} cannot be read: {describe(error)}", _KEY_HELP) from error
    # ssh-keygen asks for the mode of one's own files only, and Windows has none.
    owned = os.name == "posix" and status.st_uid == os.getuid()
    return _KeyFile(path, name, data, owned and bool(status.st_mode & 0o077))


def _unsigned(key: _KeyFile, said: str, folder: str) -> OperationError:
    """Why there is no signature: told by what can be seen of the key, never by what ssh-keygen said."""
    if not key.private:
        return _unsigned_by_public(key, said, folder)
    if key.open_to_others:
        return OperationError(
            f"others may read {key.name}, and ssh-keygen uses no such private key{said}",
            f"run: chmod 600 {shell(key.path)}",
        )
    if not ask(folder, "-y", "-P", "", "-f", os.path.abspath(key.path)).yes:
        return OperationError(
            f"the private key {key.name} could not be unlocked{said}",
            "give its passphrase on the terminal or by SSH_ASKPASS, or add the key with ssh-add",
        )
    return OperationError(f"ssh-keygen could not sign with {key.name}{said}", _BY_HAND)


def _unsigned_by_public(key: _KeyFile, said: str, folder: str) -> OperationError:
    # A copy: ssh-keygen would look at what lies beside the file, too.
    copy = os.path.join(folder, "key.pub")
    with open(copy, "wb") as file:
        file.write(key.data)
    if not ask(folder, "-l", "-f", copy).yes:
        return OperationError(f"{key.name} is no SSH key{said}", _KEY_HELP)
    beside = key.path.removesuffix(".pub").removesuffix("-cert")
    if beside != key.path and os.path.isfile(beside):
        private = _look_at(beside)
        if private.private:
            return _unsigned(private, said, folder)
    if not os.environ.get("SSH_AUTH_SOCK"):
        return OperationError(
            f"no ssh-agent is running that could hold the private key of {key.name}{said}",
            "start ssh-agent, and add the key with ssh-add; or name the private key",
        )
    return OperationError(
        f"ssh-agent did not sign with the private key of {key.name}{said}",
        "add it with ssh-add (ssh-add -l lists what is there), or name the private key",
    )


def _run(*arguments: str, statement: bytes | None = None, folder: str | None = None) -> tuple[int, str, str]:
    """Exit code, output and complaints.

    Without a statement to read, the user is at hand: the terminal, as far as there is one, is ssh-keygen's,
    and what it complains of there is not returned.
    """
    # Imported late: most runs sign nothing.
    import subprocess

    program = find_program("ssh-keygen")
    if program is None:
        raise OperationError("ssh-keygen is not installed", _INSTALL)
    attended = statement is None
    try:
        done = subprocess.run(
            [program, *arguments],
            input=statement,
            stdin=subprocess.DEVNULL if attended and not _is_terminal(0) else None,
            stdout=subprocess.PIPE,
            stderr=None if attended and _is_terminal(2) else subprocess.PIPE,
            env=os.environ | {"LC_ALL": "C"},
            cwd=folder,
            timeout=None if attended else _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OperationError(
            f"ssh-keygen gave no answer within {_PATIENCE} seconds", "try again, with fewer allowed signers"
        ) from None
    except OSError as error:
        raise OperationError(f"ssh-keygen could not be run: {describe(error)}", _INSTALL) from error
    except ValueError:
        # NUL, or half a character.
        raise OperationError("a name has characters that no program takes", "leave them out") from None
    if done.returncode == _USAGE:
        at = arguments.index("-Y") if "-Y" in arguments else 0
        asked = " ".join(arguments[at : at + 2])
        raise OperationError(f"this ssh-keygen is too old: it does not know {asked}", _INSTALL)
    if done.returncode < 0 or done.returncode in (126, 127):
        raise OperationError(f"ssh-keygen failed, with exit code {done.returncode}", _INSTALL)
    return done.returncode, _text(done.stdout), _text(done.stderr)


def _text(data: bytes | None) -> str:
    return (data or b"").decode(errors="surrogateescape")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return shortened(lines[-1].strip(), _MOST_WORDS) if lines else ""


def _is_terminal(descriptor: int) -> bool:
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
