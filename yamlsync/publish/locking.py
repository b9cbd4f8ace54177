"""An advisory lock on a file, which ends with its process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from yamlsync.errors import OperationError, describe

try:
    import fcntl

    def _lock(descriptor: int, shared: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

except ImportError:  # Windows
    import msvcrt

    _locking: Callable[[int, int, int], None] = getattr(msvcrt, "locking")  # noqa: B009 - unknown to mypy elsewhere
    _at_once: int = getattr(msvcrt, "LK_NBLCK")  # noqa: B009

    def _lock(descriptor: int, shared: bool) -> None:  # noqa: ARG001 - Windows shares no lock
        _locking(descriptor, _at_once, 1)


class BusyError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(path: str, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock on `path`, which is made if need be, unless `shared`: readers write nothing.

    Raises BusyError at once where another process holds it.
    """
    flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
    # A link could lead the new file anywhere.
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise OperationError(
            f"{path} cannot be opened: {describe(error)}", "see to its permissions"
        ) from error
    try:
        try:
            _lock(descriptor, shared)
        except OSError as error:
            raise BusyError(path) from error
        # Whoever held it before may have removed the file: then this lock guards nothing.
        if not _is_same(descriptor, path):
            raise BusyError(path)
        yield
    finally:
        os.close(descriptor)


def _is_same(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except OSError:
        return False
