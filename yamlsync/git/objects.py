"""The objects of a repository, read by one `git cat-file --batch` (GIT-10 to GIT-12)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from attrs import define, frozen

from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError
from yamlsync.git.running import require_trusted, run, start, top_of
from yamlsync.printable import shell

if TYPE_CHECKING:
    from yamlsync.git.running import Process

_PIECE = 1 << 16


@frozen
class Object:
    """An object of Git: its whole name, its kind (`blob`, `tree`, `commit` or `tag`), and its bytes."""

    name: str
    kind: str
    data: bytes


@define
class Repository:
    """The repository around a folder. One process of git answers all; it is started when it is needed.

    A process that ended, or that was in the middle of more bytes than were wanted, is followed by another.
    """

    folder: str
    top: str
    _process: Process | None = None
    _is_open: bool = True

    def look_up(self, expression: str, limit: int = MAX_BYTES) -> Object | None:
        """What an expression such as `main^{commit}` names; None where git knows nothing by that name.

        Of a larger object, the data is a little more than `limit`. Raises OperationError where git cannot be
        run, or takes nobody's word for the repository.
        """
        if "\n" in expression or "\0" in expression:
            return None
        header = self._ask(expression)
        if header is None:
            return None
        name, kind, size = header
        data = b"".join(self._content(size, limit))
        return Object(name, kind, data) if len(data) == min(size, limit + 1) else None

    def read(self, name: str, what: str, limit: int = MAX_BYTES) -> bytes:
        """The bytes of a blob by its name, or a little more than `limit` of a larger one.

        Raises OperationError, in which `what` is what the blob is called, where it is not there.
        """
        found = self.look_up(name, limit)
        if found is None or found.kind != "blob":
            raise self.lacking(what)
        return found.data

    def pieces(self, name: str, what: str) -> Iterator[bytes]:
        """The bytes of a blob of any size, piece by piece. Raises OperationError as `read` does."""
        header = self._ask(name)
        if header is None or header[1] != "blob":
            raise self.lacking(what)
        size = header[2]
        for piece in self._content(size, size):
            size -= len(piece)
            yield piece
        if size:
            raise self.lacking(what)

    def lacking(self, what: str) -> OperationError:
        """What to raise for an object that a commit names, and that cannot be read here."""
        if self.is_partial():
            return OperationError(
                f"{what} is not in this clone, which is a partial one, and nothing is fetched here",
                "fetch it with git: check that commit out, or make a clone without --filter",
            )
        return OperationError(
            f"{what} cannot be read: an object is missing or broken",
            f"see: git -C {shell(self.top)} fsck",
        )

    def is_partial(self) -> bool:
        """Whether the repository is a clone that leaves objects where it came from."""
        done = run(
            self.folder, "config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"
        )
        return done.returncode == 0 and bool(done.stdout.strip())

    def is_shallow(self) -> bool:
        """Whether the repository is a clone whose history was cut off."""
        return run(self.folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def close(self) -> None:
        """Ends the process. Nothing can be read afterwards."""
        self._is_open = False
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # It only reads, so that it may end at any moment.
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def _ask(self, expression: str) -> tuple[str, str, int] | None:
        """Name, kind and size of an object, whose bytes are to be taken next; None where there is none."""
        if not self._is_open:
            raise ValueError("the repository was closed")
        if self._process is None:
            require_trusted(self.folder)
            self._process = start(self.folder, "cat-file", "--batch")
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError("git was started without its streams")
        try:
            process.stdin.write(os.fsencode(expression) + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline().split()
        except BrokenPipeError:
            answer = []
        if not answer:
            # It gave up: over an expression, or over an object that it may not fetch.
            self._end()
        # Else the expression, and that it is missing or ambiguous.
        if len(answer) != 3 or not answer[2].isdigit() or len(answer[0]) not in (40, 64):
            return None
        return answer[0].decode(), answer[1].decode(), int(answer[2])

    def _content(self, size: int, limit: int) -> Iterator[bytes]:
        """The bytes of the object that was asked for; they end early where git gives up."""
        if self._process is None or self._process.stdout is None:
            raise AssertionError("no object was asked for")
        output = self._process.stdout
        # A line break stands behind the last of them.
        left = size + 1 if size <= limit else limit + 1
        is_whole = size <= limit
        try:
            while left:
                piece = output.read(min(left, _PIECE))
                if not piece:
                    break
                left -= len(piece)
                yield piece[:-1] if is_whole and not left else piece
        finally:
            if left or not is_whole:
                self._end()


@contextmanager
def open_repository(folder: str) -> Iterator[Repository]:
    """The repository around a folder, to be read from; git is ended in any case.

    Raises OperationError where there is none.
    """
    folder = os.path.realpath(folder)
    top = top_of(folder)
    if top is None:
        raise _no_repository(folder)
    repository = Repository(folder, top)
    try:
        yield repository
    finally:
        repository.close()


def _no_repository(folder: str) -> OperationError:
    for above in _with_parents(folder):
        if os.path.isfile(os.path.join(above, "HEAD")) and os.path.isdir(os.path.join(above, "objects")):
            return OperationError(
                f"{above} is a bare repository, and those are not read: anyone can put one into a folder",
                f"make a worktree of it, and run there: git -C {shell(above)} worktree add FOLDER",
            )
    return OperationError(
        f"there is no Git repository around {folder}", "run in one, or name it: yamlsync -C FOLDER …"
    )


def _with_parents(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above
