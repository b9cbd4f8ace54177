"""Running git so that nothing in a repository or around it leads it astray; only this runs it (GIT-20)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from yamlsync.errors import OperationError
from yamlsync.printable import printable, shell
from yamlsync.programs import find_program

if TYPE_CHECKING:
    from subprocess import CompletedProcess, Popen

    Process: TypeAlias = Popen[bytes]


def top_of(folder: str) -> str | None:
    """The folder with the `.git` of the worktree around `folder`. Asks the file system alone."""
    current = os.path.abspath(folder)
    while True:
        if os.path.lexists(os.path.join(current, ".git")):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return None
        current = parent


def ask(folder: str, *arguments: str) -> bytes:
    """What git answers. Raises OperationError where it does not."""
    done = run(folder, *arguments)
    if done.returncode:
        raise failed(folder, done)
    return done.stdout


def failed(folder: str, done: CompletedProcess[bytes]) -> OperationError:
    """What to raise where git did not do what it was asked to."""
    said = printable(_first_line(done.stderr)) or done.returncode
    return OperationError(f"git said: {said}", f"see: git -C {shell(folder)} status")


def _first_line(data: bytes) -> str:
    lines = data.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else ""


def run(folder: str, *arguments: str, input: bytes = b"") -> CompletedProcess[bytes]:
    """Runs git in the repository around `folder`, with `input` to read. The caller judges its exit code.

    Raises OperationError where git is not installed.
    """
    # Imported late: most runs have nothing to ask.
    import subprocess

    command = [*_command(folder), *_repository(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, env=_environment(), input=input, check=False)
    except FileNotFoundError:
        raise _not_installed() from None


def start(folder: str, *arguments: str) -> Process:
    """Starts git in the repository around `folder`, to be talked with; what it complains of is not heard.

    Raises OperationError where git is not installed.
    """
    import subprocess

    # Large blobs are passed on in pieces: git would hold them whole in its memory.
    command = [*_command(folder), "-c", "core.bigFileThreshold=1m", *_repository(folder), *arguments]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A pipe that nobody empties would stop it in the end.
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    except FileNotFoundError:
        raise _not_installed() from None


def require_trusted(folder: str) -> None:
    """Raises OperationError where git takes nobody's word for the repository around a folder (GIT-24).

    That is one of another user which `safe.directory` does not name. Where a repository is named to git, as
    it always is here, git does not ask for its owner by itself.
    """
    top = top_of(folder)
    if top is None or os.name != "posix" or _owners(top) <= {os.geteuid()}:
        return
    import subprocess

    command = [*_command(top), "rev-parse", "--git-dir"]
    done = subprocess.run(command, capture_output=True, env=_environment(), input=b"", check=False)
    said = printable(_first_line(done.stderr))
    if done.returncode and "ownership" in said:
        raise OperationError(
            f"git said: {said}",
            f"if you trust whose it is: git config --global --add safe.directory {shell(top)}",
        )


def _owners(top: str) -> set[int]:
    return {os.lstat(path).st_uid for path in (top, os.path.join(top, ".git"))}


def _environment() -> dict[str, str]:
    # Variables such as GIT_DIR, set by a hook around us, would lead to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    # No protocol, whatever a repository's own configuration allows of a single one.
    environment["GIT_ALLOW_PROTOCOL"] = ""
    # What stands in for a commit here, or for its parents, is not what anybody else has under that name.
    return environment | {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}


def _command(folder: str) -> list[str]:
    # Nothing in a folder that came with a pull request may make git run a program: not as its monitor,
    # and not as a bare repository (files named HEAD and config, which git would find by itself) that
    # fetches what it lacks. So the repository is named, and no protocol is allowed.
    program = find_program("git")
    if program is None:
        raise _not_installed()
    settings = ("core.fsmonitor=false", "protocol.allow=never", "safe.bareRepository=explicit")
    return [program, *(each for setting in settings for each in ("-c", setting)), "-C", folder]


def _repository(folder: str) -> list[str]:
    # As a whole path: git takes a relative one from where -C has led it.
    top = top_of(folder) or os.path.abspath(folder)
    return ["--git-dir", os.path.join(top, ".git"), "--work-tree", top]


def _not_installed() -> OperationError:
    return OperationError("git is not installed", "install git")
